using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Receivables;

internal sealed class ReminderTextBook(IDbFactory factory) : IReminderTextBook
{
    public async Task<IReadOnlyList<ReminderText>> AllAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.ReminderTexts.AsNoTracking().ToListAsync(ct);
    }

    public async Task<Result<ReminderText>> SetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, string subject, string body, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var row = await db.ReminderTexts.FirstOrDefaultAsync(row => row.Tone == tone, ct);
        if (row is not null && version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = row is null ? null : new { row.Subject, row.Body };
        row ??= db.ReminderTexts.Add(new ReminderText { TenantId = tenant.Value, Tone = tone, Subject = subject, Body = body }).Entity;
        (row.Subject, row.Body, row.UserId) = (subject, body, caller.UserId);
        db.Touch(row);
        work.Audit("receivables.reminder_text_set", new { tone, before, after = new { subject, body } });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : row;
    }

    public async Task<Result<Done>> ResetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        if (await work.Db.ReminderTexts.FirstOrDefaultAsync(row => row.Tone == tone, ct) is not { } row)
        {
            return ReminderTextProblems.NoneOfOwn;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        work.Db.ReminderTexts.Remove(row);
        work.Audit("receivables.reminder_text_reset", new { tone, before = new { row.Subject, row.Body } });
        return await work.CommitAsync(ct);
    }
}

internal sealed class ReminderTextMap : IEntityTypeConfiguration<ReminderText>
{
    public void Configure(EntityTypeBuilder<ReminderText> builder)
    {
        builder.ToTable("ReminderTexts");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Tone).HasMaxLength(20);
        builder.Property(row => row.Subject).HasMaxLength(ReminderText.SubjectLimit);
        builder.Property(row => row.Body).HasMaxLength(ReminderText.BodyLimit);
        builder.HasIndex(row => new { row.TenantId, row.Tone }).IsUnique();
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
