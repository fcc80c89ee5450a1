using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>Reads Xero's budgets once a day, and with every full load: Xero does not tell which of them changed.</summary>
public sealed class BudgetFetch(ISyncStore store, IXeroBudgetBook book, TimeProvider clock)
{
    private const string Endpoint = "Budget";

    /// <summary>So many financial years before today's are read, back to the start of the books but not further than the second.</summary>
    private const int UsualYears = 2, MostYears = 10;

    /// <summary>Null when all went well. Where the consent does not hold budgets that is an issue of the run, and the rest goes on.</summary>
    public async Task<Problem?> FetchAsync(FetchContext context, XeroTenant organisation, CancellationToken ct)
    {
        var cursor = await store.CursorAsync(context.Tenant, Endpoint, ct);
        var today = organisation.Today(clock);
        if (!context.Full && cursor.ModifiedSince is { } last && organisation.DayOf(last) == today)
        {
            return null;
        }

        await context.Progress.StepAsync(SyncSteps.Budgets, 0, ct);
        var read = await context.Session.BudgetsAsync(Days(organisation, today), ct);
        if (read.Problem is { } problem)
        {
            if (problem.Code != XeroProblems.ScopeMissingCode)
            {
                return problem;
            }

            await store.AddIssuesAsync(context.Tenant, context.RunId, [new UnreadableRecord(Endpoint, null, problem.Code, problem.Message)], ct);
            return null;
        }

        var unread = read.Value.Unreadable.Select(record => Guid.TryParse(record.XeroId, out var id) ? id : Guid.Empty).ToHashSet();
        context.Progress.Count(Endpoint, await book.ReplaceAsync(context.Tenant, read.Value.Budgets, unread, ct));
        await store.AddIssuesAsync(context.Tenant, context.RunId, read.Value.Unreadable, ct);
        cursor.ModifiedSince = clock.UtcNow();
        await store.SaveCursorAsync(context.Tenant, cursor, ct);
        return null;
    }

    // To the end of the next year: that is when budgets are made.
    private static Days Days(XeroTenant organisation, DateOnly today)
    {
        var year = organisation.FinancialYear;
        var usual = year.StartOf(today).AddYears(-UsualYears);
        var first = organisation.BooksStart is { } start && year.StartOf(start) < usual ? year.StartOf(start) : usual;
        var earliest = year.StartOf(today).AddYears(-MostYears);
        return new Days(first < earliest ? earliest : first, year.EndOf(year.EndOf(today).AddDays(1)));
    }
}
