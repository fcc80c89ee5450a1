using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>What rules see of a document.</summary>
/// <param name="Description">Its lines' descriptions.</param>
/// <param name="ContactName">As Xero writes it.</param>
/// <param name="Reference">Of the document.</param>
public sealed record RuleSubject(string? Description, string? ContactName, string? Reference)
{
    /// <summary>In the organisation's currency, without its sign.</summary>
    public decimal Amount { get; init; }

    /// <summary>One of <see cref="Directions"/>.</summary>
    public string Direction { get; init; } = Directions.None;

    /// <summary>One of <see cref="TransactionTypes"/>.</summary>
    public string Type { get; init; } = TransactionTypes.Spend;

    public Guid? ContactId { get; init; }

    /// <summary>The code that its lines share at Xero, whatever rules and people gave it since.</summary>
    public string? AccountCode { get; init; }

    public DateOnly Date { get; init; }

    public bool IsReconciled { get; init; }

    public static RuleSubject Of(Transaction row) => new(row.Description, row.ContactName, row.Reference)
    {
        Amount = row.AbsoluteAmount,
        Direction = row.Direction,
        Type = row.Type,
        ContactId = row.ContactId,
        AccountCode = row.OwnAccountCode is null ? row.AccountCode : null,
        Date = row.Date,
        IsReconciled = row.IsReconciled,
    };
}
