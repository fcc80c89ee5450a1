using System.Globalization;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Budgets;

/// <summary>Months and amounts as people and spreadsheets write them. Pure.</summary>
public static partial class BudgetText
{
    private static readonly string[] MonthFormats =
        ["yyyy-MM", "yyyy/MM", "yyyy-MM-dd", "MMM yyyy", "MMMM yyyy", "MMM-yyyy", "MMM-yy", "MMM yy", "MM/yyyy", "d MMM yyyy", "yyyy-MM-ddTHH:mm:ss"];

    private static readonly DateOnly DayNought = new(1899, 12, 30);

    /// <summary>A month by its name, by a day in it, or by a spreadsheet's number of that day.</summary>
    public static Month? Month(string text)
    {
        var trimmed = text.Trim();
        if (DateTime.TryParseExact(trimmed, MonthFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && AccountingDays.Contain(DateOnly.FromDateTime(day)))
        {
            return Primitives.Month.Of(DateOnly.FromDateTime(day));
        }

        return int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 30_000 and < 80_000 ? Primitives.Month.Of(DayNought.AddDays(number)) : null;
    }

    /// <summary>An amount like 1,234.50, (1,234.50), -12 or –; or what is wrong with it.</summary>
    public static (decimal Amount, string? Wrong) Amount(string text)
    {
        var bare = Blank().Replace(text, "").Replace('−', '-').TrimStart('$', '€', '£');
        if (bare is "-" or "–" or "—")
        {
            return (0, null);
        }

        var isNegative = bare.StartsWith('(') && bare.EndsWith(')');
        bare = isNegative ? bare[1..^1].TrimStart('$', '€', '£') : bare;
        if (!Grouped().IsMatch(bare) || !decimal.TryParse(bare.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return (0, "is no amount: write it like 1,234.50 or -1234.5.");
        }

        return !MoneyRules.Fits(amount) ? (0, $"is too large: an amount is at most {MoneyRules.Largest.ToString("#,##0.0000", CultureInfo.InvariantCulture)}.")
            : decimal.Round(amount, 4) != amount ? (0, "has more than four decimals.")
            : (isNegative ? -amount : amount, null);
    }

    [GeneratedRegex(@"[\s\u00A0\u202F]", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    // Commas only where they part thousands: "1.234,56" is not guessed at.
    [GeneratedRegex(@"^-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?$(?<=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}

/// <summary>Finds accounts by what a table calls them. Pure.</summary>
public sealed class BudgetAccountFinder(IReadOnlyList<Account> chart)
{
    private readonly ILookup<string, Account> _byCode = chart.Where(account => account.Code is not null).ToLookup(account => account.Code!.Trim(), StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, Account> _byName = chart.ToLookup(account => account.Name.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>By id, else by code, else by name; or why none is found.</summary>
    public (Account? Account, string? Wrong) Find(string id, string code, string name)
    {
        if (Guid.TryParse(id, out var accountId) && chart.FirstOrDefault(account => account.AccountId == accountId) is { } known)
        {
            return (known, null);
        }

        if (code.Length > 0)
        {
            return One(_byCode[code], "code", code) is { Account: not null } coded ? coded : _byName.Contains(code) ? One(_byName[code], "name", code) : (null, $"No account has the code “{TextRules.Limit(code, 40)}”.");
        }

        if (name.Length == 0)
        {
            return (null, "The row names no account.");
        }

        var found = One(_byName[name], "name", name);
        if (found.Account is not null || _byName.Contains(name))
        {
            return found;
        }

        // "200 Sales", "200 - Sales" and "Sales (200)" name the code as well.
        var parts = name.Split([' ', '-', '–', ':'], 2, StringSplitOptions.TrimEntries);
        var behind = name.EndsWith(')') && name.LastIndexOf('(') is >= 0 and var open ? name[(open + 1)..^1].Trim() : "";
        return new[] { name, parts[0], behind }.Where(text => text.Length > 0).Select(text => One(_byCode[text], "code", text)).FirstOrDefault(one => one.Account is not null) is { Account: { } account }
            ? (account, null)
            : (null, $"No account has the code or name “{TextRules.Limit(name, 40)}”.");
    }

    // An archived namesake gives way.
    private static (Account? Account, string? Wrong) One(IEnumerable<Account> accounts, string by, string text)
    {
        var all = accounts.ToList();
        var active = all.FindAll(account => account.Status == "ACTIVE");
        return (active.Count > 0 ? active : all) switch
        {
            [var only] => (only, null),
            [] => (null, null),
            var several => (null, $"{several.Count} accounts have the {by} “{TextRules.Limit(text, 40)}”: use their codes."),
        };
    }
}
