using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>What must be said under a statement. Pure.</summary>
internal static class StatementNotes
{
    public static IReadOnlyList<ReportNote> Of(ReportPlan plan, StatementBooks books, IReadOnlyList<StatementRow> rows, BudgetColumn? budget) =>
    [
        .. budget?.Notes(plan) ?? [], .. LeftOut(plan, books), .. Lump(plan), .. Guessed(plan, books),
        .. plan.Parameters.ManagementLines == true ? ManagementLine.Notes(books.Accounts, rows) : [], .. Tags(plan, books), .. Moved(plan, books),
    ];

    // A month-end line is never spread over days: what the days of any column cut off is listed with its account and amount.
    private static IEnumerable<ReportNote> LeftOut(ReportPlan plan, StatementBooks books)
    {
        var isSheet = plan.Type == ReportTypes.BalanceSheet;
        return
            from days in plan.Compared.Select(period => period.Days).Prepend(plan.Range).Distinct()
            from line in books.Movements.LeftOut(days)
            let account = books.Accounts.First(account => account.AccountId == line.AccountId)
            where isSheet ? line.Date > days.Last : plan.Type == ReportTypes.CashFlow || account.IsProfitAndLoss
            let isOpen = line.Source == LineSources.XeroProvisional
            let isCash = plan.Type == ReportTypes.CashFlow && CashFlow.IsForeignBank(account, plan.Organisation.BaseCurrency)
            select new ReportNote(
                isOpen ? "not-in-yet" : isCash ? "in-exchange" : "left-out",
                isOpen
                    ? $"{account.Name}: Xero holds this beyond documents so far in the month in progress; it is in once the month is over."
                    : isCash ? $"{account.Name}: from Xero's trial balance at {ReportPeriods.Words(line.Date)} for a month that these days cut; the bank's balance holds it, so it counts as an effect of exchange rates."
                    : $"{account.Name}: from Xero's trial balance at {ReportPeriods.Words(line.Date)} for a month that these days cut; left out.",
                account.AccountId,
                line.Date,
                StatementSection.Of(account).IsCredit ? -line.Amount : line.Amount);
    }

    private static IEnumerable<ReportNote> Lump(ReportPlan plan)
    {
        if (plan.Organisation.BooksStart is { } start && !ReportTypes.IsAtADay(plan.Type) && plan.Range.First < start)
        {
            yield return new ReportNote("opening", $"What came before {ReportPeriods.Words(start)}, when the books begin, is one sum from Xero's trial balance.", null, start.AddDays(-1));
        }
    }

    private static IEnumerable<ReportNote> Guessed(ReportPlan plan, StatementBooks books) =>
        from account in books.Accounts
        where StatementSection.IsGuessed(account) && (!ReportTypes.IsProfit(plan.Type) || account.IsProfitAndLoss)
        select new ReportNote(
            "unknown-type",
            $"{account.Name}: its type {account.Type} is not known here; it stands under {StatementSection.Of(account).Heading.Replace("Less ", "", StringComparison.Ordinal).Replace("Plus ", "", StringComparison.Ordinal).ToLowerInvariant()} by its class.",
            account.AccountId);

    // A cash-flow statement and the lines below net profit lean on tags; as long as nobody has confirmed one they say so.
    private static IEnumerable<ReportNote> Tags(ReportPlan plan, StatementBooks books)
    {
        IReadOnlyList<string> tags = plan.Type == ReportTypes.CashFlow ? [AccountTags.Amortisation, AccountTags.DisposalGain, AccountTags.DebtShort, AccountTags.DebtLong]
            : plan.Parameters.ManagementLines == true ? ManagementLine.Tags
            : [];
        var suggested = books.Accounts
            .Where(account => account is { TagConfirmedBy: null, Tag: { } tag } && tags.Contains(tag) && (plan.Type == ReportTypes.CashFlow || account.IsProfitAndLoss))
            .Select(account => account.Name).ToList();
        if (suggested.Count > 0)
        {
            yield return new ReportNote("suggested-tags", $"Tags of these accounts are suggested from their names and not confirmed yet: {string.Join(", ", suggested)}.");
        }
    }

    // Somebody who knows where a type usually stands would look for it there.
    private static IEnumerable<ReportNote> Moved(ReportPlan plan, StatementBooks books) =>
        from account in plan.Type == ReportTypes.CashFlow ? books.Accounts : []
        where CashFlowBuckets.IsMoved(account)
        select new ReportNote(
            "cash-flow-bucket", $"{account.Name} stands under {CashFlowBuckets.Words(CashFlowBuckets.Of(account))}, as a person chose; by its type it would stand under {CashFlowBuckets.Words(CashFlowBuckets.Usual(account))}.", account.AccountId);
}
