using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Rules;

internal sealed class RulePreviewReader(IDbFactory factory) : IRulePreviewReader
{
    private const int ShortestLiteral = 3, Step = 1_000;

    public async Task<int> VisitAsync(TenantId tenant, string literal, bool hidePayroll, Action<PreviewRow> visit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var all = db.Transactions.AsNoTracking();
        if (await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll)
        {
            all = await payroll.ShownAsync(all, ct);
        }

        var rows = Searchable(literal) is { Length: >= ShortestLiteral } part ? all.Where(row => EF.Functions.Like(row.SearchText!, "%" + part + "%", "\\")) : all;
        // In the order of the index that holds the search text: without one SQLite reads every document to look at it.
        await VisitAsync(db, rows.OrderBy(row => row.Date).ThenBy(row => row.Id), visit, ct);
        return await all.CountAsync(ct);
    }

    public async Task VisitNewestAsync(TenantId tenant, int most, bool hidePayroll, Action<PreviewRow> visit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var all = db.Transactions.AsNoTracking();
        if (await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll)
        {
            all = await payroll.ShownAsync(all, ct);
        }

        await VisitAsync(db, all.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(most), visit, ct);
    }

    public async Task<PreviewRow?> FindRowAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Transactions.AsNoTracking().Where(row => row.Id == id);
        rows = await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.ShownAsync(rows, ct) : rows;
        PreviewRow? found = null;
        await VisitAsync(db, rows, row => found = row, ct);
        return found;
    }

    public async Task<Problem?> NoSuchCodeAsync(TenantId tenant, string code, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.NoSuchCodeAsync(code, ct);
    }

    public async Task<IReadOnlyList<Transaction>> FindAsync(TenantId tenant, IReadOnlyList<Guid> ids, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Id)).ToListAsync(ct);
        await ((await PayrollPrivacy.OfAsync(db, hidePayroll, ct))?.HideAsync(rows, ct) ?? Task.CompletedTask);
        return rows;
    }

    // Rules see the code of a document's lines, as a run does, whatever rules and people gave it since.
    private static async Task VisitAsync(XeroCfoDb db, IQueryable<Transaction> rows, Action<PreviewRow> visit, CancellationToken ct)
    {
        var recoded = new List<RunRow>();
        await RunRow.ReadAsync(
            db, rows,
            row =>
            {
                if (row.OwnAccountCode is null)
                {
                    visit(row.ToPreview(null));
                }
                else
                {
                    recoded.Add(row);
                }
            },
            ct);
        foreach (var step in recoded.Chunk(Step))
        {
            var codes = await new CategoryMarks(db, default).CommonCodesAsync([.. step.Select(row => row.Id)], ct);
            Array.ForEach(step, row => visit(row.ToPreview(codes.GetValueOrDefault(row.Id))));
        }
    }

    /// <summary>
    /// The longest part of a literal that the search text, in lower case, must hold wherever the literal is found without regard to case: plain letters but
    /// i, whose case depends on the language.
    /// </summary>
    internal static string Searchable(string literal)
    {
        var parts = string.Concat(literal.Select(letter => letter is >= ' ' and < '\u007F' and not ('i' or 'I') ? char.ToLowerInvariant(letter) : '\0')).Split('\0');
        return parts.MaxBy(part => part.Length)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
    }
}
