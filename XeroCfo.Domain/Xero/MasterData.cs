namespace XeroCfo.Domain.Xero;

/// <summary>The lists that Xero gives whole, and what in them could not be read.</summary>
public sealed record MasterData(
    IReadOnlyList<XeroAccount> Accounts,
    IReadOnlyList<XeroTaxRate> TaxRates,
    IReadOnlyList<XeroCurrency> Currencies,
    IReadOnlyList<XeroTrackingOption> TrackingOptions,
    IReadOnlyList<UnreadableRecord> Unreadable);

/// <summary>An account as Xero states it.</summary>
public sealed record XeroAccount(Guid AccountId, string? Code, string Name, string Type, string Class, string? SystemAccount, string Status, string? CurrencyCode, string? TaxType);

/// <summary>A rate of sales tax as Xero states it, in percent.</summary>
public sealed record XeroTaxRate(string TaxType, string Name, decimal EffectiveRatePercent, string Status);

/// <summary>A currency that the organisation uses.</summary>
public sealed record XeroCurrency(string Code, string? Description);

/// <summary>One value of a tracking category.</summary>
public sealed record XeroTrackingOption(Guid OptionId, Guid CategoryId, string CategoryName, string Name, string Status);

/// <summary>A customer, supplier or other party as Xero states it.</summary>
public sealed record XeroContact(Guid ContactId, string Name, string? EmailAddress, bool IsCustomer, bool IsSupplier, string Status, Guid? MergedToContactId = null);
