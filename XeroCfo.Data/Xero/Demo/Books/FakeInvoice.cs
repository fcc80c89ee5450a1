namespace XeroCfo.Data.Xero.Demo;

/// <summary>A sales invoice or bill to be written. Only AUTHORISED ones reach the journal.</summary>
public sealed record FakeInvoice(string Contact, DateOnly Date, params IReadOnlyList<FakeLine> Lines)
{
    /// <summary>Null: 30 days after <see cref="Date"/>.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>Null: the books number it.</summary>
    public string? Number { get; init; }

    public string Reference { get; init; } = "";

    /// <summary>Exclusive, Inclusive or NoTax.</summary>
    public string LineAmountTypes { get; init; } = "Exclusive";

    public string Status { get; init; } = "AUTHORISED";

    public bool HasAttachments { get; init; }

    /// <summary>Null: the base currency.</summary>
    public string? Currency { get; init; }

    /// <summary>Units of <see cref="Currency"/> for one unit of the base currency: base = foreign / rate.</summary>
    public decimal CurrencyRate { get; init; } = 1m;

    /// <summary>Total less lines and tax, as some documents have it by a cent; goes to the rounding account.</summary>
    public decimal RoundingDifference { get; init; }

    /// <summary>The RepeatingInvoiceID that it was made from.</summary>
    public Guid? Repeating { get; init; }

    /// <summary>False for a document that the opening balances already hold: on the wire, not in the journal.</summary>
    public bool Posts { get; init; } = true;

    /// <summary>What the id is made from; null: the books count.</summary>
    public string? Key { get; init; }
}
