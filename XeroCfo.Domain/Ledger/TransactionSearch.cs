using System.Globalization;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>What the words of a search may name.</summary>
/// <param name="Accounts">The chart of accounts, for <c>acc:</c> and <c>from:</c>.</param>
/// <param name="Categories">Names of the categories, for <c>cat:</c>.</param>
/// <param name="Today">The organisation's day: a month without a year is its latest one.</param>
public sealed record SearchTerms(IReadOnlyList<Account> Accounts, IReadOnlyList<string> Categories, DateOnly Today);

/// <summary>
/// The language of the search box: <c>fuelco &gt;100 oct acc:449 cat:none from:visa date:2026-10 is:unreconciled</c>. Pure. What it does not know it
/// names; words that name nothing are looked for in the text.
/// </summary>
/// <param name="Filter">The filter that was given, narrowed by the search; <see cref="TransactionFilter.Words"/> holds what is left.</param>
/// <param name="NotUnderstood">Parts that name a thing that does not exist.</param>
public sealed partial record TransactionSearch(TransactionFilter Filter, IReadOnlyList<string> NotUnderstood)
{
    private const decimal Cent = 0.01m;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["invoice"] = TransactionTypes.Invoice,
        ["bill"] = TransactionTypes.Bill,
        ["spend"] = TransactionTypes.Spend,
        ["receive"] = TransactionTypes.Receive,
        ["transfer"] = TransactionTypes.Transfer,
        ["credit"] = TransactionTypes.CreditNote,
        ["credit-note"] = TransactionTypes.CreditNote,
        ["credit_note"] = TransactionTypes.CreditNote,
        ["payment"] = TransactionTypes.Payment,
    };

    /// <summary>Reads <paramref name="text"/> into <paramref name="filter"/>; a later part wins over an earlier one of the same kind.</summary>
    public static TransactionSearch Read(string? text, TransactionFilter filter, SearchTerms terms)
    {
        var (words, unknown) = (new List<string>(), new List<string>());
        foreach (Match part in Parts().Matches(text ?? ""))
        {
            var (name, value) = (part.Groups["name"].Value.ToLowerInvariant(), Unquoted(part.Groups["value"].Value));
            if (part.Groups["name"].Success)
            {
                if (Named(filter, name, value, terms) is { } narrowed)
                {
                    filter = narrowed;
                }
                else
                {
                    unknown.Add(part.Value);
                }
            }
            else if (!part.Value.StartsWith('"') && (Amount(filter, value) ?? MonthName(filter, value, terms.Today)) is { } narrowed)
            {
                filter = narrowed;
            }
            else if (!string.IsNullOrWhiteSpace(value))
            {
                words.Add(value);
            }
        }

        return new TransactionSearch(filter with { Words = words.Count == 0 ? null : string.Join('\n', words) }, unknown);
    }

    /// <summary>The words of a filter as the box has them.</summary>
    public static string? Text(string? words) =>
        words is null ? null : string.Join(' ', words.Split('\n').Select(word => IsPlain(word) ? word : $"\"{word}\""));

    // What would be read as something else than itself stands in quotes.
    private static bool IsPlain(string word) => !word.Any(char.IsWhiteSpace) && !Named().IsMatch(word)
        && Amount(new TransactionFilter(), word) is null && MonthName(new TransactionFilter(), word, DateOnly.MaxValue) is null;

    private static TransactionFilter? Named(TransactionFilter filter, string name, string value, SearchTerms terms) => name switch
    {
        "acc" or "account" => AccountOf(terms.Accounts.Where(account => account.Code is not null), value) is { } account ? filter with { AccountCode = account.Code } : null,
        "from" or "bank" => AccountOf(terms.Accounts.Where(account => account.Type == "BANK"), value) is { } bank ? filter with { BankAccountId = bank.AccountId } : null,
        "cat" or "category" => value.Equals("none", StringComparison.OrdinalIgnoreCase) ? filter with { Category = "none" }
            : Nearest(terms.Categories, category => category, value) is { } category ? filter with { Category = category } : null,
        "date" => Dated(filter, value, terms.Today),
        "type" => Types.TryGetValue(value, out var type) ? filter with { Type = type } : null,
        "status" => value.Length is > 0 and <= 50 && value.All(letter => char.IsAsciiLetter(letter)) ? filter with { Status = value.ToUpperInvariant() } : null,
        "amount" => Amount(filter, value) ?? Exactly(filter, value),
        "is" => Is(filter, value.ToLowerInvariant()),
        _ => null,
    };

    private static TransactionFilter? Is(TransactionFilter filter, string value) => value switch
    {
        "unreconciled" => filter with { Unreconciled = true },
        "reconciled" => filter with { IsReconciled = true },
        "in" => filter with { Direction = Directions.In },
        "out" => filter with { Direction = Directions.Out },
        "draft" or "drafts" => filter with { Drafts = true },
        "uncategorised" or "uncategorized" or "open" => filter with { ToCategorise = true },
        _ => null,
    };

    // Amounts are compared without their sign and in the organisation's currency.
    private static TransactionFilter? Amount(TransactionFilter filter, string text)
    {
        if (Range().Match(text) is not { Success: true } range || Number(range.Groups["least"].Value) is not { } first)
        {
            return null;
        }

        return range.Groups["sign"].Value switch
        {
            ">=" => filter with { MinAmount = first },
            ">" => filter with { MinAmount = first + Cent },
            "<=" => filter with { MaxAmount = first },
            "<" => first < Cent ? null : filter with { MaxAmount = first - Cent },
            "=" => filter with { MinAmount = first, MaxAmount = first },
            "" when range.Groups["most"].Success && Number(range.Groups["most"].Value) is { } most && most >= first => filter with { MinAmount = first, MaxAmount = most },
            _ => null,
        };
    }

    private static TransactionFilter? Exactly(TransactionFilter filter, string text) => Number(text) is { } amount ? filter with { MinAmount = amount, MaxAmount = amount } : null;

    private static decimal? Number(string text) =>
        (!text.Contains(',') || Grouped().IsMatch(text))
        && decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && MoneyRules.Fits(number) ? number : null;

    private static TransactionFilter? Dated(TransactionFilter filter, string text, DateOnly today)
    {
        var sides = text.Split("..");
        if (sides.Length == 2)
        {
            var (first, last) = (sides[0].Length == 0 ? null : DaysOf(sides[0], today), sides[1].Length == 0 ? null : DaysOf(sides[1], today));
            return (first is null && sides[0].Length > 0) || (last is null && sides[1].Length > 0) || (first is null && last is null) ? null : filter with { From = first?.First, To = last?.Last };
        }

        return DaysOf(text, today) is { } days ? filter with { From = days.First, To = days.Last } : null;
    }

    private static Days? DaysOf(string text, DateOnly today) => text.ToLowerInvariant() switch
    {
        "today" => new Days(today, today),
        "yesterday" => new Days(today.AddDays(-1), today.AddDays(-1)),
        _ when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) && AccountingDays.Contain(day) => new Days(day, day),
        _ when Month.TryParse(text, out var month) => new Days(month.Start, month.End),
        _ when text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2199 => new Days(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)),
        _ => NamedMonth(text, today) is { } named ? new Days(named.Start, named.End) : null,
    };

    private static TransactionFilter? MonthName(TransactionFilter filter, string text, DateOnly today) =>
        NamedMonth(text, today) is { } month ? filter with { From = month.Start, To = month.End } : null;

    // "oct", "sept" and "october" are the latest such month that has begun; any other beginning is a word.
    private static Month? NamedMonth(string text, DateOnly today)
    {
        var name = text.Equals("sept", StringComparison.OrdinalIgnoreCase) ? "sep" : text;
        var number = 1 + Enumerable.Range(0, Months.Length).FirstOrDefault(
            at => name.Equals(Months[at], StringComparison.OrdinalIgnoreCase) || name.Equals(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(at + 1), StringComparison.OrdinalIgnoreCase), -1);
        return number == 0 ? null : Month.Of(new DateOnly(number <= today.Month ? today.Year : today.Year - 1, number, 1));
    }

    private static Account? AccountOf(IEnumerable<Account> accounts, string value)
    {
        var list = accounts.ToList();
        return value.Length == 0 ? null : list.Find(account => value.Equals(account.Code, StringComparison.OrdinalIgnoreCase)) ?? Nearest(list, account => account.Name, value);
    }

    // The whole name before its beginning before a part of it.
    private static T? Nearest<T>(IEnumerable<T> things, Func<T, string> name, string value)
        where T : class => value.Length == 0 ? null
            : things.FirstOrDefault(thing => name(thing).Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? things.FirstOrDefault(thing => name(thing).StartsWith(value, StringComparison.OrdinalIgnoreCase))
            ?? things.FirstOrDefault(thing => name(thing).Contains(value, StringComparison.OrdinalIgnoreCase));

    private static string Unquoted(string text) => text.Trim('"').Replace('\n', ' ');

    [GeneratedRegex("""(?<name>acc|account|from|bank|cat|category|date|type|status|amount|is):(?<value>"[^"]*"?|[^\s"]*)|(?<value>"[^"]*"?|[^\s"]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex("""^(acc|account|from|bank|cat|category|date|type|status|amount|is):""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<sign>>=|<=|>|<|=)?(?<least>[0-9][0-9,]*(\.[0-9]{1,4})?|\.[0-9]{1,4})(\.\.(?<most>[0-9][0-9,]*(\.[0-9]{1,4})?))?\z")]
    private static partial Regex Range();

    // Elsewhere a comma is the decimal point: only one that can be nothing but a separator of thousands is read as that.
    [GeneratedRegex(@"^[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]{1,4})?\z")]
    private static partial Regex Grouped();
}
