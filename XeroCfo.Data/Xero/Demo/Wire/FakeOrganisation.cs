using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>One organisation inside the fake Xero: its records by endpoint, as wire text, and the books its trial balance is read from.</summary>
/// <remarks>Safe to read and change from several threads.</remarks>
public sealed class FakeOrganisation(FakeOrganisationSettings settings, ITrialBalanceSource trialBalance)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, FakeStored>> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Endpoint, string Order), FakeStored[]> _sorted = [];
    private readonly Dictionary<(string Endpoint, string Id), List<JsonObject>> _history = [];
    private IReadOnlyList<FakeAccount>? _accounts;

    /// <summary>May be replaced, e.g. to move a lock date.</summary>
    public FakeOrganisationSettings Settings { get; set; } = settings;

    /// <summary>May be replaced by a test that wants Xero's books to disagree.</summary>
    public ITrialBalanceSource TrialBalance { get; set; } = trialBalance;

    /// <summary>The same on the cash basis; null in books that know none.</summary>
    public ITrialBalanceSource? CashTrialBalance { get; set; }

    /// <summary>Adds or replaces a record. It must carry the endpoint's id field, e.g. InvoiceID; UpdatedDateUTC is written into it.</summary>
    public void Put(string endpoint, JsonObject document, DateTimeOffset updatedUtc)
    {
        var kind = FakeEndpoint.All[endpoint];
        if (kind.Stamped)
        {
            document["UpdatedDateUTC"] = WireFormat.Instant(updatedUtc);
            if (document.ContainsKey("UpdatedDateUTCString"))
            {
                document["UpdatedDateUTCString"] = WireFormat.InstantText(updatedUtc);
            }
        }

        var stored = FakeStored.From(kind, document, updatedUtc);
        lock (_gate)
        {
            Of(kind.Name)[stored.Id] = stored;
            Forget(kind.Name);
        }
    }

    /// <summary>Takes a record off the lists altogether, as Xero does with hard-deleted master data. The trial balance stays.</summary>
    public bool Remove(string endpoint, Guid id)
    {
        lock (_gate)
        {
            Forget(endpoint);
            return Of(endpoint).Remove(WireFormat.Id(id));
        }
    }

    /// <summary>Changes a record in place on the wire only; the trial balance stays.</summary>
    public void Change(string endpoint, Guid id, Action<JsonObject> change, DateTimeOffset updatedUtc)
    {
        lock (_gate)
        {
            var document = Of(endpoint)[WireFormat.Id(id)].Parse();
            change(document);
            Put(endpoint, document, updatedUtc);
        }
    }

    /// <summary>A copy of a record, or null.</summary>
    public JsonObject? Find(string endpoint, Guid id)
    {
        lock (_gate)
        {
            return Of(endpoint).TryGetValue(WireFormat.Id(id), out var stored) ? stored.Parse() : null;
        }
    }

    /// <summary>Adds a note to a record's history. The record itself stays as it is.</summary>
    public void AddNote(string endpoint, Guid id, string text, DateTimeOffset at)
    {
        lock (_gate)
        {
            var key = (FakeEndpoint.All[endpoint].Name, WireFormat.Id(id));
            if (!_history.TryGetValue(key, out var notes))
            {
                _history[key] = notes = [];
            }

            notes.Add(new JsonObject
            {
                ["Changes"] = "Note",
                ["DateUTCString"] = WireFormat.InstantText(at),
                ["DateUTC"] = WireFormat.Instant(at),
                ["User"] = "System Generated",
                ["Details"] = text,
            });
        }
    }

    /// <summary>A record's history as wire texts, oldest first.</summary>
    public IReadOnlyList<string> History(string endpoint, Guid id)
    {
        lock (_gate)
        {
            return [.. _history.GetValueOrDefault((FakeEndpoint.All[endpoint].Name, WireFormat.Id(id)), []).Select(WireFormat.Text)];
        }
    }

    /// <summary>The wire texts of an endpoint in order of id, deleted ones included.</summary>
    public IReadOnlyList<string> Texts(string endpoint) =>
        [.. Sorted(FakeEndpoint.All[endpoint], FakeOrder.ById).Select(stored => stored.Text)];

    internal FakeStored? FindStored(FakeEndpoint endpoint, string id)
    {
        lock (_gate)
        {
            return Of(endpoint.Name).GetValueOrDefault(Guid.TryParse(id, out var guid) ? WireFormat.Id(guid) : id);
        }
    }

    internal FakeStored[] Sorted(FakeEndpoint endpoint, FakeOrder order)
    {
        lock (_gate)
        {
            if (!_sorted.TryGetValue((endpoint.Name, order.Field), out var sorted))
            {
                _sorted[(endpoint.Name, order.Field)] = sorted = order.Sort(Of(endpoint.Name).Values);
            }

            return sorted;
        }
    }

    internal IReadOnlyList<FakeAccount> Accounts()
    {
        lock (_gate)
        {
            return _accounts ??= [.. Of("Accounts").Values.Select(stored => FakeAccount.From(stored.Parse()))];
        }
    }

    private Dictionary<string, FakeStored> Of(string endpoint)
    {
        if (!_records.TryGetValue(endpoint, out var records))
        {
            _records[endpoint] = records = new(StringComparer.OrdinalIgnoreCase);
        }

        return records;
    }

    private void Forget(string endpoint)
    {
        _sorted.Remove((endpoint, FakeOrder.ById.Field));
        _sorted.Remove((endpoint, FakeOrder.ByDate.Field));
        _sorted.Remove((endpoint, FakeOrder.ByUpdated.Field));
        if (endpoint == "Accounts")
        {
            _accounts = null;
        }
    }
}
