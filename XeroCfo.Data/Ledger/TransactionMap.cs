using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

internal sealed class TransactionMap : IEntityTypeConfiguration<Transaction>
{
    // Tabs of the list that few rows are in; word for word as the filters come out as SQL.
    private static readonly (string Name, string Filter)[] Rare =
    [
        ("drafts", "\"status\" IN ('DRAFT', 'SUBMITTED')"),
        ("unreconciled", "NOT \"isReconciled\" AND \"bankAccountId\" IS NOT NULL AND \"status\" IN ('AUTHORISED', 'PAID')"),
        ("byPerson", "\"lockedByPerson\""),
    ];

    public void Configure(EntityTypeBuilder<Transaction> builder)
    {
        builder.ToTable("Transactions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.XeroId).HasConversion<XeroIdConverter>().HasMaxLength(255);
        builder.Property(row => row.Type).HasMaxLength(50);
        builder.Property(row => row.ContactId).HasConversion<XeroIdConverter>().HasMaxLength(255);
        builder.Property(row => row.ContactName).HasMaxLength(255);
        builder.Property(row => row.Reference).HasMaxLength(255);
        builder.Property(row => row.Status).HasMaxLength(50);
        builder.Property(row => row.Category).HasMaxLength(100);
        builder.Property(row => row.AccountCode).HasMaxLength(50);
        builder.Property(row => row.OwnAccountCode).HasMaxLength(50);
        builder.Property(row => row.CurrencyCode).HasMaxLength(3);
        builder.Property(row => row.Direction).HasMaxLength(10);
        builder.Property(row => row.Number).HasMaxLength(255);
        builder.Property(row => row.CategorySource).HasMaxLength(20);
        builder.Ignore(row => row.PayrollHidden);
        builder.Property(row => row.IsReconciled).HasDefaultValue(false);
        builder.Property(row => row.Settled).HasDefaultValue(0m);
        builder.HasIndex(row => new { row.TenantId, row.XeroId }).IsUnique();
        builder.HasIndex(row => row.Date);
        builder.HasIndex(row => row.Type);
        builder.HasIndex(row => row.Status);
        builder.HasIndex(row => row.IsReconciled);
        builder.HasIndex(row => new { row.TenantId, row.Date, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.AbsoluteAmount, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.ContactId, row.Date });
        builder.HasIndex(row => new { row.TenantId, row.CreditXeroId }).HasFilter("\"creditXeroId\" IS NOT NULL");
        builder.HasIndex(row => new { row.TenantId, row.Type, row.CurrencyCode });
        builder.HasIndex(row => new { row.TenantId, row.Category, row.Date, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.CategoryRuleId, row.Date }).HasFilter("\"categoryRuleId\" IS NOT NULL");

        // Filters that a person picks, in both orders of the list, so that one which few rows or none pass does not walk all of them.
        builder.HasIndex(row => new { row.TenantId, row.Type, row.Date, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.Type, row.AbsoluteAmount, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.Status, row.Date, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.Status, row.AbsoluteAmount, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.AccountCode, row.Date, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.AccountCode, row.AbsoluteAmount, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.Category, row.AbsoluteAmount, row.Id });
        foreach (var (name, filter) in Rare)
        {
            builder.HasIndex(row => new { row.TenantId, row.Date, row.Id }, $"IX_Transactions_{name}").HasFilter(filter);
            builder.HasIndex(row => new { row.TenantId, row.AbsoluteAmount, row.Id }, $"IX_Transactions_{name}_amount").HasFilter(filter);
        }

        // Most documents are settled: those that are open are found without touching them, and aged without being read, those of a contact together.
        builder.HasIndex(
            row => new { row.TenantId, row.Type, row.CurrencyRate, row.ContactId, row.DueDate, row.Date, row.Amount, row.Settled, row.XeroId, row.Direction, row.Status, row.AmountDue },
            "IX_Transactions_open").HasFilter(
            "\"type\" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND \"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TransactionLineMap : IEntityTypeConfiguration<TransactionLine>
{
    public void Configure(EntityTypeBuilder<TransactionLine> builder)
    {
        builder.ToTable("TransactionLines");
        builder.Property(line => line.AccountCode).HasMaxLength(50);
        builder.Property(line => line.TaxType).HasMaxLength(50);
        builder.HasIndex(line => new { line.TenantId, line.TransactionId });
        builder.HasIndex(line => line.TransactionId);
        builder.HasIndex(line => new { line.TenantId, line.AccountId, line.TransactionId });
        builder.HasOne<Transaction>().WithMany().HasForeignKey(line => line.TransactionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AllocationMap : IEntityTypeConfiguration<Allocation>
{
    public void Configure(EntityTypeBuilder<Allocation> builder)
    {
        builder.ToTable("Allocations");
        builder.HasKey(allocation => new { allocation.TenantId, allocation.Id });

        // With the amount, so that what settles a document is summed from the index alone.
        builder.HasIndex(allocation => new { allocation.TenantId, allocation.TargetXeroId, allocation.EffectiveDate, allocation.Amount });
        builder.HasIndex(allocation => new { allocation.TenantId, allocation.SourceXeroId });
        builder.HasIndex(
            allocation => new { allocation.TenantId, allocation.EffectiveDate, allocation.Date, allocation.SourceKind, allocation.TargetXeroId, allocation.SourceXeroId },
            "IX_Allocations_tenantId_effectiveDate");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(allocation => allocation.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
