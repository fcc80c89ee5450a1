using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync.Notices;

/// <summary>Takes Xero's notices in. They only mark what to fetch; we move at our own pace.</summary>
public sealed class NoticeService(INoticeBook book, XeroOptions xero, ILogger<NoticeService> log)
{
    /// <summary>False when the signature is not Xero's. Whatever is rightly signed is taken, also what says nothing to us.</summary>
    public async Task<bool> ReceiveAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken ct)
    {
        if (!NoticeSignature.IsRight(xero.WebhookKey, body.Span, signature))
        {
            return false;
        }

        if (NoticeReader.Read(body) is not { } content)
        {
            log.LogWarning("A rightly signed notice of {Bytes} bytes could not be read", body.Length);
            return true;
        }

        var kept = content.Changes.Count > 0 ? await book.TakeInAsync(content.Changes, ct) : 0;
        if (content.Unknown > 0 || kept < content.Changes.Count)
        {
            log.LogInformation("A notice told {Kept} changes to read up, {Unknown} of a kind and {Foreign} of an organisation that is not known here", kept, content.Unknown, content.Changes.Count - kept);
        }

        return true;
    }
}

/// <summary>Reads up what notices told.</summary>
public sealed class NoticeFetch(INoticeBook book, DocumentFetch documents, TimeProvider clock)
{
    /// <summary>More than that of one kind are read as what changed since the last time: pages hold a thousand.</summary>
    private const int MostOneByOne = 20;

    /// <summary>Reads each record that was told of, and what changed of a kind of which many were.</summary>
    public async Task<Problem?> FetchAsync(FetchContext context, Func<Task<Problem?>> contacts, CancellationToken ct)
    {
        var told = clock.UtcNow();
        foreach (var kind in (await book.PendingAsync(context.Tenant, ct)).GroupBy(notice => notice.Kind))
        {
            await context.Progress.StepAsync($"What Xero told of: {kind.Key}", kind.Count(), ct);
            var problem = Enum.TryParse<DocumentKind>(kind.Key, out var document) ? await ReadAsync(context, document, [.. kind], ct) : await contacts();
            if (problem is not null)
            {
                return problem;
            }
        }

        if (await documents.ReadCreditsAgainAsync(context, ct) is { } failed)
        {
            return failed;
        }

        await DoneAsync(context.Tenant, told, ct);
        return null;
    }

    /// <summary>Forgets what came up to an instant, because it has been read.</summary>
    public Task DoneAsync(TenantId tenant, DateTime upTo, CancellationToken ct) => book.DoneAsync(tenant, upTo, ct);

    private async Task<Problem?> ReadAsync(FetchContext context, DocumentKind kind, IReadOnlyList<XeroNotice> notices, CancellationToken ct)
    {
        if (notices.Count > MostOneByOne)
        {
            return (await documents.FetchAsync(context, kind, ct)).Problem;
        }

        foreach (var notice in notices)
        {
            if (await documents.FetchOneAsync(context, kind, notice.XeroId, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }
}
