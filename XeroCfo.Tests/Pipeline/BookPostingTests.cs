using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>What the posting of many documents asks of a database that does not know its tables yet.</summary>
public sealed class BookPostingTests
{
    [Fact]
    public async Task New_books_delete_nothing()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await using var db = books.Open();
        using var statements = new Statements(db.Database.GetDbConnection().DataSource);

        await books.SyncWellAsync();

        Assert.Contains(statements.All, sql => sql.StartsWith("UPDATE \"Documents\"", StringComparison.Ordinal));
        Assert.DoesNotContain(statements.All, sql => sql.StartsWith("DELETE FROM \"Transaction", StringComparison.Ordinal));
        Assert.DoesNotContain(statements.All, sql => sql.StartsWith("UPDATE \"Transactions\" AS \"t\"\nSET \"updatedAt\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10_000, 10, false, 0)]
    [InlineData(10_001, 9, false, 1)]
    [InlineData(10_001, 11, false, 2)]
    [InlineData(1_000_000, 1000, false, 4)]
    [InlineData(1_000_000, 1000, true, 0)]
    public async Task The_planner_looks_again_as_a_large_load_grows(int waiting, int batches, bool isRebuild, int expected)
    {
        var (left, looked) = (batches, 0);
        var book = Told<ILedgerBook>.By(method => method switch
        {
            nameof(ILedgerBook.DirtyCountAsync) => Task.FromResult(waiting),
            nameof(ILedgerBook.BeginFirstLoadAsync) => Task.FromResult<IAsyncDisposable>(new MemoryStream()),
            nameof(ILedgerBook.DirtyAsync) => Task.FromResult<IReadOnlyList<DirtyDocument>>(left-- > 0 ? [new(DocumentKind.Invoice, Guid.NewGuid(), true, Gone(), null, null)] : []),
            nameof(ILedgerBook.ReferencesAsync) => Task.FromResult(References.None),
            nameof(ILedgerBook.RefreshStatisticsAsync) => Task.FromResult(++looked),
            _ => Task.CompletedTask,
        });
        var context = new FetchContext(new TenantId(Guid.NewGuid()), Guid.NewGuid(), true, null, Told<ISyncProgress>.By(_ => Task.CompletedTask)) { Lease = new RunLease(Guid.NewGuid(), null) };

        var posted = await new BookPosting(book).PostAsync(context, new ChartOfAccounts([]), "NZD", null, isRebuild, default);

        Assert.Equal((batches, expected), (posted, looked));
    }

    private static Result<SourceDocument> Gone() => new Problem("gone", "It is gone.", ProblemKind.NotFound);

    /// <summary>What EF says to one database while this is there.</summary>
    private sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string _database;
        private readonly List<IDisposable> _heard = [];

        public Statements(string database)
        {
            _database = database;
            _heard.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public ConcurrentBag<string> All { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                _heard.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData { Command: var command } && command.Connection?.DataSource == _database)
            {
                All.Add(command.CommandText);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _heard.ForEach(heard => heard.Dispose());
    }
}

/// <summary>A port that answers as it is told, by the method's name.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class Told<TPort> : DispatchProxy
    where TPort : class
{
    private Func<string, object?> _answer = null!;

    public static TPort By(Func<string, object?> answer)
    {
        var port = Create<TPort, Told<TPort>>();
        ((Told<TPort>)(object)port)._answer = answer;
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name);
}
