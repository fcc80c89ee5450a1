using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

internal sealed class DocumentMap : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable("Documents");
        builder.HasKey(document => new { document.TenantId, document.Kind, document.XeroId });
        builder.Property(document => document.Hash).HasMaxLength(64);
        builder.Property(document => document.PostingProblem).HasMaxLength(500);

        // Few rows are dirty or in trouble at any time: partial indexes keep finding them free. By date, because the newest are posted first.
        builder.HasIndex(document => new { document.TenantId, document.Date, document.Kind, document.XeroId }).HasDatabaseName("IX_Documents_dirty").HasFilter("\"dirty\"");
        builder.HasIndex(document => document.TenantId, "IX_Documents_problem").HasFilter("\"postingProblem\" IS NOT NULL");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(document => document.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LedgerLineMap : IEntityTypeConfiguration<LedgerLine>
{
    public void Configure(EntityTypeBuilder<LedgerLine> builder)
    {
        builder.ToTable("LedgerLines");
        builder.Property(line => line.Source).HasMaxLength(30);
        builder.Property(line => line.Kind).HasMaxLength(30);
        builder.Property(line => line.CurrencyCode).HasMaxLength(3);

        // With what is added up by contact over days that cut a month: thousands of lines, read from the index alone.
        builder.HasIndex(line => new { line.TenantId, line.AccountId, line.Date, line.Id, line.ContactId, line.Source, line.Amount }).HasDatabaseName("IX_LedgerLines_account");
        builder.HasIndex(line => new { line.TenantId, line.Date, line.Id });
        builder.HasIndex(line => new { line.TenantId, line.DocumentXeroId });
        builder.HasIndex(line => new { line.TenantId, line.ContactId, line.Date }).HasFilter("\"contactId\" IS NOT NULL");
        builder.HasIndex(line => new { line.TenantId, line.AccountId, line.CurrencyCode }).HasDatabaseName("IX_LedgerLines_foreign").HasFilter("\"currencyCode\" IS NOT NULL");

        // What comes from Xero's trial balance has no document and is few lines: found without touching the others.
        builder.HasIndex(line => new { line.TenantId, line.Date }).HasDatabaseName("IX_LedgerLines_xeroOnly").HasFilter("\"documentXeroId\" IS NULL");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(line => line.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountBalanceMap : IEntityTypeConfiguration<AccountBalance>
{
    public void Configure(EntityTypeBuilder<AccountBalance> builder)
    {
        builder.ToTable("AccountBalances");
        builder.HasKey(balance => new { balance.TenantId, balance.Basis, balance.AccountId, balance.Month, balance.Source });
        builder.Property(balance => balance.Basis).HasMaxLength(10);
        builder.Property(balance => balance.Source).HasMaxLength(30);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(balance => balance.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class XeroTrialBalanceMap : IEntityTypeConfiguration<XeroTrialBalance>
{
    public void Configure(EntityTypeBuilder<XeroTrialBalance> builder)
    {
        builder.ToTable("XeroTrialBalances");
        builder.HasKey(balance => new { balance.TenantId, balance.Basis, balance.Date, balance.AccountId });
        builder.Property(balance => balance.Basis).HasMaxLength(10);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(balance => balance.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TrackingBalanceMap : IEntityTypeConfiguration<TrackingBalance>
{
    public void Configure(EntityTypeBuilder<TrackingBalance> builder)
    {
        builder.ToTable("TrackingBalances");
        builder.HasKey(balance => new { balance.TenantId, balance.Basis, balance.AccountId, balance.Month, balance.Option1, balance.Option2 });
        builder.Property(balance => balance.Basis).HasMaxLength(10);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(balance => balance.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DayBalanceMap : IEntityTypeConfiguration<DayBalance>
{
    public void Configure(EntityTypeBuilder<DayBalance> builder)
    {
        builder.ToTable("DayBalances");
        builder.HasKey(balance => new { balance.TenantId, balance.Basis, balance.Date, balance.AccountId });
        builder.Property(balance => balance.Basis).HasMaxLength(10);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(balance => balance.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ContactBalanceMap : IEntityTypeConfiguration<ContactBalance>
{
    public void Configure(EntityTypeBuilder<ContactBalance> builder)
    {
        builder.ToTable("ContactBalances");
        builder.HasKey(balance => new { balance.TenantId, balance.Basis, balance.AccountId, balance.Month, balance.ContactId });
        builder.Property(balance => balance.Basis).HasMaxLength(10);
        builder.HasIndex(balance => new { balance.TenantId, balance.ContactId });

        // The key with its amount: a year of all customers is read from the index alone.
        builder.HasIndex(balance => new { balance.TenantId, balance.Basis, balance.AccountId, balance.Month, balance.ContactId, balance.Movement }).HasDatabaseName("IX_ContactBalances_sums");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(balance => balance.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class XeroDifferenceMap : IEntityTypeConfiguration<XeroDifference>
{
    public void Configure(EntityTypeBuilder<XeroDifference> builder)
    {
        builder.ToTable("XeroDifferences");
        builder.HasKey(difference => new { difference.TenantId, difference.Date, difference.AccountId });
        builder.Property(difference => difference.ConfirmedKind).HasMaxLength(30);
        builder.Property(difference => difference.ConfirmedNote).HasMaxLength(1000);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(difference => difference.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LedgerChangeMap : IEntityTypeConfiguration<LedgerChange>
{
    public void Configure(EntityTypeBuilder<LedgerChange> builder)
    {
        builder.ToTable("LedgerChanges");
        builder.Property(change => change.Reason).HasMaxLength(30);
        builder.HasIndex(change => new { change.TenantId, change.LedgerVersion });
        builder.HasIndex(change => new { change.TenantId, change.RunId });
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(change => change.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
