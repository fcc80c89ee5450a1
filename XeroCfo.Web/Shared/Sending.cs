namespace XeroCfo.Web.Shared;

/// <summary>
/// What a form makes, it makes once. A browser may send the same event several times before it sees what the first one did, also to a form that is
/// closed by then: while the first is under way, and once it has succeeded, the others do nothing. Whoever begins something new in the same form
/// makes a new one of these.
/// </summary>
public sealed class Sending
{
    private readonly string _once = Guid.NewGuid().ToString("N");
    private bool _done;

    /// <summary>True while it is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>Makes it, unless that happens or has happened already.</summary>
    /// <param name="make">
    /// Gets the idempotency key, which goes along to what stores the thing: an answer that was lost on its way is no reason to make it again. True
    /// when it is made; else it may be tried again.
    /// </param>
    public async Task OnceAsync(Func<string, Task<bool>> make)
    {
        if (Busy || _done)
        {
            return;
        }

        Busy = true;
        try
        {
            _done = await make(_once);
        }
        finally
        {
            Busy = false;
        }
    }
}
