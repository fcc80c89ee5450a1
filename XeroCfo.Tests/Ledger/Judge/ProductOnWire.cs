using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>The product's mapping and posting of a whole organisation, without a database: each record may see of the others just what it asks for.</summary>
internal sealed class ProductOnWire
{
    private readonly string _base;
    private readonly ChartOfAccounts _chart;
    private readonly Dictionary<Guid, SourceDocument> _documents;

    public ProductOnWire(FakeOrganisation organisation)
    {
        _base = organisation.Settings.BaseCurrency;
        _chart = new ChartOfAccounts(Wire.All(organisation, "Accounts").Select(account => new Account
        {
            AccountId = account.Id("AccountID"),
            Code = (string?)account["Code"],
            Name = account.Text("Name"),
            Type = account.Text("Type"),
            Class = account.Text("Class"),
            SystemAccount = (string?)account["SystemAccount"],
            Status = account.Text("Status"),
            CurrencyCode = (string?)account["CurrencyCode"],
        }));
        _documents = Enum.GetValues<DocumentKind>()
            .SelectMany(kind => organisation.Texts(kind + "s").Select(text => XeroMapping.Read(kind, text)))
            .Select(read => read.Succeeded ? read.Value : throw new InvalidOperationException(read.Problem!.Message))
            .ToDictionary(document => document.XeroId);
    }

    public Dictionary<(Guid Account, DateOnly Day), decimal> Amounts() => _documents.Values.SelectMany(Lines)
        .GroupBy(line => (line.AccountId, line.Date)).Select(day => (day.Key, Sum: day.Sum(line => line.Amount)))
        .Where(day => day.Sum != 0m).ToDictionary(day => day.Key, day => day.Sum);

    private IReadOnlyList<PostedLine> Lines(SourceDocument document)
    {
        var posting = PostingRules.Post(document, _chart, _base, ReferencesOf(document));
        return posting.Succeeded ? posting.Value.Lines : throw new InvalidOperationException($"{document.Kind} {document.XeroId}: {posting.Problem!.Message}");
    }

    // A prepayment's refund looks one step further: the days of the invoices decide the order of uses.
    private References ReferencesOf(SourceDocument document)
    {
        var whole = References.NeededWhole(document, _chart, _base).Select(id => _documents.GetValueOrDefault(id)).OfType<SourceDocument>().ToList();
        var days = whole.Append(document).SelectMany(References.NeededDays).Distinct().Where(_documents.ContainsKey).ToDictionary(id => id, id => _documents[id].Date);
        return new References(whole, days);
    }
}
