using System.Linq.Expressions;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Data.Rules;

/// <summary>What rules read of a document.</summary>
internal sealed record RunRow(
    Guid Id, DateOnly Date, string? Description, string? ContactName, string? Reference, decimal Amount, string Direction, string Type, Guid? ContactId, bool IsReconciled,
    string? Category, string CategorySource, Guid? CategoryRuleId, string? OwnAccountCode, string? AccountCode, bool LockedByPerson)
{
    public static readonly Expression<Func<Transaction, RunRow>> OfTransaction = row => new RunRow(
        row.Id, row.Date, row.Description, row.ContactName, row.Reference, row.AbsoluteAmount, row.Direction, row.Type, row.ContactId, row.IsReconciled,
        row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode, row.LockedByPerson);

    public CategoryState State => new(Category, CategorySource, CategoryRuleId, OwnAccountCode, AccountCode);

    public PreviewRow ToPreview(string? linesCode) => new(Id, Date, Subject(linesCode), State);

    /// <param name="linesCode">The code that its lines share; asked only where it has a code of our own.</param>
    public RuleSubject Subject(string? linesCode) => new(Description, ContactName, Reference)
    {
        Amount = Amount,
        Direction = Direction,
        Type = Type,
        ContactId = ContactId,
        AccountCode = OwnAccountCode is null ? AccountCode : linesCode,
        Date = Date,
        IsReconciled = IsReconciled,
    };
}
