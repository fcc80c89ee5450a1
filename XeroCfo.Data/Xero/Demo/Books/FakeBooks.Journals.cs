using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>A manual journal without tax; amounts debit +.</summary>
    public Guid ManualJournal(DateOnly date, string narration, params FakeLine[] lines) => ManualJournal(new FakeManualJournal(date, narration, lines));

    /// <summary>A manual journal without tax; amounts debit +. Only POSTED ones reach the journal.</summary>
    public Guid ManualJournal(DateOnly date, string narration, string status, string? key, params FakeLine[] lines) =>
        ManualJournal(new FakeManualJournal(date, narration, lines) { Status = status, Key = key });

    /// <summary>A manual journal.</summary>
    public Guid ManualJournal(FakeManualJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var id = DemoIds.For(_seed, "manual-journal", journal.Key ?? NextKey("manual-journal"));
        _written[id] = new Written("ManualJournals", journal.Date);
        Put(id, journal, journal.Date);
        return id;
    }

    /// <summary>Changes a manual journal: its entry is reversed under the old date and posted anew under the new one.</summary>
    /// <param name="onDay">The day somebody did it; only UpdatedDateUTC shows it.</param>
    public void EditManualJournal(Guid id, Func<FakeManualJournal, FakeManualJournal> change, DateOnly onDay)
    {
        ArgumentNullException.ThrowIfNull(change);
        Unpost(_written[id]);
        Put(id, change((FakeManualJournal)_written[id].Document!), onDay);
    }

    private void Put(Guid id, FakeManualJournal journal, DateOnly onDay)
    {
        var written = _written[id];
        written.Document = journal;
        written.Entry = journal.Status == "POSTED" ? Journal.Post(journal.Date, journal.Narration, JournalEntryLines(journal)) : null;
        Organisation.Put("ManualJournals", new JsonObject
        {
            ["Date"] = WireFormat.Date(journal.Date),
            ["Status"] = journal.Status,
            ["LineAmountTypes"] = journal.LineAmountTypes,
            ["UpdatedDateUTC"] = "",
            ["ManualJournalID"] = WireFormat.Id(id),
            ["Narration"] = journal.Narration,
            ["JournalLines"] = LinesJson(id, journal.Lines, journal.LineAmountTypes, journal: true),
            ["ShowOnCashBasisReports"] = true,
            ["HasAttachments"] = false,
        }, Stamp(onDay, id));
    }

    private IEnumerable<JournalLine> JournalEntryLines(FakeManualJournal journal)
    {
        var lines = journal.Lines.Select(line => (line.Account, line.Amount, Tax: TaxOf(line, journal.LineAmountTypes))).ToList();
        var inclusive = journal.LineAmountTypes == "Inclusive";
        var entry = lines.Select(line => new JournalLine(IdOf(line.Account), inclusive ? line.Amount - line.Tax : line.Amount));
        var tax = lines.Sum(line => line.Tax);
        return tax == 0m ? entry : entry.Append(new JournalLine(Control("GST"), tax));
    }
}
