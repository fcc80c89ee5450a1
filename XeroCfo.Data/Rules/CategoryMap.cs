using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Rules;

internal sealed class CategoryMap : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> builder)
    {
        builder.ToTable("Categories");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(Category.NameLimit);
        builder.Property(row => row.NormalizedName).HasMaxLength(Category.NameLimit);
        builder.Property(row => row.Colour).HasMaxLength(7);
        builder.Property(row => row.DefaultAccountCode).HasMaxLength(50);
        builder.HasIndex(row => new { row.TenantId, row.NormalizedName }).IsUnique();
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CategoryAccountMap : IEntityTypeConfiguration<CategoryAccount>
{
    public void Configure(EntityTypeBuilder<CategoryAccount> builder)
    {
        builder.ToTable("CategoryAccounts");
        builder.HasKey(row => new { row.TenantId, row.AccountId });
        builder.HasIndex(row => row.CategoryId);
        builder.HasOne<Category>().WithMany().HasForeignKey(row => row.CategoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CategoryUndoMap : IEntityTypeConfiguration<CategoryUndo>
{
    public void Configure(EntityTypeBuilder<CategoryUndo> builder)
    {
        builder.ToTable("CategoryUndos");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.By).HasMaxLength(255);
        builder.Property(row => row.Category).HasMaxLength(Category.NameLimit);
        builder.HasIndex(row => new { row.TenantId, row.CreatedAt });
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CategoryUndoRowMap : IEntityTypeConfiguration<CategoryUndoRow>
{
    public void Configure(EntityTypeBuilder<CategoryUndoRow> builder)
    {
        builder.ToTable("CategoryUndoRows");
        builder.Property(row => row.Category).HasMaxLength(Category.NameLimit);
        builder.Property(row => row.NewCategory).HasMaxLength(Category.NameLimit);
        builder.Property(row => row.OwnAccountCode).HasMaxLength(50);
        builder.Property(row => row.NewOwnAccountCode).HasMaxLength(50);
        builder.Property(row => row.AccountCode).HasMaxLength(50);
        builder.Property(row => row.CategorySource).HasMaxLength(20);
        builder.Property(row => row.NewCategorySource).HasMaxLength(20);
        builder.HasIndex(row => new { row.UndoId, row.Id });
        builder.HasIndex(row => row.TransactionId);
        builder.HasOne<CategoryUndo>().WithMany().HasForeignKey(row => row.UndoId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Transaction>().WithMany().HasForeignKey(row => row.TransactionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>How the rows of a change are written in bulk.</summary>
internal static class CategoryTables
{
    public static readonly BulkTable<CategoryUndoRow> UndoRows = new(
        "CategoryUndoRows",
        Column.Of((CategoryUndoRow row) => row.TenantId, "tenantId"),
        Column.Of((CategoryUndoRow row) => row.UndoId, "undoId"),
        Column.Of((CategoryUndoRow row) => row.TransactionId, "transactionId"),
        Column.Of((CategoryUndoRow row) => row.Category, "category"),
        Column.Of((CategoryUndoRow row) => row.OwnAccountCode, "ownAccountCode"),
        Column.Of((CategoryUndoRow row) => row.AccountCode, "accountCode"),
        Column.Of((CategoryUndoRow row) => row.CategorySource, "categorySource"),
        Column.Of((CategoryUndoRow row) => row.CategoryRuleId, "categoryRuleId"),
        Column.Of((CategoryUndoRow row) => row.NewCategory, "newCategory"),
        Column.Of((CategoryUndoRow row) => row.NewOwnAccountCode, "newOwnAccountCode"),
        Column.Of((CategoryUndoRow row) => row.NewCategorySource, "newCategorySource"));
}
