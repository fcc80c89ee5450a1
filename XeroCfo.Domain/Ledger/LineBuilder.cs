using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>Collects the lines of one posting and refuses those that do not hold together.</summary>
internal sealed class LineBuilder(ChartOfAccounts chart)
{
    private readonly List<PostedLine> _lines = [];
    private Problem? _problem;

    public void Fail(Problem problem) => _problem ??= problem;

    /// <summary>The account; null, and a problem when there is an amount to post, if the chart does not hold it.</summary>
    public Account? Account(Guid? accountId, string? code, decimal amount)
    {
        var account = chart.Find(accountId, code);
        if (account is null && amount != 0)
        {
            Fail(PostingProblems.UnknownAccount(accountId, code));
        }

        return account;
    }

    /// <inheritdoc cref="Account"/>
    public Account? System(string systemAccount, decimal amount)
    {
        var account = chart.System(systemAccount);
        if (account is null && amount != 0)
        {
            Fail(PostingProblems.NoSystemAccount(systemAccount));
        }

        return account;
    }

    /// <summary>Adds a line in base currency, debit +; lines of 0.00 are left out.</summary>
    public void Add(DateOnly day, Account? account, decimal amount, ForeignAmount? foreign = null, DocumentLine? line = null)
    {
        if (account is not null && amount != 0)
        {
            _lines.Add(new PostedLine(day, account.AccountId, amount)
            {
                Foreign = foreign,
                Description = line?.Description,
                TrackingOption1 = line?.TrackingOption1,
                TrackingOption2 = line?.TrackingOption2,
            });
        }
    }

    public Result<Posting> Finish()
    {
        if (_problem is not null)
        {
            return _problem;
        }

        if (_lines.GroupBy(line => line.Date).Any(day => day.Sum(line => line.Amount) != 0))
        {
            return PostingProblems.Unbalanced;
        }

        return _lines.TrueForAll(line => MoneyRules.Fits(line.Amount)) ? new Posting(_lines) : PostingProblems.TooLarge;
    }
}
