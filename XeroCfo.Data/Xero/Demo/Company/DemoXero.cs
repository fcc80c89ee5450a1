namespace XeroCfo.Data.Xero.Demo;

/// <summary>The demo company behind Xero's HTTP, for the app itself: no network, no sign-in. It is made at the first call and grows to the
/// organisation's own day with each call.</summary>
public sealed class DemoXero
{
    /// <summary>Each run of the sync asks for the organisation once, first. In the third, the second after everything was read, an old invoice
    /// is found voided, so that a person who presses "Sync now" twice sees the past move on the first day. A process that starts again counts
    /// anew; the day rule of the company then decides.</summary>
    private const int RunUntilThePastMoves = 3;

    private readonly Lock _gate = new();
    private readonly Lazy<DemoCompany> _company;
    private FakeXero? _xero;

    /// <param name="seed">Names one demo; 1 unless tests want another.</param>
    /// <param name="anchor">The day the demo was first made, as kept in settings.</param>
    public DemoXero(ulong seed, DateOnly anchor)
    {
        TenantId = DemoCompany.TenantIdOf(seed);
        _company = new Lazy<DemoCompany>(() => new DemoCompany(seed, anchor));
    }

    /// <summary>The value of xero-tenant-id.</summary>
    public Guid TenantId { get; }

    public DemoCompany Company => _company.Value;

    /// <summary>Today in Auckland: the anchor of a demo that is made now.</summary>
    public static DateOnly Today(TimeProvider clock) => DemoClock.Today(clock);

    /// <summary>The one fake Xero that holds the company, e.g. to inject faults. The clock of the first call is kept.</summary>
    public FakeXero Xero(TimeProvider clock)
    {
        lock (_gate)
        {
            return _xero ??= Create(clock);
        }
    }

    /// <summary>A primary handler for the Xero HttpClients; any host is answered, and all handlers share one Xero.</summary>
    public HttpMessageHandler CreateHandler(TimeProvider clock) => new FakeXeroHandler(Xero(clock));

    private FakeXero Create(TimeProvider clock)
    {
        var xero = new FakeXero(clock);
        xero.Tokens.AcceptsAny = true;
        xero.Hold(TenantId, () =>
        {
            Company.EnsureUntil(DemoClock.Today(clock));
            if (xero.CallsTo("Organisation") >= RunUntilThePastMoves)
            {
                Company.MovePast(clock.GetUtcNow());
            }

            return Company.Organisation;
        });
        return xero;
    }
}
