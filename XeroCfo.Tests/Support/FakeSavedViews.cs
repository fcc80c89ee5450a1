using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Saved views in memory.</summary>
internal sealed class FakeSavedViews : ISavedViews
{
    public List<SavedView> Views { get; } = [];

    public Task<IReadOnlyList<SavedView>> ListAsync(TenantId tenant, Guid userId, string page, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<SavedView>>([.. Views.Where(view => view.TenantId == tenant.Value && view.UserId == userId && view.Page == page)]);

    public Task<Result<SavedView>> SaveAsync(Caller caller, TenantId tenant, Guid userId, string page, string name, string query, CancellationToken ct)
    {
        Views.RemoveAll(view => view.NormalizedName == SavedView.Normalize(name));
        Views.Add(new SavedView { TenantId = tenant.Value, UserId = userId, Page = page, Name = name, NormalizedName = SavedView.Normalize(name), Query = query });
        return Task.FromResult<Result<SavedView>>(Views[^1]);
    }

    public Task<Result<Done>> RenameAsync(Caller caller, TenantId tenant, Guid userId, Guid id, string name, CancellationToken ct)
    {
        var view = Views.Single(view => view.Id == id);
        (view.Name, view.NormalizedName) = (name, SavedView.Normalize(name));
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid userId, Guid id, CancellationToken ct)
    {
        Views.RemoveAll(view => view.Id == id);
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
