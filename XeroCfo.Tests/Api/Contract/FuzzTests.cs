using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>
/// Thousands of requests that the document describes, with something wrong: none is our fault, none takes long, every answer is one that
/// the document tells of. <c>XEROCFO_FUZZ=seed,count</c> asks for others than usual.
/// </summary>
public sealed class FuzzTests
{
    private const int UsualSeed = 20261124, UsualCount = 2_000;

    // Faults that are told before the run ends.
    private const int Enough = 10, Tries = 3;

    // No measure of speed: a request that takes as long stands still.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [BothDatabases]
    public async Task Nothing_that_a_client_sends_is_answered_with_a_fault_of_ours(TestDatabaseKind kind)
    {
        var (seed, count) = Wanted();
        var host = new ContractHost(kind);
        await host.InitializeAsync();
        try
        {
            var answered = await RunAsync(host, seed, count);

            // Requests that are all refused at the door would prove nothing. Rarer statuses, which chance may miss, are brought about by the tests of documented ones.
            Assert.True(answered.GetValueOrDefault(200) > count / 10, Say(answered));
            Assert.All([201, 202, 400, 404, 405, 409, 415, 422], status => Assert.True(answered.ContainsKey(status), $"No {status}: {Say(answered)}"));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<SortedDictionary<int, int>> RunAsync(ContractHost host, int seed, int count)
    {
        var fuzzer = new Fuzzer(host.Contract, host, seed);
        var client = host.As(Roles.Admin);
        var (answered, faults) = (new SortedDictionary<int, int>(), new List<string>());
        for (var i = 0; i < count; i++)
        {
            var request = fuzzer.Next();
            var (status, good, took, fault) = await AskAsync(client, request);
            fault ??= took > Longest && await IsSlowAsync(client, request) ? $"it took {took}" : null;
            if (fault is not null)
            {
                faults.Add($"Seed {seed}, request {i}: {fault}\n{request}\n");
            }

            Assert.True(faults.Count < Enough, string.Join('\n', faults));
            answered[status] = answered.GetValueOrDefault(status) + 1;
            if (good is not null)
            {
                fuzzer.Learn(good);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        return answered;
    }

    // What takes long once may have waited for a busy machine, or for its code to be compiled; what is slow by itself is so each time.
    private static async Task<bool> IsSlowAsync(HttpClient client, FuzzRequest request)
    {
        for (var time = 0; time < Tries; time++)
        {
            if ((await AskAsync(client, request)).Took <= Longest)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<(int Status, JsonObject? Good, TimeSpan Took, string? Fault)> AskAsync(HttpClient client, FuzzRequest request)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            // What the client's handler does not find in the document it throws.
            using var answer = await client.SendAsync(request.ToMessage());
            var text = await answer.Content.ReadAsStringAsync();
            var status = (int)answer.StatusCode;
            return (status, status is 200 or 201 ? JsonNode.Parse(text)!.AsObject() : null, clock.Elapsed, status >= 500 ? $"{status} {text}" : null);
        }
        catch (Exception exception) when (exception is Xunit.Sdk.XunitException or JsonException or InvalidOperationException)
        {
            return (0, null, clock.Elapsed, exception.Message);
        }
    }

    private static (int Seed, int Count) Wanted()
    {
        var wanted = Environment.GetEnvironmentVariable("XEROCFO_FUZZ")?.Split(',');
        return wanted is [var seed, var count] ? (int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)) : (UsualSeed, UsualCount);
    }

    private static string Say(SortedDictionary<int, int> answered) => string.Join(", ", answered.Select(pair => $"{pair.Value} × {pair.Key}"));
}
