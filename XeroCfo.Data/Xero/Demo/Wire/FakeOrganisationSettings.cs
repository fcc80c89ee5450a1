using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>What Xero says about an organisation. Lock dates are calendar days; up to and including them the books are closed.</summary>
public sealed record FakeOrganisationSettings(Guid TenantId, string Name)
{
    public Guid OrganisationId { get; init; } = TenantId;

    public string LegalName { get; init; } = Name;

    public string ShortCode { get; init; } = "!fake1";

    public string BaseCurrency { get; init; } = "NZD";

    public string CountryCode { get; init; } = "NZ";

    public string Timezone { get; init; } = "NEWZEALANDSTANDARDTIME";

    public int FinancialYearEndDay { get; init; } = 31;

    public int FinancialYearEndMonth { get; init; } = 3;

    public DateOnly? PeriodLockDate { get; init; }

    public DateOnly? EndOfYearLockDate { get; init; }

    public string SalesTaxBasis { get; init; } = "INVOICE";

    public string SalesTaxPeriod { get; init; } = "TWOMONTHS";

    public bool IsDemoCompany { get; init; }

    public DateTimeOffset CreatedUtc { get; init; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first day of the financial year that holds <paramref name="day"/>; a year-end day past the month's end is clamped.</summary>
    public DateOnly FinancialYearStart(DateOnly day)
    {
        var endThisYear = YearEnd(day.Year);
        return day > endThisYear ? endThisYear.AddDays(1) : YearEnd(day.Year - 1).AddDays(1);
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["Name"] = Name,
            ["LegalName"] = LegalName,
            ["PaysTax"] = true,
            ["Version"] = CountryCode,
            ["OrganisationType"] = "COMPANY",
            ["BaseCurrency"] = BaseCurrency,
            ["CountryCode"] = CountryCode,
            ["IsDemoCompany"] = IsDemoCompany,
            ["OrganisationStatus"] = "ACTIVE",
            ["FinancialYearEndDay"] = FinancialYearEndDay,
            ["FinancialYearEndMonth"] = FinancialYearEndMonth,
            ["SalesTaxBasis"] = SalesTaxBasis,
            ["SalesTaxPeriod"] = SalesTaxPeriod,
            ["DefaultSalesTax"] = "Tax Exclusive",
            ["DefaultPurchasesTax"] = "Tax Exclusive",
        };
        if (PeriodLockDate is { } periodLock)
        {
            json["PeriodLockDate"] = WireFormat.Date(periodLock);
        }

        if (EndOfYearLockDate is { } yearLock)
        {
            json["EndOfYearLockDate"] = WireFormat.Date(yearLock);
        }

        json["CreatedDateUTC"] = WireFormat.Instant(CreatedUtc);
        json["OrganisationEntityType"] = "COMPANY";
        json["Timezone"] = Timezone;
        json["ShortCode"] = ShortCode;
        json["OrganisationID"] = WireFormat.Id(OrganisationId);
        json["Edition"] = "BUSINESS";
        json["Class"] = "PREMIUM";
        json["Addresses"] = new JsonArray();
        json["Phones"] = new JsonArray();
        json["ExternalLinks"] = new JsonArray();
        json["PaymentTerms"] = new JsonObject();
        return json;
    }

    private DateOnly YearEnd(int year) =>
        new(year, FinancialYearEndMonth, Math.Min(FinancialYearEndDay, DateTime.DaysInMonth(year, FinancialYearEndMonth)));
}
