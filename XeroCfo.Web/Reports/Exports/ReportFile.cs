using System.Text;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Reports.Exports.Pdf;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>A report as a file: the same figures in every format.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="ContentType">Of its format.</param>
/// <param name="Name">What people find it by.</param>
internal sealed record ReportFile(byte[] Bytes, string ContentType, string Name)
{
    public const string Pdf = "pdf", Xlsx = "xlsx", Csv = "csv", Json = "json";

    public static readonly IReadOnlyList<string> Formats = [Pdf, Xlsx, Csv, Json];

    public static readonly IReadOnlyList<string> ContentTypes = [.. Formats.Select(ContentTypeOf)];

    /// <param name="document">The report.</param>
    /// <param name="codes">Codes of accounts.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="options">How it is shown.</param>
    public static ReportFile Of(ReportDocument document, IReadOnlyDictionary<Guid, string> codes, string format, ExportOptions options) =>
        new(Write(document, codes, format, options), ContentTypeOf(format), ReportFileNames.Of(document, format));

    private static byte[] Write(ReportDocument document, IReadOnlyDictionary<Guid, string> codes, string format, ExportOptions options) => format switch
    {
        Json => Encoding.UTF8.GetBytes(ReportJson.Write(document)),
        Csv => ReportCsv.Write(new ExportTable(document, codes, options)),
        Xlsx => Workbook(new ExportTable(document, codes, options)),
        _ => ReportPdf.Write(new ExportTable(document, codes, options)),
    };

    private static byte[] Workbook(ExportTable table)
    {
        using var file = new MemoryStream();
        XlsxWriter.Write(file, ReportWorkbook.Of(table));
        return file.ToArray();
    }

    private static string ContentTypeOf(string format) => format switch
    {
        Json => "application/json; charset=utf-8",
        Csv => CsvWriter.ContentType,
        Xlsx => XlsxWriter.ContentType,
        _ => "application/pdf",
    };
}

/// <summary>Makes files of reports that are kept, and of reports that are made for the file.</summary>
internal sealed class ReportFiles(ReportService reports, RowNoteService notes, ReportReviewService reviews, ILedgerReader ledger)
{
    private static readonly Problem UnknownFormat = Problem.Invalid("format", $"format must be one of {string.Join(", ", ReportFile.Formats)}.");

    public async Task<Result<ReportFile>> OfKeptAsync(Caller caller, TenantId tenant, Guid id, string format, ExportOptions options, CancellationToken ct)
    {
        if (!IsFormat(format))
        {
            return UnknownFormat;
        }

        var report = await reports.GetAsync(caller, tenant, id, ct);
        if (report.Problem is { } refused)
        {
            return refused;
        }

        // A program gets the document as it was made; what people read carries what was written on it since.
        var document = ReportJson.ReadDocument(report.Value.Data);
        var written = format == ReportFile.Json ? [] : (await notes.ListAsync(caller, tenant, id, ct)).Value;
        var reviewed = format == ReportFile.Json ? [] : (await reviews.ListAsync(caller, tenant, id, ct)).Value;
        return await MakeAsync(tenant, document.With(written, figure => ExportFigures.Value(document, figure)).With(reviewed, ExportFigures.Instant), format, options, ct);
    }

    public async Task<Result<ReportFile>> OfNewAsync(Caller caller, TenantId tenant, string? type, ReportParameters parameters, string format, ExportOptions options, CancellationToken ct)
    {
        if (!IsFormat(format))
        {
            return UnknownFormat;
        }

        var document = await reports.RunAsync(caller, tenant, type, parameters, ct);
        return document.Problem is { } refused ? refused : await MakeAsync(tenant, document.Value, format, options, ct);
    }

    private async Task<Result<ReportFile>> MakeAsync(TenantId tenant, ReportDocument document, string format, ExportOptions options, CancellationToken ct)
    {
        var accounts = format == ReportFile.Json ? [] : await ledger.AccountsAsync(tenant, ct);
        return ReportFile.Of(document, accounts.Where(account => account.Code is { Length: > 0 }).ToDictionary(account => account.AccountId, account => account.Code!), format, options);
    }

    private static bool IsFormat(string format) => ReportFile.Formats.Contains(format);
}
