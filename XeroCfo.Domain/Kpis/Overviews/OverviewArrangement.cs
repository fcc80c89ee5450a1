using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>Which tiles and cards a person sees, in which order.</summary>
public sealed record OverviewArrangement(IReadOnlyList<string> Tiles, IReadOnlyList<string> Cards)
{
    public static readonly IReadOnlyList<string> AllTiles = ["cash", "income", "grossMargin", "netProfit", "receivables", "payables", "dso", "taxDue"];

    public static readonly IReadOnlyList<string> AllCards = ["cashLine", "changes", "months", "walk", "owing", "customers", "waiting"];

    /// <summary>As everybody sees it first.</summary>
    public static OverviewArrangement Usual { get; } = new(AllTiles, AllCards);

    public bool IsUsual => Tiles.SequenceEqual(AllTiles) && Cards.SequenceEqual(AllCards);

    /// <summary>Moved by so many places; at an end it stays.</summary>
    public OverviewArrangement Move(string key, int by)
    {
        return AllTiles.Contains(key) ? this with { Tiles = Moved(Tiles) } : this with { Cards = Moved(Cards) };

        IReadOnlyList<string> Moved(IReadOnlyList<string> keys)
        {
            var list = keys.ToList();
            var at = list.IndexOf(key);
            if (at >= 0)
            {
                list.RemoveAt(at);
                list.Insert(Math.Clamp(at + by, 0, list.Count), key);
            }

            return list;
        }
    }

    /// <summary>Put where another one is.</summary>
    public OverviewArrangement MoveTo(string key, string place)
    {
        var keys = (AllTiles.Contains(key) ? Tiles : Cards).ToList();
        return keys.Contains(key) && keys.Contains(place) ? Move(key, keys.IndexOf(place) - keys.IndexOf(key)) : this;
    }

    public OverviewArrangement Remove(string key) => new([.. Tiles.Where(one => one != key)], [.. Cards.Where(one => one != key)]);

    /// <summary>Brought back at the end.</summary>
    public OverviewArrangement Add(string key) => Tiles.Contains(key) || Cards.Contains(key) ? this
        : AllTiles.Contains(key) ? this with { Tiles = [.. Tiles, key] }
        : AllCards.Contains(key) ? this with { Cards = [.. Cards, key] } : this;

    /// <summary>As it is kept.</summary>
    public override string ToString() => $"tiles={string.Join(',', Tiles)}&cards={string.Join(',', Cards)}";

    /// <summary>What is kept; words that are unknown by now are left out.</summary>
    public static OverviewArrangement Read(string? text)
    {
        var parts = (text ?? "").Split('&').Select(part => part.Split('=')).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1].Split(',', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        return parts.TryGetValue("tiles", out var tiles) && parts.TryGetValue("cards", out var cards)
            ? new OverviewArrangement([.. tiles.Where(AllTiles.Contains).Distinct()], [.. cards.Where(AllCards.Contains).Distinct()])
            : Usual;
    }
}

/// <summary>Keeps each person's arrangement of the overview in each organisation.</summary>
public sealed class OverviewArrangementService(ISavedViews views)
{
    private const string Page = "overview", Name = "Arrangement";

    /// <summary>The caller's own; the usual one for callers that are no person.</summary>
    public async Task<Result<OverviewArrangement>> GetAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        return caller.UserId is { } person && await KeptAsync(tenant, person, ct) is { } kept ? OverviewArrangement.Read(kept.Query) : OverviewArrangement.Usual;
    }

    /// <summary>Keeps it; the usual one is forgotten, so that what comes later shows.</summary>
    public async Task<Result<Done>> SaveAsync(Caller caller, TenantId tenant, OverviewArrangement arrangement, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        if (caller.UserId is not { } person)
        {
            return new Problem("not-a-person", "Only a person arranges the overview.", ProblemKind.Forbidden);
        }

        if (arrangement.IsUsual)
        {
            return await KeptAsync(tenant, person, ct) is { } kept ? await views.DeleteAsync(caller, tenant, person, kept.Id, ct) : Done.Value;
        }

        var saved = await views.SaveAsync(caller, tenant, person, Page, Name, arrangement.ToString(), ct);
        return saved.Problem is { } wrong ? wrong : Done.Value;
    }

    private async Task<SavedView?> KeptAsync(TenantId tenant, Guid person, CancellationToken ct) =>
        (await views.ListAsync(tenant, person, Page, ct)).FirstOrDefault(view => view.Name == Name);
}
