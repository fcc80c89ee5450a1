using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Users;

internal sealed class SavedViews(IDbFactory factory) : ISavedViews
{
    private const int Attempts = 5;

    public async Task<IReadOnlyList<SavedView>> ListAsync(TenantId tenant, Guid userId, string page, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var views = await db.SavedViews.AsNoTracking().Where(view => view.UserId == userId && view.Page == page).ToListAsync(ct);
        return [.. views.OrderBy(view => view.NormalizedName, StringComparer.Ordinal)];
    }

    public Task<Result<SavedView>> SaveAsync(Caller caller, TenantId tenant, Guid userId, string page, string name, string query, CancellationToken ct) =>
        AgainAsync(() => TrySaveAsync(caller, tenant, userId, page, name, query, ct));

    public Task<Result<Done>> RenameAsync(Caller caller, TenantId tenant, Guid userId, Guid id, string name, CancellationToken ct) =>
        AgainAsync(() => TryRenameAsync(caller, tenant, userId, id, name, ct));

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid userId, Guid id, CancellationToken ct) =>
        AgainAsync(() => TryDeleteAsync(caller, tenant, userId, id, ct));

    private static async Task<Result<T>> AgainAsync<T>(Func<Task<Result<T>>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // The person's other tab took the name, or deleted the view, between our look and our save: look again.
            }
        }
    }

    private async Task<Result<SavedView>> TrySaveAsync(Caller caller, TenantId tenant, Guid userId, string page, string name, string query, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var normalized = SavedView.Normalize(name);
        var mine = await work.Db.SavedViews.Where(view => view.UserId == userId && view.Page == page).ToListAsync(ct);
        var view = mine.Find(known => known.NormalizedName == normalized);
        if (view is null)
        {
            if (mine.Count >= SavedView.Most)
            {
                return SavedViewProblems.TooMany;
            }

            view = new SavedView { TenantId = tenant.Value, UserId = userId, Page = page, Name = name, NormalizedName = normalized, Query = query };
            work.Db.SavedViews.Add(view);
        }

        (view.Name, view.Query) = (name, query);
        work.Audit("view.saved", new { viewId = view.Id, page, name });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? view : saved.Problem!;
    }

    private async Task<Result<Done>> TryRenameAsync(Caller caller, TenantId tenant, Guid userId, Guid id, string name, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        if (await work.Db.SavedViews.FirstOrDefaultAsync(row => row.Id == id && row.UserId == userId, ct) is not { } view)
        {
            return SavedViewProblems.Unknown;
        }

        var normalized = SavedView.Normalize(name);
        if (await work.Db.SavedViews.AnyAsync(row => row.UserId == userId && row.Page == view.Page && row.NormalizedName == normalized && row.Id != id, ct))
        {
            return SavedViewProblems.NameTaken;
        }

        work.Audit("view.renamed", new { viewId = id, before = view.Name, after = name });
        (view.Name, view.NormalizedName) = (name, normalized);
        return await work.CommitAsync(ct);
    }

    private async Task<Result<Done>> TryDeleteAsync(Caller caller, TenantId tenant, Guid userId, Guid id, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        if (await work.Db.SavedViews.FirstOrDefaultAsync(row => row.Id == id && row.UserId == userId, ct) is not { } view)
        {
            return SavedViewProblems.Unknown;
        }

        work.Db.SavedViews.Remove(view);
        work.Audit("view.deleted", new { viewId = id, view.Name });
        return await work.CommitAsync(ct);
    }
}

internal sealed class SavedViewMap : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.Property(view => view.Page).HasMaxLength(50);
        builder.Property(view => view.Name).HasMaxLength(SavedView.NameLimit);
        builder.Property(view => view.NormalizedName).HasMaxLength(SavedView.NameLimit);
        builder.Property(view => view.Query).HasMaxLength(SavedView.QueryLimit);
        builder.HasIndex(view => new { view.TenantId, view.UserId, view.Page, view.NormalizedName }).IsUnique();
        builder.HasIndex(view => view.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(view => view.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(view => view.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
