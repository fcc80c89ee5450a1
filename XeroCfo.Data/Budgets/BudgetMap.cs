using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Budgets;

internal sealed class BudgetMap : IEntityTypeConfiguration<Budget>
{
    public void Configure(EntityTypeBuilder<Budget> builder)
    {
        builder.ToTable("Budgets");
        builder.Property(budget => budget.Id).ValueGeneratedNever();
        builder.Property(budget => budget.Name).HasMaxLength(Budget.NameLimit);
        builder.Property(budget => budget.Source).HasMaxLength(10);
        builder.Property(budget => budget.Tracking).AsJson();
        builder.HasIndex(budget => new { budget.TenantId, budget.CreatedAt, budget.Id });
        builder.HasIndex(budget => new { budget.TenantId, budget.XeroId }).IsUnique().HasFilter("\"xeroId\" IS NOT NULL");
        builder.HasIndex(budget => budget.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(budget => budget.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(budget => budget.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BudgetLineMap : IEntityTypeConfiguration<BudgetLine>
{
    public void Configure(EntityTypeBuilder<BudgetLine> builder)
    {
        builder.ToTable("BudgetLines");
        builder.HasKey(line => new { line.TenantId, line.BudgetId, line.AccountId, line.Month });
        builder.HasIndex(line => line.BudgetId);
        builder.HasOne<Budget>().WithMany().HasForeignKey(line => line.BudgetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(line => line.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
