using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Webhooks;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>Which private addresses webhooks may reach is a setting; that it changed is told by the trail.</summary>
public sealed class AllowedTargetsNoteTests
{
    /// <summary>What the setting is at each start, separated by blanks, and what the trail says then; empty: nothing.</summary>
    private static readonly (string Setting, string Told)[] Starts =
    [
        ("", ""),
        ("n8n:5678", """ [] -> ["n8n:5678"]"""),
        ("n8n:5678", ""),
        ("10.0.0.0/8 n8n:5678", """ ["n8n:5678"] -> ["10.0.0.0/8","n8n:5678"]"""),
        ("n8n:5678 10.0.0.0/8 n8n:5678", ""),
        ("", """ ["10.0.0.0/8","n8n:5678"] -> []"""),
        ("", ""),
    ];

    [BothDatabases]
    public async Task Each_start_tells_what_changed_since_the_last_one(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var told = new List<string>();
        foreach (var (setting, _) in Starts)
        {
            var before = (await EntriesAsync(database)).Count;
            await Note(database, setting).KeepAsync(default);
            told.Add(string.Concat((await EntriesAsync(database)).Skip(before)));
        }

        Assert.Equal(Starts.Select(start => start.Told), told);
    }

    [BothDatabases]
    public async Task A_first_start_that_allows_something_says_so(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        await Note(database, "n8n").KeepAsync(default);

        Assert.Equal([""" [] -> ["n8n"]"""], await EntriesAsync(database));
        await using var db = database.Open();
        var details = JsonDocument.Parse((await db.AuditLogs.SingleAsync()).Details!).RootElement;
        Assert.Equal(("Webhooks:AllowPrivateNetworks", "command"), (details.GetProperty("setting").GetString(), details.GetProperty("caller").GetProperty("name").GetString()));
    }

    [BothDatabases]
    public async Task Nodes_that_start_at_once_tell_it_once(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        foreach (var setting in new[] { "n8n", "n8n 10.0.0.0/8", "" })
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Note(database, setting).KeepAsync(default))));
        }

        Assert.Equal([""" [] -> ["n8n"]""", """ ["n8n"] -> ["10.0.0.0/8","n8n"]""", """ ["10.0.0.0/8","n8n"] -> []"""], await EntriesAsync(database));
    }

    private static AllowedTargetsNote Note(TestDatabase database, string setting) =>
        new(database.Factory, new WebhookOptions { AllowPrivateNetworks = setting.Split(' ', StringSplitOptions.RemoveEmptyEntries) });

    private static async Task<List<string>> EntriesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var details = await db.AuditLogs.Where(entry => entry.Action == AllowedTargetsNote.Action).OrderBy(entry => entry.Id).Select(entry => entry.Details!).ToListAsync();
        return details.ConvertAll(text => JsonDocument.Parse(text).RootElement is var root ? $" {Compact(root, "before")} -> {Compact(root, "after")}" : "");
    }

    // PostgreSQL writes JSON with blanks of its own.
    private static string Compact(JsonElement root, string name) => JsonSerializer.Serialize(root.GetProperty(name).GetProperty("allowed"));
}
