using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

internal sealed class UnclearRenewals(TokenBook book, IXeroAccess access, ILogger<UnclearRenewals> log) : IUnclearRenewals
{
    public async Task TryAgainAsync(CancellationToken ct)
    {
        foreach (var row in await book.UnclearAsync(ct))
        {
            var renewed = await access.TokenOfAsync(row, null, ct);
            log.LogInformation("The consent {Grant}, whose renewal brought no answer, was tried again: {Outcome}", row.GrantId, renewed.Problem?.Code ?? "renewed");
        }
    }
}
