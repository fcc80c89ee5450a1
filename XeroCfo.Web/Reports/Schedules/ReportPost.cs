using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Reports.Exports;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Reports.Schedules;

/// <summary>Mails kept reports. A link leads to where people sign in; a PDF carries the figures to whoever was named, so that both are a person's choice.</summary>
internal sealed class ReportPost(IMailer mailer, ReportFiles files, XeroOptions xero) : IReportPost
{
    public async Task<string> SendAsync(Caller caller, ReportSchedule schedule, Report report, CancellationToken ct)
    {
        if (!mailer.IsSet)
        {
            return ScheduleMailStatus.NotSet;
        }

        var tenant = new TenantId(report.TenantId);
        var document = ReportJson.ReadDocument(report.Data);
        List<MailFile> attached = [];
        if (schedule.MailAs == ScheduleMail.Pdf)
        {
            var file = await files.OfKeptAsync(caller, tenant, report.Id, ReportFile.Pdf, new ExportOptions(), ct);
            if (file.Problem is not null)
            {
                return ScheduleMailStatus.Failed;
            }

            attached.Add(new MailFile(file.Value.Name, file.Value.ContentType, file.Value.Bytes));
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{document.Organisation}\n{report.Name}: {document.Title}, {ReportKinds.Days(document)}\n\n{Where(tenant, report.Id)}\n\nMade by the schedule “{schedule.Name}” in XeroCfo{(document.DataAsOf is { } asOf ? $", figures as of {asOf:d MMM yyyy HH:mm} UTC" : "")}.\n");
        var reached = true;
        foreach (var address in schedule.Recipients)
        {
            reached &= (await mailer.SendAsync(new MailMessage(address, OneLine($"{document.Organisation}: {report.Name}"), text) { Files = attached }, ct)).Succeeded;
        }

        return reached ? ScheduleMailStatus.Sent : ScheduleMailStatus.Failed;
    }

    public Task TellFailureAsync(string address, ReportSchedule schedule, XeroTenant organisation, Problem problem, CancellationToken ct) => TellAsync(
        address,
        $"{organisation.Name}: “{schedule.Name}” was not made",
        $"{organisation.Name}\nThe scheduled report “{schedule.Name}” was not made: {problem.Message}\n\nIts history stands on the reports page of XeroCfo{(Root is { } root ? $": {root}{PageLinks.Reports(organisation.Id)}" : ".")}\n",
        ct);

    public Task TellUndeliveredAsync(string address, ReportSchedule schedule, XeroTenant organisation, Guid report, CancellationToken ct) => TellAsync(
        address,
        $"{organisation.Name}: “{schedule.Name}” did not reach everybody",
        $"{organisation.Name}\nThe scheduled report “{schedule.Name}” was made and kept, but its mail did not get through to all of: {string.Join(", ", schedule.Recipients)}.\n\n{Where(new TenantId(organisation.Id), report)}\n",
        ct);

    // Whether it gets through or not, the history tells of it.
    private Task TellAsync(string address, string subject, string text, CancellationToken ct) =>
        mailer.IsSet ? mailer.SendAsync(new MailMessage(address, OneLine(subject), text), ct) : Task.CompletedTask;

    // The installation's own address is where Xero sends people back to; without it nobody knows it while nobody asks.
    private string? Root => Uri.TryCreate(xero.RedirectUri, UriKind.Absolute, out var back) ? back.GetLeftPart(UriPartial.Authority) : null;

    private string Where(TenantId tenant, Guid report) =>
        Root is { } root ? $"Open it: {root}{PageLinks.Report(tenant.Value, report)}" : "It stands on the reports page of XeroCfo, among the saved ones.";

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
