using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Storage;

/// <summary>A step of the database's shape, and whether this database has taken it.</summary>
public sealed record MigrationStep(string Name, bool Applied);

/// <summary>
/// Brings a database to the shape that this version needs, or refuses in one line. Everything is checked before anything is changed,
/// and several processes starting at once migrate once.
/// </summary>
public sealed class DatabaseLifecycle(IDbFactory databases, DatabaseOptions database, DataFolder folder, KeyCheck key)
{
    /// <summary>The name of the state before the first step.</summary>
    public const string Nothing = "0";

    /// <summary>Checks folder, database and key, applies what is missing, and leaves the installation ready to be used.</summary>
    /// <exception cref="RefusedException">Something stands in the way; nothing was changed.</exception>
    public Task EnsureUpToDateAsync(CancellationToken ct) => InLockAsync(async () =>
    {
        var steps = await CheckAsync(ct);
        await MendIndexesAsync(ct);
        if (steps.Any(step => !step.Applied))
        {
            await MigrateAsync(null, ct);
        }

        await PostgresPlanner.TellAsync(databases, ct);
        await key.KeepAsync(ct);
        await NoteAsync(steps, steps[^1].Name, ct);
        await RestoreNote.MendAsync(databases, folder, ct);
    }, ct);

    /// <summary>Moves up or down to the step of that name, which may be given without its leading date; <see cref="Nothing"/> removes every table.</summary>
    public Task MigrateToAsync(string name, CancellationToken ct) => InLockAsync(async () =>
    {
        var steps = await CheckAsync(ct);
        var target = Find(steps, name);
        await MendIndexesAsync(ct);
        await MigrateAsync(target, ct);
        if (target == steps[^1].Name)
        {
            await key.KeepAsync(ct);
            await NoteAsync(steps, target, ct);
        }
    }, ct);

    /// <summary>
    /// Checks the same but applies nothing: true when the database has every step that this version needs, false when some are missing,
    /// null when there is no database yet.
    /// </summary>
    public Task<bool?> IsUpToDateAsync(CancellationToken ct) => Refusals.ReadableAsync<bool?>(database, async () =>
    {
        await SqliteInspection.CheckAsync(database, ct);
        var steps = await StepsAsync(ct);
        var applied = steps.Count(step => step.Applied);
        await key.CheckAsync(applied > 0, ct);
        return applied == 0 ? null : applied == steps.Count;
    });

    /// <summary>Does something while nobody else prepares this database; its folder is there and can be written to.</summary>
    internal Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken ct) => Refusals.ReadableAsync(database, async () =>
    {
        folder.Prepare();
        await using var held = await StartLock.TakeAsync(databases, database, folder, ct);
        return await work();
    });

    /// <summary>True when the database has tables of ours; refused when a newer version has used it or its file is damaged.</summary>
    internal async Task<bool> HasTablesAsync(CancellationToken ct)
    {
        await SqliteInspection.CheckAsync(database, ct);
        return (await StepsAsync(ct)).Any(step => step.Applied);
    }

    /// <summary>Every step, in order. Changes nothing.</summary>
    public Task<IReadOnlyList<MigrationStep>> ListAsync(CancellationToken ct) => Refusals.ReadableAsync(database, async () =>
    {
        await SqliteInspection.CheckAsync(database, ct);
        return await StepsAsync(ct);
    });

    private static string Find(IReadOnlyList<MigrationStep> steps, string name)
    {
        if (name == Nothing)
        {
            return name;
        }

        return steps.Select(step => step.Name).FirstOrDefault(step =>
                step.Equals(name, StringComparison.OrdinalIgnoreCase) || step[(step.IndexOf('_', StringComparison.Ordinal) + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException($"There is no migration {name}. \"migrate --list\" shows them all.");
    }

    private Task<Done> InLockAsync(Func<Task> work, CancellationToken ct) => AloneAsync(async () =>
    {
        await work();
        return Done.Value;
    }, ct);

    private async Task<IReadOnlyList<MigrationStep>> CheckAsync(CancellationToken ct)
    {
        await SqliteInspection.CheckAsync(database, ct);
        var steps = await StepsAsync(ct);
        await key.CheckAsync(steps.Any(step => step.Applied), ct);
        return steps;
    }

    private async Task<IReadOnlyList<MigrationStep>> StepsAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        var known = db.Database.GetMigrations().ToList();
        var applied = SqliteInspection.IsEmpty(database) ? [] : (await db.Database.GetAppliedMigrationsAsync(ct)).ToHashSet();
        return applied.Except(known).FirstOrDefault() is { } unknown
            ? throw new RefusedException($"This database was last used by a newer version of XeroCfo (it has the migration {unknown}). Start that version, or restore a backup made with this one.")
            : [.. known.Select(name => new MigrationStep(name, applied.Contains(name)))];
    }

    // A new shape of a database that was in use is told in its audit trail; that a new one has a shape is no news.
    private async Task NoteAsync(IReadOnlyList<MigrationStep> before, string to, CancellationToken ct)
    {
        if (before.Any(step => step.Applied) && before.Any(step => !step.Applied))
        {
            await using var work = await UnitOfWork.BeginAcrossAsync(databases, Caller.Command, "the database's shape belongs to no organisation", ct);
            work.Audit("database.migrated", new { before = before.Last(step => step.Applied).Name, after = to });
            await work.CommitAsync(ct);
        }
    }

    // A process that died over a first load has left some out, and a step may lean on them.
    private async Task MendIndexesAsync(CancellationToken ct)
    {
        if (database.IsSqlite && !SqliteInspection.IsEmpty(database))
        {
            await using var db = databases.Create();
            await ReadingIndexes.MakeAsync(db, ct);
        }
    }

    private async Task MigrateAsync(string? target, CancellationToken ct)
    {
        if (database.IsSqlite)
        {
            await SqliteInspection.PrepareAsync(databases, database, ct);
        }

        await using var db = databases.Create();
        if (!database.IsSqlite)
        {
            // A step over millions of rows takes as long as it takes.
            db.Database.SetCommandTimeout(0);
        }

        await db.GetService<IMigrator>().MigrateAsync(target, ct);
    }
}
