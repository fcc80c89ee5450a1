using System.Runtime.CompilerServices;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>A list that was allowed, to be read to its end.</summary>
public sealed record ExportedList(XeroTenant Organisation, DateOnly Today, TransactionNames Names, IAsyncEnumerable<Transaction> Rows)
{
    /// <summary>"Tui-and-Ash_Transactions_2026-11-20.xlsx".</summary>
    public string FileName(string format) => $"{FileNames.Plain(Organisation.Name)}_Transactions_{DateWords.Iso(Today)}.{format}";
}

/// <summary>Reads a whole list as the page would show it, page by page.</summary>
public sealed class TransactionExport(TenantService tenants, TransactionService transactions, TransactionNaming naming, TimeProvider clock)
{
    private const int PageSize = 1_000;

    /// <summary>The list from its first row; refused before anything is read when the caller may not.</summary>
    public async Task<Result<ExportedList>> OpenAsync(Caller caller, TenantId tenant, TransactionQuery query, CancellationToken ct)
    {
        var organisation = await tenants.GetAsync(caller, tenant, ct);
        if (organisation.Problem is { } unknown)
        {
            return unknown;
        }

        var first = await transactions.ListAsync(caller, tenant, new TransactionFilter(), TransactionSort.NewestFirst, PagePlace.First, 1, ct);
        if (first.Problem is { } refused)
        {
            return refused;
        }

        var names = await naming.ReadAsync(caller, tenant, ct);
        if (names.Problem is { } nameless)
        {
            return nameless;
        }

        var today = organisation.Value.Today(clock);
        var (read, unread) = query.FromStart().Read(names.Value.Terms(today));
        if (unread.Count > 0)
        {
            return Problem.Invalid("search", $"Nothing is called so here: {string.Join(", ", unread)}.");
        }

        return new ExportedList(organisation.Value, today, names.Value, RowsAsync(caller, tenant, read, ct));
    }

    private async IAsyncEnumerable<Transaction> RowsAsync(Caller caller, TenantId tenant, TransactionQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var place = PagePlace.First;
        while (true)
        {
            var page = await transactions.ListAsync(caller, tenant, query.Filter, query.Order, place, PageSize, ct);
            foreach (var row in page.Value.Items)
            {
                yield return row;
            }

            if (page.Value.Next is not { } next)
            {
                yield break;
            }

            place = PagePlace.After(next);
        }
    }
}
