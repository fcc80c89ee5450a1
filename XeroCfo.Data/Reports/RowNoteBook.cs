using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Reports;

internal sealed class RowNoteBook(IDbFactory factory) : IRowNoteBook
{
    private const int Most = 500;

    public async Task<IReadOnlyList<(RowNote Note, string? Author)>> ListAsync(TenantId tenant, Guid reportId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.ReportRowNotes.AsNoTracking().Where(note => note.ReportId == reportId).OrderBy(note => note.Id).Take(Most)
            .Select(note => new { Note = note, User = db.Users.Where(user => user.Id == note.UserId).Select(user => new { user.FirstName, user.LastName, user.Email }).FirstOrDefault() })
            .ToListAsync(ct);
        return [.. rows.Select(row => (row.Note, row.User is null ? null : $"{row.User.FirstName} {row.User.LastName}".Trim() is { Length: > 0 } name ? name : row.User.Email))];
    }

    public async Task<Result<RowNote>> AddAsync(Caller caller, TenantId tenant, RowNote note, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST reports/notes", $"{note.ReportId:D}\n{note.RowKey}\n{note.Text}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.ReportRowNotes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? made : ReportProblems.Unknown;
            }
        }

        if (!await db.Reports.AnyAsync(report => report.Id == note.ReportId, ct))
        {
            return ReportProblems.Unknown;
        }

        if (note.IsReview && await db.ReportRowNotes.AsNoTracking().FirstOrDefaultAsync(row => row.ReportId == note.ReportId && row.RowKey == RowNote.Review && row.UserId == note.UserId, ct) is { } first)
        {
            return first;
        }

        if (await db.ReportRowNotes.CountAsync(row => row.ReportId == note.ReportId, ct) >= Most)
        {
            return ReportProblems.TooManyNotes(Most);
        }

        db.ReportRowNotes.Add(note);
        await db.SaveChangesAsync(ct);
        idempotency?.Remember(db, note.Id);
        Audit(work, note, isAdded: true);
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : note;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid reportId, Guid noteId, bool isReview, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var person = caller.UserId;
        if (await work.Db.ReportRowNotes.FirstOrDefaultAsync(row => row.Id == noteId && row.ReportId == reportId && row.UserId == person && row.RowKey == RowNote.Review == isReview, ct) is not { } note)
        {
            return ReportProblems.Unknown;
        }

        work.Db.ReportRowNotes.Remove(note);
        Audit(work, note, isAdded: false);
        try
        {
            return await work.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another window deleted it between our look and our save.
            return ReportProblems.Unknown;
        }
    }

    private static void Audit(UnitOfWork work, RowNote note, bool isAdded)
    {
        if (note.IsReview)
        {
            work.Audit(isAdded ? "report.reviewed" : "report.review_taken_back", new { reportId = note.ReportId, reviewId = note.Id, ledgerVersion = note.Text });
        }
        else if (isAdded)
        {
            work.Audit("report.note_added", new { reportId = note.ReportId, noteId = note.Id, note.RowKey, after = note.Text });
        }
        else
        {
            work.Audit("report.note_deleted", new { reportId = note.ReportId, noteId = note.Id, note.RowKey, before = note.Text });
        }
    }
}

internal sealed class RowNoteMap : IEntityTypeConfiguration<RowNote>
{
    public void Configure(EntityTypeBuilder<RowNote> builder)
    {
        builder.ToTable("ReportRowNotes");
        builder.Property(note => note.Id).ValueGeneratedNever();
        builder.Ignore(note => note.IsReview);
        builder.Property(note => note.RowKey).HasMaxLength(RowNote.KeyLimit);
        builder.Property(note => note.Text).HasMaxLength(RowNote.TextLimit);
        builder.HasIndex(note => new { note.TenantId, note.ReportId });
        builder.HasOne<Report>().WithMany().HasForeignKey(note => note.ReportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(note => note.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(note => note.UserId).OnDelete(DeleteBehavior.SetNull);
    }
}
