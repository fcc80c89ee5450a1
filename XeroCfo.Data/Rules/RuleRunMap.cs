using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Rules;

internal sealed class RuleRunMap : IEntityTypeConfiguration<RuleRun>
{
    public void Configure(EntityTypeBuilder<RuleRun> builder)
    {
        builder.ToTable("RuleRuns");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Status).HasMaxLength(20);
        builder.Property(run => run.Scope).HasMaxLength(20);
        builder.Property(run => run.Trigger).HasMaxLength(20);
        builder.Property(run => run.By).HasMaxLength(255);
        builder.Property(run => run.ErrorCode).HasMaxLength(100);
        builder.Property(run => run.ErrorMessage).HasMaxLength(1000);
        builder.Property(run => run.LeaseOwner).HasMaxLength(100);
        builder.HasIndex(run => new { run.TenantId, run.Id });
        builder.HasIndex(run => run.Status);

        // At most one run of an organisation is under way, whatever several processes try at once.
        builder.HasIndex(run => run.TenantId).HasDatabaseName("UX_RuleRuns_running").IsUnique().HasFilter("\"status\" = 'running'");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(run => run.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RuleOfferMap : IEntityTypeConfiguration<RuleOffer>
{
    public void Configure(EntityTypeBuilder<RuleOffer> builder)
    {
        builder.ToTable("RuleOffers");
        builder.HasKey(offer => new { offer.TenantId, offer.ContactId, offer.CategoryId });
        builder.HasIndex(offer => offer.CategoryId);
        builder.HasOne<Category>().WithMany().HasForeignKey(offer => offer.CategoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(offer => offer.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
