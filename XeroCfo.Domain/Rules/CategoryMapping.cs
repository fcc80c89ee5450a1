namespace XeroCfo.Domain.Rules;

/// <summary>Which category a document has by its accounts alone. Pure.</summary>
/// <param name="categories">Xero's AccountID → the category's name.</param>
/// <param name="suspense">Accounts tagged SUSPENSE: what stands there waits for a person.</param>
public sealed class CategoryMapping(IReadOnlyDictionary<Guid, string> categories, IReadOnlySet<Guid> suspense)
{
    /// <summary>Nothing is mapped.</summary>
    public static CategoryMapping None { get; } = new(new Dictionary<Guid, string>(), new HashSet<Guid>());

    /// <summary>The one category of all the lines' accounts; null when they have several, one has none, or there are no lines.</summary>
    public string? Of(IEnumerable<Guid?> accounts)
    {
        string? common = null;
        foreach (var account in accounts)
        {
            if (account is not { } id || suspense.Contains(id) || !categories.TryGetValue(id, out var category) || (common is not null && common != category))
            {
                return null;
            }

            common = category;
        }

        return common;
    }
}
