namespace XeroCfo.Domain.Ledger;

/// <summary>
/// The rule for prepayments that Xero does not document: setting a prepayment against an invoice, or paying it back, takes its lines and its
/// tax back in proportion, against receivables or payables, or the bank. Each line is rounded by itself and the largest takes the odd cent;
/// the use that leaves nothing takes what is left of each line. Differences of rate are realised. docs/decisions/0008 says what to check. Pure.
/// </summary>
internal static class PrepaymentRules
{
    private sealed record Use(CreditUse Part, DateOnly Day, bool IsRefund);

    private sealed record Entry(Account? Account, decimal Amount, DocumentLine? Line);

    public static void Post(Prepayment prepayment, Conversion conversion, References references, LineBuilder lines)
    {
        var uses = Uses(prepayment, references);
        foreach (var use in uses.Where(use => !use.IsRefund))
        {
            var atRate = conversion.ToBase(use.Part.Amount);
            if (conversion.IsForeign)
            {
                if (references.Find(use.Part.TargetXeroId) is not { CurrencyRate.IsKnown: true } target)
                {
                    lines.Fail(PostingProblems.NoSettled(null));
                    return;
                }

                atRate = target.CurrencyRate.ToBase(use.Part.Amount);
            }

            var sign = prepayment.IsSale ? -1 : 1;
            lines.Add(use.Day, lines.System(PostingRules.Control(prepayment.IsSale), use.Part.Amount), sign * atRate, conversion.Foreign(sign * use.Part.Amount));
            TakeBack(prepayment, uses, use, sign * atRate, conversion, lines);
        }
    }

    /// <summary>The lines of a refund against what left or came into the bank.</summary>
    /// <param name="payment">The refund.</param>
    /// <param name="prepayment">What it pays back; null when it is not known.</param>
    /// <param name="atBank">Base currency, debit +.</param>
    /// <param name="conversion">The prepayment's.</param>
    /// <param name="references">For the order of uses.</param>
    /// <param name="lines">Where the lines go.</param>
    public static void PostRefund(Payment payment, Prepayment? prepayment, decimal atBank, Conversion conversion, References references, LineBuilder lines)
    {
        if (prepayment is null)
        {
            lines.Fail(PostingProblems.NoSettled(payment.Number));
            return;
        }

        if (prepayment.Lines.Count == 0)
        {
            lines.Fail(PostingProblems.NoLines);
            return;
        }

        var uses = Uses(prepayment, references);
        var use = uses.Find(other => other.IsRefund && other.Part.Id == payment.XeroId);
        if (use is null)
        {
            // A list that was read before the refund was made does not hold it yet.
            use = new Use(new CreditUse(payment.XeroId, null, payment.Date, payment.Total), payment.Date, true);
            uses.Add(use);
        }

        TakeBack(prepayment, uses, use with { Day = payment.Date }, atBank, conversion, lines);
    }

    /// <summary>By effective day, allocations first, then in Xero's order.</summary>
    private static List<Use> Uses(Prepayment prepayment, References references) =>
    [
        .. prepayment.Allocations.Select(use => new Use(use, references.EffectiveDay(use.Date, prepayment.Date, use.TargetXeroId), false))
            .Concat(prepayment.Refunds.Select(use => new Use(use, use.Date, true)))
            .OrderBy(use => use.Day),
    ];

    private static void TakeBack(Prepayment prepayment, List<Use> uses, Use use, decimal against, Conversion conversion, LineBuilder lines)
    {
        var entries = Entries(prepayment, lines);
        var shares = Shares(entries, prepayment.Total, uses, use, conversion);
        for (var i = 0; i < entries.Count; i++)
        {
            var part = prepayment.Total == 0 ? 0 : decimal.Round(entries[i].Amount * use.Part.Amount / prepayment.Total, 4, MidpointRounding.AwayFromZero);
            lines.Add(use.Day, entries[i].Account, shares[i], conversion.Foreign(part), entries[i].Line);
        }

        CurrencyDifference.Realise(use.Day, against + shares.Sum(), lines);
    }

    // What a customer prepaid stands as a credit on its lines: taking it back is a debit.
    private static List<Entry> Entries(Prepayment prepayment, LineBuilder lines)
    {
        var sign = prepayment.IsSale ? 1 : -1;
        var entries = prepayment.Lines
            .Select(line => new Entry(lines.Account(line.AccountId, line.AccountCode, line.Net), sign * line.Net, line))
            .ToList();
        var tax = sign * prepayment.Lines.Sum(line => line.Tax);
        entries.Add(new Entry(lines.System(SystemAccounts.SalesTax, tax), tax, null));
        var rounding = (sign * prepayment.Total) - entries.Sum(entry => entry.Amount);
        entries.Add(new Entry(lines.System(SystemAccounts.Rounding, rounding), rounding, null));
        return entries;
    }

    private static List<decimal> Shares(List<Entry> entries, decimal total, List<Use> uses, Use use, Conversion conversion)
    {
        var sign = Math.Sign(entries.Sum(entry => entry.Amount));
        var whole = entries.ConvertAll(entry => conversion.ToBase(entry.Amount));
        PostingRules.Settle(whole, sign * Math.Abs(conversion.ToBase(total)));
        var left = whole.ToList();
        var used = 0m;
        foreach (var other in uses)
        {
            used += other.Part.Amount;
            var shares = used == total ? left.ToList() : whole.ConvertAll(amount => Primitives.MoneyRules.ToCents(amount * other.Part.Amount / total));
            if (used != total)
            {
                PostingRules.Settle(shares, sign * Math.Abs(conversion.ToBase(other.Part.Amount)));
            }

            if (ReferenceEquals(other.Part, use.Part))
            {
                return shares;
            }

            left = [.. left.Zip(shares, (amount, share) => amount - share)];
        }

        return [.. entries.Select(_ => 0m)];
    }
}
