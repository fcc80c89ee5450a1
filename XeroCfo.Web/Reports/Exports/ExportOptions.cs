namespace XeroCfo.Web.Reports.Exports;

/// <summary>How a report is shown in a file; what it holds is the document's.</summary>
/// <param name="Cents">On paper: with cents, or in whole units.</param>
/// <param name="Codes">Account codes before the names.</param>
/// <param name="Folded">Keys of sections of which paper shows the total only.</param>
internal sealed record ExportOptions(bool Cents = true, bool Codes = false, IReadOnlyCollection<string>? Folded = null);
