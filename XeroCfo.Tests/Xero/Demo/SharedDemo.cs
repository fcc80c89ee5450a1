using System.Collections.Concurrent;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>One company an anchor, seed 1, for tests that only read it.</summary>
internal static class SharedDemo
{
    private static readonly ConcurrentDictionary<DateOnly, Lazy<DemoCompany>> Companies = new();

    public static DemoCompany At(DateOnly anchor) => Companies.GetOrAdd(anchor, day => new Lazy<DemoCompany>(() => new DemoCompany(1, day))).Value;
}
