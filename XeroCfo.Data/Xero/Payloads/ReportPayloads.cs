namespace XeroCfo.Data.Xero.Payloads;

internal sealed class ReportRowPayload
{
    public string? RowType { get; set; }

    public IReadOnlyList<ReportCellPayload?>? Cells { get; set; }

    public IReadOnlyList<ReportRowPayload?>? Rows { get; set; }
}

internal sealed class ReportCellPayload
{
    public string? Value { get; set; }

    public IReadOnlyList<ReportAttributePayload?>? Attributes { get; set; }
}

internal sealed class ReportAttributePayload
{
    public string? Id { get; set; }

    public string? Value { get; set; }
}

internal sealed class ReportPayload
{
    public IReadOnlyList<ReportRowPayload?>? Rows { get; set; }
}
