namespace XeroCfo.Domain.Ledger;

/// <summary>
/// What setting a credit note or an overpayment against an invoice or bill does to the ledger: nothing in base currency, both stand on the
/// same control account; in another currency the two stand there at different rates, and the difference is realised. Pure.
/// </summary>
internal static class AllocationRules
{
    public static void Post(CreditDocument credit, Conversion conversion, References references, LineBuilder lines)
    {
        if (!conversion.IsForeign)
        {
            return;
        }

        foreach (var use in credit.Allocations)
        {
            if (references.Find(use.TargetXeroId) is not { CurrencyRate.IsKnown: true } target)
            {
                lines.Fail(PostingProblems.NoSettled(null));
                return;
            }

            var day = references.EffectiveDay(use.Date, credit.Date, use.TargetXeroId);
            CurrencyDifference.Post(day, credit.IsSale, conversion.ToBase(use.Amount), target.CurrencyRate.ToBase(use.Amount), lines);
        }
    }
}

/// <summary>
/// The rule for currency differences that Xero does not document: what two sides of the same foreign amount differ by in base currency, on an
/// allocation or between two bank accounts, goes to realised currency gains on that day. docs/decisions/0007 says what to check.
/// </summary>
internal static class CurrencyDifference
{
    /// <summary>Clears the control account of what credit and invoice leave on it.</summary>
    /// <param name="day">The day from which the allocation counts.</param>
    /// <param name="isSale">Receivables or payables.</param>
    /// <param name="credit">The allocated amount at the credit's rate.</param>
    /// <param name="invoice">The same at the invoice's rate.</param>
    /// <param name="lines">Where the lines go.</param>
    public static void Post(DateOnly day, bool isSale, decimal credit, decimal invoice, LineBuilder lines)
    {
        var difference = (isSale ? 1 : -1) * (credit - invoice);
        lines.Add(day, lines.System(PostingRules.Control(isSale), difference), difference);
        Realise(day, difference, lines);
    }

    /// <summary>Posts against <paramref name="excess"/>, the debit that the other lines of the day have left, so that they sum to 0.00; a gain is a credit.</summary>
    public static void Realise(DateOnly day, decimal excess, LineBuilder lines) =>
        lines.Add(day, lines.System(SystemAccounts.RealisedCurrencyGain, excess), -excess);
}
