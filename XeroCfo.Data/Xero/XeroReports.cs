using System.Globalization;
using System.Text.Json;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>Reads Xero's reports: joined by account id, never by label. Pure.</summary>
internal static class XeroReports
{
    /// <summary>YTD debit − YTD credit of each account; refused when the columns are not there or do not sum to 0.00.</summary>
    public static Result<StoredTrialBalance> TrialBalance(ReadOnlyMemory<byte> body, DateOnly date, DateTime readAt) => Report(body) is var report && report.Succeeded ? Read(report.Value, date, readAt) : report.Problem!;

    /// <summary>The first amount of every row of an account. A row whose account is none of the chart's but has days is what Xero calls current year earnings.</summary>
    public static Result<XeroStatement> Statement(ReadOnlyMemory<byte> body, DateTime readAt)
    {
        var read = Report(body);
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        var (amounts, earnings) = (new Dictionary<Guid, decimal>(), (decimal?)null);
        foreach (var cells in Flatten(read.Value.Rows).Where(row => row.RowType == "Row").Select(row => row.Cells ?? []))
        {
            var attributes = cells.SelectMany(cell => cell?.Attributes ?? []).ToList();
            if (!Guid.TryParse(attributes.FirstOrDefault(attribute => attribute?.Id == "account")?.Value, out var id))
            {
                continue;
            }

            if (!TryAmount(cells, 1, out var amount))
            {
                return Unreadable($"its row '{cells[0]?.Value}' has no amount.");
            }

            if (IsNoAccount(id))
            {
                earnings = (earnings ?? 0) + amount;
            }
            else
            {
                amounts[id] = amounts.GetValueOrDefault(id) + amount;
            }
        }

        return new XeroStatement(readAt, amounts, earnings);
    }

    private static Result<ReportPayload> Report(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var report = XeroPages.Elements(json.RootElement, "Reports")?.Where(element => element.ValueKind == JsonValueKind.Object).Select(element => element.Deserialize(WireJson.Default.ReportPayload)).FirstOrDefault();
            return report is null ? Unreadable("it holds no report.") : report;
        }
        catch (JsonException)
        {
            return Unreadable("it is no JSON.");
        }
    }

    // Xero's name of it is zeros but for the last digits.
    private static bool IsNoAccount(Guid id) => id.ToString("D").StartsWith("00000000-0000-0000-0000-", StringComparison.Ordinal);

    private static Result<StoredTrialBalance> Read(ReportPayload report, DateOnly date, DateTime readAt)
    {
        var rows = Flatten(report.Rows).ToList();
        var header = rows.FirstOrDefault(row => row.RowType == "Header")?.Cells?.Select(cell => cell?.Value ?? "").ToList() ?? [];
        var debit = header.FindIndex(title => string.Equals(title, "YTD Debit", StringComparison.OrdinalIgnoreCase));
        var credit = header.FindIndex(title => string.Equals(title, "YTD Credit", StringComparison.OrdinalIgnoreCase));
        if (debit < 0 || credit < 0)
        {
            return Unreadable("it has no columns YTD Debit and YTD Credit.");
        }

        var balances = new Dictionary<Guid, decimal>();
        foreach (var cells in rows.Where(row => row.RowType == "Row").Select(row => row.Cells ?? []))
        {
            var account = cells.SelectMany(cell => cell?.Attributes ?? []).FirstOrDefault(attribute => attribute?.Id == "account")?.Value;
            if (!Guid.TryParse(account, out var id) || !TryAmount(cells, debit, out var plus) || !TryAmount(cells, credit, out var minus))
            {
                return Unreadable($"its row '{(cells.Count > 0 ? cells[0]?.Value : null)}' has no account or no amounts.");
            }

            balances[id] = balances.GetValueOrDefault(id) + plus - minus;
        }

        return balances.Values.Sum() == 0
            ? new StoredTrialBalance(date, readAt, balances)
            : Unreadable("its debits and credits are not equal.");
    }

    private static IEnumerable<ReportRowPayload> Flatten(IReadOnlyList<ReportRowPayload?>? rows) =>
        (rows ?? []).OfType<ReportRowPayload>().SelectMany(row => Flatten(row.Rows).Prepend(row));

    private static bool TryAmount(IReadOnlyList<ReportCellPayload?> cells, int index, out decimal amount)
    {
        amount = 0;
        var text = index < cells.Count ? cells[index]?.Value : null;
        return string.IsNullOrEmpty(text) || decimal.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out amount);
    }

    private static Problem Unreadable(string detail) => XeroProblems.Away($"its report cannot be used: {detail}");
}
