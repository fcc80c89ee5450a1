using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Kpis;

/// <summary>What KPIs need beside the sums of the period.</summary>
/// <param name="Prior">The comparable period before; null where the books do not reach.</param>
/// <param name="IncomeLast12">Income of the twelve months up to the end of the period; null where the books do not reach.</param>
/// <param name="IncomePrior12">And of the twelve before.</param>
/// <param name="Customers">Income by customer in the period, the largest first; what has no contact is not in it.</param>
/// <param name="MonthlyCash">Net cash flow before new equity and debt of the last three whole months; null where the books do not reach.</param>
public sealed record KpiContext(KpiFigures? Prior, decimal? IncomeLast12, decimal? IncomePrior12, IReadOnlyList<decimal> Customers, IReadOnlyList<decimal>? MonthlyCash);

/// <summary>Every KPI with its formula. Pure.</summary>
public static class KpiCatalogue
{
    private const int YearDays = 365;

    /// <summary>KPIs that are made of balances alone.</summary>
    private static readonly string[] Balances =
        ["cash", "receivables", "payables", "currentRatio", "quickRatio", "cashRatio", "workingCapital", "debtToEquity", "liabilitiesToEquity", "debtToAssets", "equityToAssets", "netDebt"];

    // What each of these leans on; a tag that an account lacks or that nobody has confirmed is told with the KPI.
    private static readonly string[] EbitTags = [AccountTags.IncomeTax, AccountTags.InterestExpense, AccountTags.InterestIncome];
    private static readonly string[] EbitdaTags = [.. EbitTags, AccountTags.Amortisation];
    private static readonly string[] CashTags = [AccountTags.Amortisation, AccountTags.DisposalGain];

    private delegate (KpiValue Value, IReadOnlyList<KpiPart> Parts) Rule(KpiFigures now, KpiContext context);

    private static readonly (KpiDefinition Definition, Rule Rule, string[] Tags)[] All =
    [
        Money("income", "Income", GoodDirection.Up, "total income", f => f.Income),
        Of("netProfit", "Net profit", KpiUnit.Money, GoodDirection.Up, "total income − cost of sales + other income − operating expenses", (f, _) => (Amount(f.NetProfit), [f.Income, f.CostOfSales, f.OtherIncome, f.OperatingExpenses])),
        Money("cash", "Cash", GoodDirection.Up, "all bank accounts, per Xero's books", f => f.Cash),
        Money("receivables", "Accounts receivable", GoodDirection.Context, "balance of accounts receivable", f => f.Receivables),
        Money("payables", "Accounts payable", GoodDirection.Context, "balance of accounts payable", f => f.Payables),
        Share("grossMargin", "Gross margin", GoodDirection.Up, "gross profit / total income", f => f.GrossProfit, f => f.Income),
        Share("operatingMargin", "Operating margin", GoodDirection.Up, "operating profit / total income", f => f.OperatingProfit, f => f.Income, AccountTags.IncomeTax, AccountTags.InterestExpense),
        Share("netMargin", "Net margin", GoodDirection.Up, "net profit / total income", f => f.NetProfit, f => f.Income),
        Share("ebitdaMargin", "EBITDA margin", GoodDirection.Up, "EBITDA / total income", f => f.Ebitda, f => f.Income, EbitdaTags),
        Of("expenseToRevenue", "Expense to revenue", KpiUnit.Percent, GoodDirection.Down, "(cost of sales + operating expenses) / total income", (f, _) => (Over(Sum("Costs", f.CostOfSales, f.OperatingExpenses), f.Income), [f.CostOfSales, f.OperatingExpenses, f.Income])),
        Of("revenueGrowth", "Revenue growth", KpiUnit.Percent, GoodDirection.Up, "(total income − income of the period before) / |income of the period before|", Growth),
        Ratio("currentRatio", "Current ratio", GoodDirection.Up, "current assets / current liabilities", f => f.CurrentAssets, f => f.CurrentLiabilities),
        Of("quickRatio", "Quick ratio", KpiUnit.Ratio, GoodDirection.Up, "(current assets − inventory − prepayments) / current liabilities", (f, _) => (
            Over(Sum("Current assets without inventory and prepayments", f.CurrentAssets, Minus(f.Inventory), Minus(f.Prepayments)), f.CurrentLiabilities), [f.CurrentAssets, f.Inventory, f.Prepayments, f.CurrentLiabilities])),
        Ratio("cashRatio", "Cash ratio", GoodDirection.Up, "bank accounts in credit / current liabilities", f => f.InCredit, f => f.CurrentLiabilities),
        Of("workingCapital", "Working capital", KpiUnit.Money, GoodDirection.Context, "current assets − current liabilities", (f, _) => (Amount(Sum("Working capital", f.CurrentAssets, Minus(f.CurrentLiabilities))), [f.CurrentAssets, f.CurrentLiabilities])),
        Of("dso", "Debtor days", KpiUnit.Days, GoodDirection.Down, "accounts receivable × days / total income", (f, _) => (Days(f.Receivables, f.Income, f), [f.Receivables, f.Income])),
        Of("dio", "Inventory days", KpiUnit.Days, GoodDirection.Down, "inventory × days / cost of sales", (f, _) => (Days(f.Inventory, f.CostOfSales, f), [f.Inventory, f.CostOfSales])),
        Of("dpo", "Creditor days", KpiUnit.Days, GoodDirection.Context, "accounts payable × days / cost of sales (where there is none: costs without payroll, tax, interest and depreciation)", (f, _) => (Days(f.Payables, Bought(f), f), [f.Payables, Bought(f)]), AccountTags.Payroll),
        Of("cashConversionCycle", "Cash conversion cycle", KpiUnit.Days, GoodDirection.Down, "debtor days + inventory days − creditor days", Cycle),
        Ratio("debtToEquity", "Debt to equity", GoodDirection.Down, "interest-bearing debt / equity", f => f.Debt, f => f.EquityPart, AccountTags.DebtShort, AccountTags.DebtLong),
        Ratio("liabilitiesToEquity", "Liabilities to equity", GoodDirection.Down, "total liabilities / equity", f => f.TotalLiabilities, f => f.EquityPart),
        Share("debtToAssets", "Debt to assets", GoodDirection.Context, "interest-bearing debt / total assets", f => f.Debt, f => f.TotalAssets, AccountTags.DebtShort, AccountTags.DebtLong),
        Share("equityToAssets", "Equity to assets", GoodDirection.Context, "equity / total assets", f => f.EquityPart, f => f.TotalAssets),
        Of("netDebt", "Net debt", KpiUnit.Money, GoodDirection.Down, "interest-bearing debt − bank accounts in credit", (f, _) => (Amount(Sum("Net debt", f.Debt, Minus(f.InCredit))), [f.Debt, f.InCredit]), AccountTags.DebtShort, AccountTags.DebtLong),
        Ratio("interestCover", "Interest cover", GoodDirection.Up, "EBIT / interest expense", f => f.Ebit, f => f.InterestExpense, EbitTags),
        Of("debtServiceCover", "Debt service cover", KpiUnit.Ratio, GoodDirection.Up, "EBITDA / (principal repaid + interest expense)", (f, _) => (
            Over(f.Ebitda, Sum("Principal and interest", f.Repaid, f.InterestExpense)), [f.Ebitda, f.Repaid, f.InterestExpense]), [.. EbitdaTags, AccountTags.DebtShort, AccountTags.DebtLong]),
        Annual("returnOnEquity", "Return on equity", "net profit × 365 / days / equity", KpiUnit.Percent, f => f.NetProfit, [], f => f.EquityPart),
        Annual("returnOnCapitalEmployed", "Return on capital employed", "EBIT × 365 / days / (total assets − current liabilities)", KpiUnit.Percent, f => f.Ebit, EbitTags, f => f.TotalAssets, f => f.CurrentLiabilities),
        Annual("returnOnAssets", "Return on assets", "net profit × 365 / days / total assets", KpiUnit.Percent, f => f.NetProfit, [], f => f.TotalAssets),
        Annual("assetTurnover", "Asset turnover", "total income × 365 / days / total assets", KpiUnit.Ratio, f => f.Income, [], f => f.TotalAssets),
        Annual("ocfToCurrentLiabilities", "Operating cash flow to current liabilities", "operating cash flow × 365 / days / current liabilities", KpiUnit.Ratio, f => f.OperatingCash, CashTags, f => f.CurrentLiabilities),
        Share("cashConversion", "Cash conversion", GoodDirection.Up, "operating cash flow / EBITDA", f => f.OperatingCash, f => f.Ebitda, [.. EbitdaTags, AccountTags.DisposalGain]),
        Of("breakEvenIncome", "Break-even income", KpiUnit.Money, GoodDirection.Down, "operating expenses without interest and tax × total income / gross profit", (f, _) => (BreakEven(f), [f.FixedCosts, f.GrossProfit, f.Income]), AccountTags.IncomeTax, AccountTags.InterestExpense),
        Of("marginOfSafety", "Margin of safety", KpiUnit.Percent, GoodDirection.Up, "(total income − break-even income) / total income", Safety, AccountTags.IncomeTax, AccountTags.InterestExpense),
        Of("ruleOf40", "Rule of 40", KpiUnit.Percent, GoodDirection.Up, "growth of twelve months + EBITDA margin", RuleOf40, EbitdaTags),
        Of("topCustomerShare", "Share of the largest customer", KpiUnit.Percent, GoodDirection.Down, "income of the largest customer / income of all customers", (_, context) => Top(context, 1)),
        Of("top3CustomerShare", "Share of the three largest customers", KpiUnit.Percent, GoodDirection.Down, "income of the three largest customers / income of all customers", (_, context) => Top(context, 3)),
        Of("customerConcentration", "Customer concentration (HHI)", KpiUnit.Count, GoodDirection.Down, "sum of squared shares in percent", Concentration),
        Of("netBurn", "Net burn", KpiUnit.Money, GoodDirection.Down, "−(net cash flow, 3 months ago + net cash flow, 2 months ago + net cash flow, 1 month ago) / 3, each before new equity and debt", Burn),
        Of("runway", "Runway", KpiUnit.Months, GoodDirection.Up, "bank accounts / net burn a month", Runway),
    ];

    private static readonly Dictionary<string, (KpiDefinition Definition, Rule Rule, string[] Tags)> ByKey = All.ToDictionary(kpi => kpi.Definition.Key, StringComparer.Ordinal);

    /// <summary>Made of what each customer bought.</summary>
    public static bool IsOfCustomers(string key) => key is "topCustomerShare" or "top3CustomerShare" or "customerConcentration";

    /// <summary>In the order of the catalogue.</summary>
    public static IReadOnlyList<KpiDefinition> Definitions { get; } = [.. All.Select(kpi => kpi.Definition)];

    /// <summary>Null: there is no such KPI in the catalogue.</summary>
    public static KpiDefinition? Find(string key) => ByKey.TryGetValue(key, out var kpi) ? kpi.Definition : null;

    /// <summary>A KPI of the catalogue with its parts.</summary>
    public static (KpiValue Value, IReadOnlyList<KpiPart> Parts) Value(string key, KpiFigures now, KpiContext context) => ByKey[key].Rule(now, context);

    /// <summary>The tags that a KPI leans on.</summary>
    public static IReadOnlyList<string> TagsOf(string key) => ByKey.TryGetValue(key, out var kpi) ? kpi.Tags : [];

    /// <summary>Every KPI of a period, and of the one before it where the books reach.</summary>
    public static IReadOnlyList<Kpi> Compute(KpiFigures now, KpiContext context, KpiContext? priorContext) =>
    [
        .. All.Select(kpi =>
        {
            var (value, parts) = kpi.Rule(now, context);
            var previous = context.Prior is { } prior && priorContext is not null ? kpi.Rule(prior, priorContext).Value : KpiValue.None("The books do not reach back that far");
            var missing = now.Missing(kpi.Tags);
            return new Kpi(kpi.Definition, Told(value, missing), previous, parts, now.Suggested(kpi.Tags)) { MissingTags = missing };
        }),
    ];

    // Nothing of what a tag would name: that is why.
    private static KpiValue Told(KpiValue value, IReadOnlyList<string> missing) =>
        value.Reason is "Interest expense is 0" or "Principal and interest is 0" && missing.Contains(AccountTags.InterestExpense) ? KpiValue.None($"{value.Reason}; no account is tagged {AccountTags.InterestExpense}") : value;

    private static (KpiDefinition, Rule, string[]) Of(string key, string name, KpiUnit unit, GoodDirection good, string formula, Rule rule, params string[] tags) =>
        (new KpiDefinition(key, name, unit, good, formula) { IsBalance = Balances.Contains(key) }, rule, tags);

    private static (KpiDefinition, Rule, string[]) Money(string key, string name, GoodDirection good, string formula, Func<KpiFigures, KpiPart> amount, params string[] tags) =>
        Of(key, name, KpiUnit.Money, good, formula, (f, _) => (Amount(amount(f)), [amount(f)]), tags);

    private static (KpiDefinition, Rule, string[]) Share(string key, string name, GoodDirection good, string formula, Func<KpiFigures, KpiPart> part, Func<KpiFigures, KpiPart> whole, params string[] tags) =>
        Quotient(key, name, KpiUnit.Percent, good, formula, part, whole, tags);

    private static (KpiDefinition, Rule, string[]) Ratio(string key, string name, GoodDirection good, string formula, Func<KpiFigures, KpiPart> part, Func<KpiFigures, KpiPart> whole, params string[] tags) =>
        Quotient(key, name, KpiUnit.Ratio, good, formula, part, whole, tags);

    private static (KpiDefinition, Rule, string[]) Quotient(string key, string name, KpiUnit unit, GoodDirection good, string formula, Func<KpiFigures, KpiPart> part, Func<KpiFigures, KpiPart> whole, string[] tags) =>
        Of(key, name, unit, good, formula, (f, _) => (Over(part(f), whole(f)), [part(f), whole(f)]), tags);

    // A year's worth of a flow over a balance, or over one less the other.
    private static (KpiDefinition, Rule, string[]) Annual(string key, string name, string formula, KpiUnit unit, Func<KpiFigures, KpiPart> flow, string[] tags, Func<KpiFigures, KpiPart> whole, Func<KpiFigures, KpiPart>? less = null) =>
        Of(key, name, unit, GoodDirection.Up, formula, (f, _) =>
        {
            var taken = less?.Invoke(f);
            var balance = whole(f);
            var named = taken is null ? balance : Sum("Capital employed", balance, Minus(taken));
            return (KpiValue.Over((flow(f).Value ?? 0) * YearDays, (named.Value ?? 0) * f.Days, named.Name), [flow(f), balance, .. taken is null ? Array.Empty<KpiPart>() : [taken], new KpiPart("Days of the period", f.Days, [])]);
        }, tags);

    private static KpiValue Amount(KpiPart part) => KpiValue.Of(part.Value ?? 0);

    private static KpiValue Over(KpiPart part, KpiPart whole) => KpiValue.Over(part.Value ?? 0, whole.Value ?? 0, whole.Name);

    private static KpiValue Days(KpiPart balance, KpiPart flow, KpiFigures f) => KpiValue.Over((balance.Value ?? 0) * f.Days, flow.Value ?? 0, flow.Name);

    private static KpiPart Bought(KpiFigures f) => f.CostOfSales.Value != 0 ? f.CostOfSales : f.Purchases;

    private static (KpiValue, IReadOnlyList<KpiPart>) Growth(KpiFigures f, KpiContext context)
    {
        var prior = context.Prior?.Income;
        return (prior?.Value is { } before ? Growth(f.Income.Value ?? 0, before, "There was no income in the period before") : KpiValue.None("The books do not reach back to the period before"),
            [f.Income, new KpiPart("Income of the period before", prior?.Value, f.Income.AccountIds)]);
    }

    private static KpiValue Growth(decimal now, decimal before, string fromNothing) =>
        before == 0 ? KpiValue.None(fromNothing)
        : Math.Sign(now) * Math.Sign(before) < 0 ? KpiValue.None("n/m: income changed its sign")
        : KpiValue.Of(Math.Round((now - before) / Math.Abs(before), 6, MidpointRounding.AwayFromZero));

    private static (KpiValue, IReadOnlyList<KpiPart>) Cycle(KpiFigures f, KpiContext context)
    {
        var (receivable, payable) = (Days(f.Receivables, f.Income, f), Days(f.Payables, Bought(f), f));
        var inventory = f.Inventory.Value == 0 ? KpiValue.Of(0) : Days(f.Inventory, f.CostOfSales, f);
        var missing = receivable.Reason ?? inventory.Reason ?? payable.Reason;
        return (missing is null ? KpiValue.Of(receivable.Value!.Value + inventory.Value!.Value - payable.Value!.Value) : KpiValue.None(missing),
            [new("Debtor days", receivable.Value, f.Receivables.AccountIds), new("Inventory days", inventory.Value, f.Inventory.AccountIds), new("Creditor days", payable.Value, f.Payables.AccountIds)]);
    }

    private static KpiValue BreakEven(KpiFigures f) => f.GrossProfit.Value is not > 0 ? KpiValue.None("Gross profit is not positive")
        : KpiValue.Of(Math.Round(f.FixedCosts.Value!.Value * f.Income.Value!.Value / f.GrossProfit.Value.Value, 4, MidpointRounding.AwayFromZero));

    private static (KpiValue, IReadOnlyList<KpiPart>) Safety(KpiFigures f, KpiContext context)
    {
        var even = BreakEven(f);
        return (even.Value is { } needed ? KpiValue.Over(f.Income.Value!.Value - needed, f.Income.Value.Value, "Total income") : even, [f.Income, new KpiPart("Break-even income", even.Value, f.FixedCosts.AccountIds)]);
    }

    private static (KpiValue, IReadOnlyList<KpiPart>) RuleOf40(KpiFigures f, KpiContext context)
    {
        var margin = KpiValue.Over(f.Ebitda.Value!.Value, f.Income.Value!.Value, "Total income");
        var growth = context is { IncomeLast12: { } now, IncomePrior12: { } before } ? Growth(now, before, "Income of the twelve months before is 0") : KpiValue.None("Needs 24 months of books");
        return (growth.Value is { } left && margin.Value is { } right ? KpiValue.Of(left + right) : KpiValue.None((growth.Reason ?? margin.Reason)!),
            [new("Growth of twelve months", growth.Value, f.Income.AccountIds), new("EBITDA margin", margin.Value, f.Ebitda.AccountIds)]);
    }

    private static (KpiValue, IReadOnlyList<KpiPart>) Top(KpiContext context, int count)
    {
        var (top, all) = (context.Customers.Take(count).Sum(), context.Customers.Sum());
        return (KpiValue.Over(top, all, "Income of all customers"), [new(count == 1 ? "Income of the largest customer" : "Income of the three largest customers", top, []), new("Income of all customers", all, [])]);
    }

    private static (KpiValue, IReadOnlyList<KpiPart>) Concentration(KpiFigures f, KpiContext context)
    {
        var all = context.Customers.Sum();
        return (all <= 0 ? KpiValue.None("Income of all customers is 0")
            : KpiValue.Of(Math.Round(context.Customers.Sum(customer => customer / all * 100 * (customer / all * 100)), 4, MidpointRounding.AwayFromZero)), [new("Customers", context.Customers.Count, []), new("Income of all customers", all, [])]);
    }

    private static (KpiValue, IReadOnlyList<KpiPart>) Burn(KpiFigures f, KpiContext context) => context.MonthlyCash is { } months
        ? (KpiValue.Of(Math.Round(-months.Average(), 4, MidpointRounding.AwayFromZero)), [.. months.Select((month, index) => new KpiPart($"Net cash flow, {months.Count - index} month{(months.Count - index == 1 ? "" : "s")} ago", month, []))])
        : (KpiValue.None("Needs three whole months of books"), []);

    private static (KpiValue, IReadOnlyList<KpiPart>) Runway(KpiFigures f, KpiContext context)
    {
        var burn = Burn(f, context).Item1;
        return (burn.Value is not { } month ? burn
            : month <= 0 ? KpiValue.None("Cash generative: no cash is burnt")
            : f.Cash.Value < 0 ? KpiValue.None("Bank accounts are overdrawn")
            : KpiValue.Of(Math.Round(f.Cash.Value!.Value / month, 6, MidpointRounding.AwayFromZero)), [f.Cash, new KpiPart("Net burn a month", burn.Value, [])]);
    }

    private static KpiPart Minus(KpiPart part) => part with { Value = -part.Value };

    private static KpiPart Sum(string name, params KpiPart[] parts) => new(name, parts.Sum(part => part.Value), [.. parts.SelectMany(part => part.AccountIds).Distinct()]);
}
