using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>
/// What the tables can hold. A record beyond it is refused by itself, so that it never takes the rest of its page along. Texts that only
/// people read are cut instead.
/// </summary>
public static class DocumentLimits
{
    private const int Code = 50;
    private const int Currency = 3;

    /// <summary>Why the document cannot be kept; null when it can.</summary>
    public static Problem? Beyond(SourceDocument document)
    {
        var texts = document.Lines.SelectMany(line => new[] { ("AccountCode", line.AccountCode, Code), ("TaxType", line.TaxType, Code) })
            .Append(("Status", document.Status, Code))
            .Append(("CurrencyCode", document.CurrencyCode, Currency));
        foreach (var (member, text, length) in texts)
        {
            if (text?.Length > length)
            {
                return PostingProblems.Unreadable($"Its member {member} is longer than {length} characters.");
            }
        }

        var amounts = document.Lines.SelectMany(line => new[] { line.Net, line.Tax, line.Quantity ?? 0, line.UnitPrice ?? 0 })
            .Append(document.Total)
            .Append((document as Invoice)?.AmountDue ?? 0)
            .Append(document.Lines.Sum(line => line.Net))
            .Append(document.Lines.Sum(line => line.Tax));
        return amounts.All(MoneyRules.Fits) && document.Date.Year is >= 1900 and < 2200 ? null : PostingProblems.TooLarge;
    }
}
