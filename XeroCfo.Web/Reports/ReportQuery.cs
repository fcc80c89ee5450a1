using System.Globalization;
using Microsoft.Extensions.Primitives;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports;

/// <summary>A report's parameters as they stand in an address, under the names that the API has for them. Pure.</summary>
public static class ReportQuery
{
    /// <summary>The parameters, or which of them cannot be read. Names that are no parameters are left to others.</summary>
    public static Result<ReportParameters> Read(IReadOnlyDictionary<string, StringValues> query)
    {
        var wrong = default(Problem);
        var parameters = new ReportParameters
        {
            From = Day("from"),
            To = Day("to"),
            Date = Day("date"),
            Interval = Text("interval"),
            Compare = Text("compare"),
            TrackingCategoryId = Id("trackingCategoryId"),
            TrackingOptionId = Id("trackingOptionId"),
            AgeBy = Text("ageBy"),
            IncludeReportDateInCurrent = Switch("includeReportDateInCurrent"),
            By = Text("by"),
            Buckets = Text("buckets"),
            Currency = Text("currency"),
            Method = Text("method"),
            Basis = Text("basis"),
            LayoutId = Id("layoutId"),
            ShowZero = Switch("showZero"),
            OverdraftsInLiabilities = Switch("overdraftsInLiabilities"),
            PercentOfIncome = Switch("percentOfIncome"),
            ManagementLines = Switch("managementLines"),
            MaterialShare = Number("materialShare"),
            MaterialAmount = Number("materialAmount"),
        };
        return wrong is null ? parameters : wrong;

        string? Text(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

        DateOnly? Day(string name) => Of(name, "is no day; write it like 2026-10-31.", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null);

        Guid? Id(string name) => Of(name, "is no id.", text => Guid.TryParse(text, out var id) ? id : (Guid?)null);

        bool? Switch(string name) => Of(name, "must be true or false.", text => bool.TryParse(text, out var on) ? on : (bool?)null);

        decimal? Number(string name) => Of(name, "must be a number, such as 0.05.", text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : (decimal?)null);

        T? Of<T>(string name, string words, Func<string, T?> parse)
            where T : struct
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            var value = parse(text);
            wrong ??= value is null ? Problem.Invalid(name, $"{name} {words}") : null;
            return value;
        }
    }

    /// <summary>What an address must say to ask for the same; what is left to the report is left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(ReportParameters parameters)
    {
        (string Name, string? Value)[] all =
        [
            ("from", DateWords.Iso(parameters.From)), ("to", DateWords.Iso(parameters.To)), ("date", DateWords.Iso(parameters.Date)),
            ("interval", Said(parameters.Interval)), ("compare", Said(parameters.Compare)),
            ("trackingCategoryId", parameters.TrackingCategoryId?.ToString("D")), ("trackingOptionId", parameters.TrackingOptionId?.ToString("D")),
            ("ageBy", parameters.AgeBy), ("includeReportDateInCurrent", Said(parameters.IncludeReportDateInCurrent)), ("by", parameters.By), ("buckets", parameters.Buckets),
            ("currency", parameters.Currency), ("method", parameters.Method), ("basis", parameters.Basis), ("layoutId", parameters.LayoutId?.ToString("D")),
            ("showZero", Said(parameters.ShowZero)), ("overdraftsInLiabilities", Said(parameters.OverdraftsInLiabilities)), ("percentOfIncome", Said(parameters.PercentOfIncome)), ("managementLines", Said(parameters.ManagementLines)),
            ("materialShare", parameters.MaterialShare?.ToString(CultureInfo.InvariantCulture)), ("materialAmount", parameters.MaterialAmount?.ToString(CultureInfo.InvariantCulture)),
        ];
        return [.. all.Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Name, part.Value!))];
    }

    /// <summary>As the end of an address: <c>?from=…&amp;to=…</c>, or nothing.</summary>
    public static string Text(ReportParameters parameters, params (string Name, string? Value)[] more)
    {
        var parts = Write(parameters).Concat(more.Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Name, part.Value!)))
            .Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}").ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string? Said(string? word) => word == ReportWords.None ? null : word;

    private static string? Said(bool? on) => on is { } set ? set ? "true" : "false" : null;
}
