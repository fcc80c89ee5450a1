using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Reports.Exports;

namespace XeroCfo.Tests.Reports;

/// <summary>Who put their name under a kept report, when, and at which version of the books.</summary>
public sealed class ReportReviewTests
{
    [BothDatabases]
    public async Task A_person_reviews_a_report_once_and_may_take_it_back(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var company = await books.OrganisationAsync();
        var (ana, reader) = (FakeCaller.Person(Roles.Standard, company), FakeCaller.Person(Roles.Executive, company));
        var ben = ana with { UserId = Guid.NewGuid(), Name = "ben@tui-and-ash.example" };
        await AddAsync(books, ana, "Ana", "Ngata");
        await AddAsync(books, ben, null, null);
        var reports = books.Get<ReportService>();
        var reviews = books.Get<ReportReviewService>();
        var report = (await reports.SaveAsync(ana, books.Tenant, ReportTypes.ProfitAndLoss, "Board", new ReportParameters { From = new DateOnly(2026, 2, 1), To = new DateOnly(2026, 2, 28) }, default)).Value.Id;

        var first = (await reviews.ReviewAsync(ana, books.Tenant, report, default)).Value;
        books.Clock.Advance(TimeSpan.FromHours(1));
        var again = (await reviews.ReviewAsync(ana, books.Tenant, report, default)).Value;
        await reviews.ReviewAsync(ben, books.Tenant, report, default);

        Assert.Equal(first, again);
        var told = (await reviews.ListAsync(reader, books.Tenant, report, default)).Value;
        Assert.Equal(["Reviewed by Ana Ngata", "Reviewed by ben@tui-and-ash.example"], told.Select(review => review.Who));
        Assert.All(told, review => Assert.Equal(company.LedgerVersion, review.LedgerVersion));
        Assert.Empty((await books.Get<RowNoteService>().ListAsync(ana, books.Tenant, report, default)).Value);

        Assert.NotNull((await reviews.ReviewAsync(reader, books.Tenant, report, default)).Problem);
        Assert.NotNull((await reviews.ReviewAsync(ana, books.Tenant, Guid.NewGuid(), default)).Problem);
        Assert.NotNull((await reviews.TakeBackAsync(ben, books.Tenant, report, first.Id, default)).Problem);
        Assert.NotNull((await books.Get<RowNoteService>().DeleteAsync(ana, books.Tenant, report, first.Id, default)).Problem);
        Assert.Equal("rowKey", (await books.Get<RowNoteService>().AddAsync(ana, books.Tenant, report, RowNote.Review, "7", default)).Problem?.Field);
        Assert.True((await reviews.TakeBackAsync(ana, books.Tenant, report, first.Id, default)).Succeeded);
        Assert.Equal([ben.UserId], (await reviews.ListAsync(ana, books.Tenant, report, default)).Value.Select(review => review.UserId));

        await using var db = books.Open();
        Assert.Equal(["report.review_taken_back", "report.reviewed", "report.reviewed"], await db.AuditLogs.Where(entry => entry.Action.StartsWith("report.review")).Select(entry => entry.Action).OrderBy(action => action).ToListAsync());
        await db.Users.Where(user => user.Id == ben.UserId).ExecuteDeleteAsync();
        Assert.Equal("Reviewed by somebody whose account was erased", Assert.Single((await reviews.ListAsync(ana, books.Tenant, report, default)).Value).Who);
    }

    [Fact]
    public void Files_for_people_say_who_reviewed_it()
    {
        var kept = Exports.SampleReports.ProfitAndLoss(2, 5);
        var review = new ReportReview(Guid.NewGuid(), Guid.NewGuid(), "Ana Ngata", new DateTime(2026, 11, 3, 9, 14, 0, DateTimeKind.Utc), 42);

        var reviewed = kept.With([review], ExportFigures.Instant);

        const string Words = "Reviewed by Ana Ngata, 3 Nov 2026 09:14 UTC, ledger version 42.";
        Assert.Equal((Words, ""), (new ExportWords(reviewed).Reviewed, new ExportWords(kept).Reviewed));
        Assert.Contains(Words, Encoding.UTF8.GetString(ReportFile.Of(reviewed, new Dictionary<Guid, string>(), ReportFile.Csv, new ExportOptions()).Bytes), StringComparison.Ordinal);
        Assert.NotEmpty(ReportFile.Of(reviewed, new Dictionary<Guid, string>(), ReportFile.Pdf, new ExportOptions()).Bytes);
    }

    private static async Task AddAsync(SyncedBooks books, Caller person, string? first, string? last)
    {
        await using var db = books.Open();
        db.Users.Add(new User
        {
            Id = person.UserId!.Value,
            UserName = person.Name,
            NormalizedUserName = person.Name.ToUpper(CultureInfo.InvariantCulture),
            Email = person.Name,
            NormalizedEmail = person.Name.ToUpper(CultureInfo.InvariantCulture),
            SecurityStamp = "stamp",
            PasswordHash = "hash",
            FirstName = first,
            LastName = last,
        });
        await db.SaveChangesAsync();
    }
}
