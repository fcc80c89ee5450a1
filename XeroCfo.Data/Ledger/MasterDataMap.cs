using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

internal sealed class AccountMap : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.HasKey(account => new { account.TenantId, account.AccountId });
        builder.Property(account => account.Code).HasMaxLength(50);
        builder.Property(account => account.Name).HasMaxLength(255);
        builder.Property(account => account.Type).HasMaxLength(50);
        builder.Property(account => account.Class).HasMaxLength(20);
        builder.Property(account => account.SystemAccount).HasMaxLength(50);
        builder.Property(account => account.Status).HasMaxLength(20);
        builder.Property(account => account.CurrencyCode).HasMaxLength(3);
        builder.Property(account => account.TaxType).HasMaxLength(50);
        builder.Property(account => account.Tag).HasMaxLength(50);
        builder.Property(account => account.CashFlowBucket).HasConversion<string>().HasMaxLength(20);
        builder.Ignore(account => account.IsProfitAndLoss);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(account => account.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ContactMap : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("Contacts");
        builder.HasKey(contact => new { contact.TenantId, contact.ContactId });
        builder.Property(contact => contact.Name).HasMaxLength(500);
        builder.Property(contact => contact.EmailAddress).HasMaxLength(255);
        builder.Property(contact => contact.Status).HasMaxLength(20);
        builder.HasIndex(contact => new { contact.TenantId, contact.Name });
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(contact => contact.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TaxRateMap : IEntityTypeConfiguration<TaxRate>
{
    public void Configure(EntityTypeBuilder<TaxRate> builder)
    {
        builder.ToTable("TaxRates");
        builder.HasKey(rate => new { rate.TenantId, rate.TaxType });
        builder.Property(rate => rate.TaxType).HasMaxLength(50);
        builder.Property(rate => rate.Name).HasMaxLength(255);
        builder.Property(rate => rate.Status).HasMaxLength(20);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(rate => rate.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TrackingOptionMap : IEntityTypeConfiguration<TrackingOption>
{
    public void Configure(EntityTypeBuilder<TrackingOption> builder)
    {
        builder.ToTable("TrackingOptions");
        builder.HasKey(option => new { option.TenantId, option.OptionId });
        builder.Property(option => option.CategoryName).HasMaxLength(255);
        builder.Property(option => option.Name).HasMaxLength(255);
        builder.Property(option => option.Status).HasMaxLength(20);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(option => option.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CurrencyMap : IEntityTypeConfiguration<Currency>
{
    public void Configure(EntityTypeBuilder<Currency> builder)
    {
        builder.ToTable("Currencies");
        builder.HasKey(currency => new { currency.TenantId, currency.Code });
        builder.Property(currency => currency.Code).HasMaxLength(10);
        builder.Property(currency => currency.Description).HasMaxLength(255);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(currency => currency.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
