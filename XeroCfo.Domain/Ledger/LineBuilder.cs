using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Collects the lines of one posting and refuses those that do not hold together.</summary>
internal sealed class LineBuilder(ChartOfAccounts chart)
{
    private readonly List<PostedLine> _lines = [];
    private Problem? _problem;

    public void Fail(Problem problem) => _problem ??= problem;

    public void Add(Guid? accountId, string? code, decimal amount)
    {
        if (Find(accountId, code, amount) is { } account)
        {
            _lines.Add(new PostedLine(account.AccountId, amount));
        }
    }

    public void Add(DocumentLine line, decimal amount)
    {
        if (amount != 0 && Find(line.AccountId, line.AccountCode, amount) is { } account)
        {
            _lines.Add(new PostedLine(account.AccountId, amount)
            {
                Description = line.Description,
                TrackingOption1 = line.TrackingOption1,
                TrackingOption2 = line.TrackingOption2,
            });
        }
    }

    public void AddSystem(string systemAccount, decimal amount)
    {
        if (amount == 0)
        {
            return;
        }

        if (chart.System(systemAccount) is { } account)
        {
            _lines.Add(new PostedLine(account.AccountId, amount));
        }
        else
        {
            Fail(PostingProblems.NoSystemAccount(systemAccount));
        }
    }

    /// <summary>What the total has beyond its lines and their tax.</summary>
    public void AddRounding(decimal control, IReadOnlyList<DocumentLine> lines, int sign)
    {
        var posted = control + (sign * lines.Sum(line => line.Net + line.Tax));
        AddSystem(SystemAccounts.Rounding, -posted);
    }

    public Result<Posting> Finish()
    {
        if (_problem is not null)
        {
            return _problem;
        }

        if (_lines.Sum(line => line.Amount) is var sum && sum != 0)
        {
            return PostingProblems.Unbalanced;
        }

        return _lines.TrueForAll(line => MoneyRules.Fits(line.Amount))
            ? new Posting([.. _lines.Where(line => line.Amount != 0)])
            : PostingProblems.TooLarge;
    }

    private Account? Find(Guid? accountId, string? code, decimal amount)
    {
        var account = chart.Find(accountId, code);
        if (account is null && amount != 0)
        {
            Fail(PostingProblems.UnknownAccount(accountId, code));
        }

        return account;
    }
}

/// <summary>Why a document could not be posted.</summary>
public static class PostingProblems
{
    /// <summary>The code of a record that is there but makes no sense.</summary>
    public const string UnreadableCode = "record-unreadable";

    public static Problem Unbalanced { get; } = Refusal("posting-unbalanced", "Its lines do not sum to 0.00.");

    public static Problem NoLines { get; } = Refusal("lines-missing", "Xero sent it without its lines.");

    public static Problem TooLarge { get; } = Refusal("amount-too-large", "An amount is too large to be kept exactly.");

    public static Problem ForeignCurrency(string currency) =>
        Refusal("currency-not-supported", $"It is in {currency}; documents in other currencies than the organisation's are not posted yet.");

    public static Problem UnknownKind(DocumentKind kind) =>
        Refusal("kind-not-supported", $"Records of the kind {kind} are not posted yet.");

    public static Problem UnknownPayment(string type) =>
        Refusal("payment-type-unknown", $"The payment type '{type}' is not known, so its control account is not either.");

    public static Problem UnknownAccount(Guid? accountId, string? code) => Refusal(
        "account-unknown",
        code is { Length: > 0 } ? $"Its account with the code '{code}' is not in the chart of accounts."
            : accountId is { } id ? $"Its account {id:D} is not in the chart of accounts."
            : "A line with an amount has no account.");

    public static Problem NoSystemAccount(string systemAccount) =>
        Refusal("system-account-missing", $"The chart of accounts has no account with Xero's role {systemAccount}.");

    public static Problem Unreadable(string detail) => Refusal(UnreadableCode, detail);

    private static Problem Refusal(string code, string message) => new(code, message, ProblemKind.Refused);
}
