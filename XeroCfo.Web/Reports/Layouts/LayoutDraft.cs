using XeroCfo.Domain.Reports.Layouts;

namespace XeroCfo.Web.Reports.Layouts;

/// <summary>A row while it is written; what does not belong to its kind is kept beside, so that a change of kind loses nothing.</summary>
public sealed class RowDraft
{
    public Guid Key { get; } = Guid.NewGuid();

    public string Id { get; set; } = "";

    public string Label { get; set; } = "";

    public string Kind { get; set; } = LayoutRowKinds.Group;

    public HashSet<Guid> AccountIds { get; } = [];

    public HashSet<string> Tags { get; } = [];

    public HashSet<string> Sections { get; } = [];

    public bool IsBalance { get; set; }

    public bool ShowAccounts { get; set; } = true;

    public List<string> Of { get; } = [];

    public string Formula { get; set; } = "";

    public string Unit { get; set; } = "money";

    public string Part { get; set; } = "";

    public string Whole { get; set; } = "";

    public string Better { get; set; } = "";

    public static RowDraft From(LayoutRow row)
    {
        var draft = new RowDraft
        {
            Id = row.Id,
            Label = row.Label,
            Kind = row.Kind,
            IsBalance = LayoutAccounts.IsBalance(row),
            ShowAccounts = row.ShowAccounts != false,
            Formula = row.Formula ?? "",
            Unit = row.Unit ?? "money",
            Part = row.Part ?? "",
            Whole = row.Whole ?? "",
            Better = row.Better ?? "",
        };
        draft.AccountIds.UnionWith(row.AccountIds ?? []);
        draft.Tags.UnionWith(row.Tags ?? []);
        draft.Sections.UnionWith(row.Sections ?? []);
        draft.Of.AddRange(row.Of ?? []);
        return draft;
    }

    public LayoutRow ToRow()
    {
        var row = new LayoutRow { Id = Id, Label = Label, Kind = Kind, Better = Better.Length == 0 || Kind == LayoutRowKinds.Heading ? null : Better };
        return Kind switch
        {
            LayoutRowKinds.Group => row with
            {
                AccountIds = AccountIds.Count == 0 ? null : [.. AccountIds],
                Tags = Tags.Count == 0 ? null : [.. Tags],
                Sections = Sections.Count == 0 ? null : [.. Sections],
                Measure = IsBalance ? LayoutMeasures.Balance : null,
                ShowAccounts = ShowAccounts ? null : false,
            },
            LayoutRowKinds.Subtotal => row with { Of = [.. Of] },
            LayoutRowKinds.Formula => row with { Formula = Formula, Unit = Unit == "money" ? null : Unit },
            LayoutRowKinds.Percent => row with { Part = Part, Whole = Whole },
            _ => row,
        };
    }
}

/// <summary>A layout while it is written.</summary>
public sealed class LayoutDraft
{
    public string Name { get; set; } = "";

    public List<RowDraft> Rows { get; } = [];

    public LayoutInput Input => new(Name, [.. Rows.Select(row => row.ToRow())]);

    public static LayoutDraft From(string name, IEnumerable<LayoutRow> rows)
    {
        var draft = new LayoutDraft { Name = name };
        draft.Rows.AddRange(rows.Select(RowDraft.From));
        return draft;
    }

    /// <summary>What a new layout begins with: the profit and loss, to be changed.</summary>
    public static LayoutDraft ProfitAndLoss() => From(
        "",
        [
            new LayoutRow { Id = "income", Label = "Income", Kind = LayoutRowKinds.Group, Sections = ["income"] },
            new LayoutRow { Id = "cost_of_sales", Label = "Cost of sales", Kind = LayoutRowKinds.Group, Sections = ["costOfSales"] },
            new LayoutRow { Id = "gross_profit", Label = "Gross profit", Kind = LayoutRowKinds.Formula, Formula = "income - cost_of_sales" },
            new LayoutRow { Id = "gross_margin", Label = "Gross margin", Kind = LayoutRowKinds.Percent, Part = "gross_profit", Whole = "income" },
            new LayoutRow { Id = "other_income", Label = "Other income", Kind = LayoutRowKinds.Group, Sections = ["otherIncome"] },
            new LayoutRow { Id = "expenses", Label = "Operating expenses", Kind = LayoutRowKinds.Group, Sections = ["operatingExpenses"] },
            new LayoutRow { Id = "net_profit", Label = "Net profit", Kind = LayoutRowKinds.Formula, Formula = "gross_profit + other_income - expenses" },
        ]);

    public RowDraft Add(string kind)
    {
        var row = new RowDraft { Kind = kind, Id = NewId("row") };
        Rows.Add(row);
        return row;
    }

    public void Move(RowDraft row, int by)
    {
        var (from, to) = (Rows.IndexOf(row), Rows.IndexOf(row) + by);
        if (to >= 0 && to < Rows.Count)
        {
            (Rows[from], Rows[to]) = (Rows[to], Rows[from]);
        }
    }

    /// <summary>Gives a row a name; an id that was made here follows it, as long as nothing calls the row by it.</summary>
    public void Rename(RowDraft row, string label)
    {
        row.Label = label;
        var words = new string([.. label.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]).Trim('_');
        if (row.Id.StartsWith("row", StringComparison.Ordinal) && words.Length > 0 && char.IsAsciiLetter(words[0]) && !Rows.Exists(other => LayoutRules.References(other.ToRow()).Contains(row.Id)))
        {
            row.Id = NewId(words.Length > 30 ? words[..30] : words);
        }
    }

    private string NewId(string stem) => Enumerable.Range(1, Rows.Count + 2).Select(number => stem == "row" || number > 1 ? $"{stem}{number}" : stem).First(id => Rows.TrueForAll(row => row.Id != id));
}
