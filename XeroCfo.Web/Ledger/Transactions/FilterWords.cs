using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>Filters as their chips say them; null where they let all through.</summary>
public static class FilterWords
{
    public static readonly IReadOnlyList<string> Statuses = ["AUTHORISED", "PAID", "DRAFT", "SUBMITTED", "VOIDED", "DELETED"];

    public static string? Dates(TransactionFilter filter) => filter switch
    {
        { From: { } from, To: { } to } when Month.Of(from) is var month && from == month.Start && to == month.End => from.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        { From: { } from, To: { } to } when from == to => DateWords.Of(from),
        { From: { } from, To: { } to } => $"{DateWords.Of(from)} – {DateWords.Of(to)}",
        { From: { } from } => $"from {DateWords.Of(from)}",
        { To: { } to } => $"to {DateWords.Of(to)}",
        _ => null,
    };

    public static string? Type(TransactionFilter filter) => Join(
        filter.Type is { } type ? LedgerWords.Type(type) : null,
        filter.Direction switch { Directions.In => "in", Directions.Out => "out", Directions.None => "neither in nor out", _ => null });

    public static string? Status(TransactionFilter filter) => Join(
        filter.Status is { } status ? LedgerWords.Sentence(status) : null,
        filter.IsReconciled switch { true => "reconciled", false => "not reconciled", _ => null });

    public static string? Amounts(TransactionFilter filter, MoneyFormat format) => filter switch
    {
        { MinAmount: { } least, MaxAmount: { } most } when least == most => format.Text(least),
        { MinAmount: { } least, MaxAmount: { } most } => $"{format.Text(least)} – {format.Text(most)}",
        { MinAmount: { } least } => $"from {format.Text(least)}",
        { MaxAmount: { } most } => $"to {format.Text(most)}",
        _ => null,
    };

    /// <summary>Days that are often asked for.</summary>
    public static IEnumerable<(string Words, Days Days)> Presets(DateOnly today)
    {
        var month = Month.Of(today);
        yield return ("This month", Days.Of(month));
        yield return ("Last month", Days.Of(month.Previous));
        yield return ("Last 12 months", new Days(month.Add(-11).Start, month.End));
    }

    private static string? Join(params string?[] words) => words.Any(word => word is not null) ? string.Join(", ", words.OfType<string>()) : null;
}
