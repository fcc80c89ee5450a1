using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
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
        await VisitAsync(tenant, rows, visit, ct);
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

        await VisitAsync(tenant, all.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(most), visit, ct);
    }

    public async Task<IReadOnlyList<Transaction>> FindAsync(TenantId tenant, IReadOnlyList<Guid> ids, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.Transactions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(ct);
        await ((await PayrollPrivacy.OfAsync(db, hidePayroll, ct))?.HideAsync(rows, ct) ?? Task.CompletedTask);
        return rows;
    }

    // Rules see the code of a document's lines, as a run does, whatever rules and people gave it since.
    private async Task VisitAsync(TenantId tenant, IQueryable<Transaction> rows, Action<PreviewRow> visit, CancellationToken ct)
    {
        var recoded = new List<RunRow>();
        await foreach (var row in rows.Select(RunRow.OfTransaction).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (row.OwnAccountCode is null)
            {
                visit(row.ToPreview(null));
                continue;
            }

            recoded.Add(row);
            if (recoded.Count == Step)
            {
                await VisitRecodedAsync(tenant, recoded, visit, ct);
            }
        }

        await VisitRecodedAsync(tenant, recoded, visit, ct);
    }

    // In a context of its own: the documents are still being read.
    private async Task VisitRecodedAsync(TenantId tenant, List<RunRow> rows, Action<PreviewRow> visit, CancellationToken ct)
    {
        if (rows.Count > 0)
        {
            await using var db = factory.For(tenant);
            var codes = await new CategoryMarks(db, default).CommonCodesAsync(rows.ConvertAll(row => row.Id), ct);
            rows.ForEach(row => visit(row.ToPreview(codes.GetValueOrDefault(row.Id))));
            rows.Clear();
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
