using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>A parameter of the query: how it is read and how the OpenAPI document tells of it, in one place.</summary>
internal abstract record ApiParameter(string Name, string Description, string Expected, OpenApiSchema Schema)
{
    /// <summary>True when <paramref name="text"/> is a value of this parameter.</summary>
    public abstract bool Takes(string text);
}

/// <summary>Reads the text of a parameter; false: it is wrong.</summary>
internal delegate bool ReadText<T>(string text, out T? value);

/// <inheritdoc cref="ApiParameter"/>
/// <param name="Name">As in the address.</param>
/// <param name="Description">What it selects.</param>
/// <param name="Expected">Ends the sentence "must be …".</param>
/// <param name="Schema">For the OpenAPI document.</param>
/// <param name="Read">False when the text is wrong.</param>
internal sealed record ApiParameter<T>(string Name, string Description, string Expected, OpenApiSchema Schema, ReadText<T> Read)
    : ApiParameter(Name, Description, Expected, Schema)
{
    public override bool Takes(string text) => Read(text, out _);
}

/// <summary>The sorts of parameters that the API has.</summary>
internal static class ApiParameters
{
    public static readonly ApiParameter<int?> Limit = new(
        "limit", "How many rows, 1 to 1000.", "a whole number from 1 to 1000",
        new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "1000", Default = JsonValue.Create(ApiQuery.UsualLimit) }, ReadLimit);

    public static readonly ApiParameter<string> Cursor = Text("cursor", "Opaque place to go on from, out of the last page's `next`; it belongs to these filters.", 2000);

    public static ApiParameter<DateOnly?> Date(string name, string description) => new(
        name, description, "a date yyyy-MM-dd from 1900 to 2199", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }, ReadDate);

    public static ApiParameter<Month?> Month(string name, string description) => new(
        name, description, "a month yyyy-MM from 1900 to 2199", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]{4}-[0-9]{2}$" }, ReadMonth);

    public static ApiParameter<Guid?> Id(string name, string description) => new(
        name, description, "a UUID", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }, ReadId);

    public static ApiParameter<bool?> Flag(string name, string description) => new(
        name, description, "true or false", new OpenApiSchema { Type = JsonSchemaType.Boolean }, ReadFlag);

    public static ApiParameter<int?> Days(string name, string description, int most) => new(
        name, description, $"a whole number from 0 to {most}",
        new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = most.ToString(CultureInfo.InvariantCulture) },
        (string text, out int? value) =>
        {
            var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most;
            value = number;
            return read;
        });

    public static ApiParameter<decimal?> Amount(string name, string description) => new(
        name, description, "an amount from 0 on with at most four decimals", new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = MoneyRules.Largest.ToString(CultureInfo.InvariantCulture) }, ReadAmount);

    public static ApiParameter<string> Word(string name, string description, IReadOnlyList<string> words) => new(
        name, description, "one of " + string.Join(", ", words),
        new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] },
        (string text, out string? value) => (value = words.Contains(text) ? text : null) is not null);

    /// <summary>Text without control characters; an empty one is as good as none.</summary>
    public static ApiParameter<string> Text(string name, string description, int longest) => new(
        name, description, $"text of at most {longest} characters", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest },
        (string text, out string? value) =>
        {
            value = text.Length == 0 ? null : text;
            return text.Length <= longest && !text.Any(char.IsControl);
        });

    private static bool ReadLimit(string text, out int? value)
    {
        var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000;
        value = number;
        return read;
    }

    private static bool ReadDate(string text, out DateOnly? value)
    {
        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        value = day;
        return read && AccountingDays.Contain(day);
    }

    private static bool ReadMonth(string text, out Month? value)
    {
        var read = Domain.Primitives.Month.TryParse(text, out var month) && AccountingDays.Contain(month.Start);
        value = month;
        return read;
    }

    private static bool ReadId(string text, out Guid? value)
    {
        var read = Guid.TryParseExact(text, "D", out var id);
        value = id;
        return read;
    }

    private static bool ReadFlag(string text, out bool? value)
    {
        value = text == "true";
        return text is "true" or "false";
    }

    private static bool ReadAmount(string text, out decimal? value)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount);
        value = amount;
        return read && MoneyRules.Fits(amount) && decimal.Round(amount, 4) == amount;
    }
}
