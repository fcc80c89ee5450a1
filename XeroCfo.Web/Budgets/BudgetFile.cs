using System.Globalization;
using System.Text;
using System.Text.Json;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Budgets;

/// <summary>A budget as a file that can be read in again: a row for each account, a column for each month.</summary>
internal sealed record BudgetFile(byte[] Bytes, string ContentType, string Name)
{
    public const string Xlsx = "xlsx", Csv = "csv", Json = "json";

    public static readonly IReadOnlyList<string> Formats = [Xlsx, Csv, Json];

    public static readonly IReadOnlyList<string> ContentTypes = [.. Formats.Select(ContentTypeOf)];

    /// <param name="view">The budget.</param>
    /// <param name="accounts">The chart; its order is that of the rows.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static BudgetFile Of(BudgetView view, IReadOnlyList<Domain.Ledger.Account> accounts, string format) =>
        new(Write(view, accounts, format), ContentTypeOf(format), $"{FileNames.Plain(view.Budget.Name)}.{format}");

    private static byte[] Write(BudgetView view, IReadOnlyList<Domain.Ledger.Account> accounts, string format)
    {
        if (format == Json)
        {
            return JsonSerializer.SerializeToUtf8Bytes(BudgetAnswer.Of(view), JsonSerializerOptions.Web);
        }

        var months = view.Lines.Select(line => Month.Of(line.Month)).Distinct().Order().ToList();
        var lines = view.Lines.ToLookup(line => line.AccountId);
        var known = accounts.Where(account => lines.Contains(account.AccountId))
            .Concat(lines.Where(line => accounts.All(account => account.AccountId != line.Key)).Select(line => new Domain.Ledger.Account { AccountId = line.Key, Name = line.Key.ToString("D"), Type = "", Class = "" })).ToList();
        if (format == Csv)
        {
            var text = new StringBuilder(CsvWriter.ByteOrderMark).Append(CsvWriter.Line(["Code", "Account", .. months.Select(month => month.ToString())]));
            known.ForEach(account => text.Append(CsvWriter.Line([account.Code, account.Name, .. Amounts(lines[account.AccountId], months).Select(amount => (object?)amount)])));
            return Encoding.UTF8.GetBytes(text.ToString());
        }

        using var file = new MemoryStream();
        XlsxWriter.Write(file, [Sheet(known, lines, months)]);
        return file.ToArray();
    }

    private static Sheet Sheet(List<Domain.Ledger.Account> accounts, ILookup<Guid, BudgetLine> lines, List<Month> months)
    {
        List<IReadOnlyList<Cell>> rows =
        [
            [new Cell("Code", CellLook.Head), new Cell("Account", CellLook.Head), .. months.Select(month => new Cell(month.ToString(), CellLook.HeadRight)), new Cell("Total", CellLook.HeadRight)],
        ];
        var last = Shared.Files.Sheet.Letters(months.Count + 1);
        foreach (var account in accounts)
        {
            var row = (rows.Count + 1).ToString(CultureInfo.InvariantCulture);
            var amounts = Amounts(lines[account.AccountId], months);
            rows.Add(
            [
                new Cell(account.Code), new Cell(account.Name), .. amounts.Select(amount => new Cell(amount, CellLook.Money)),
                new Cell(amounts.Sum(amount => amount ?? 0), CellLook.SubtotalMoney) { Formula = months.Count == 0 ? null : $"SUM(C{row}:{last}{row})" },
            ]);
        }

        return new Sheet("Budget", [10, 34, .. months.Select(_ => 13d), 15], rows, 1, 2);
    }

    private static List<decimal?> Amounts(IEnumerable<BudgetLine> lines, List<Month> months)
    {
        var amounts = lines.ToDictionary(line => Month.Of(line.Month), line => line.Amount);
        return months.ConvertAll(month => amounts.TryGetValue(month, out var amount) ? amount : (decimal?)null);
    }

    private static string ContentTypeOf(string format) => format switch
    {
        Json => "application/json; charset=utf-8",
        Csv => CsvWriter.ContentType,
        _ => XlsxWriter.ContentType,
    };
}
