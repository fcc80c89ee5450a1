using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Kpis;

/// <summary>Makes, changes and deletes a KPI of the organisation's own.</summary>
public sealed partial class KpiForm(CustomKpiService kpis)
{
    private string _name = "";
    private string _formula = "";
    private KpiUnit _unit;
    private GoodDirection _good;
    private List<Row> _figures = [];
    private Problem? _problem;
    private readonly Sending _sending = new();
    private bool _busy;
    private Guid? _of;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public TenantId Tenant { get; set; }

    /// <summary>The one to change; null: a new one.</summary>
    [Parameter]
    public CustomKpi? Kpi { get; set; }

    [Parameter]
    public EventCallback<CustomKpi> OnSaved { get; set; }

    [Parameter]
    public EventCallback OnDeleted { get; set; }

    // The place in a formula that a refusal names.
    private int? At => _problem is { Field: "formula" } && Position().Match(_problem.Message) is { Success: true } found && int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) is var at && at <= _formula.Length + 1 ? at : null;

    protected override void OnParametersSet()
    {
        if (Kpi is { } kpi && _of != kpi.Id)
        {
            (_of, _name, _formula, _unit, _good) = (kpi.Id, kpi.Name, kpi.Formula, kpi.Unit, kpi.Good);
            _figures = [.. kpi.Figures.SelectMany(figure => figure.Values, (figure, value) => new Row { Name = figure.Name, Month = value.Month, Value = value.Value.ToString(CultureInfo.InvariantCulture) })];
        }
    }

    private Task SaveAsync() => Kpi is null ? _sending.OnceAsync(KeepAsync) : _busy ? Task.CompletedTask : KeepAsync(null);

    private async Task<bool> KeepAsync(string? once)
    {
        _busy = true;
        var figures = Read();
        var input = figures.Problem is null ? new CustomKpiInput(_name, _formula, _unit, _good, figures.Value) : null;
        var saved = input is null ? figures.Problem!
            : Kpi is { } kpi ? await kpis.UpdateAsync(Caller, Tenant, kpi.Id, ReadVersion.Of(kpi.UpdatedAt), input, default)
            : await kpis.CreateAsync(Caller with { IdempotencyKey = once }, Tenant, input, default);
        (_problem, _busy) = (saved.Problem, false);
        if (saved.Succeeded)
        {
            await OnSaved.InvokeAsync(saved.Value);
        }

        return saved.Succeeded;
    }

    private async Task DeleteAsync()
    {
        _busy = true;
        var deleted = await kpis.DeleteAsync(Caller, Tenant, Kpi!.Id, ReadVersion.Of(Kpi.UpdatedAt), default);
        (_problem, _busy) = (deleted.Problem, false);
        if (deleted.Succeeded)
        {
            await OnDeleted.InvokeAsync();
        }
    }

    private Result<IReadOnlyList<TypedFigure>> Read()
    {
        var read = new List<(string Name, TypedValue Value)>();
        foreach (var row in _figures)
        {
            if (!decimal.TryParse(row.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
            {
                return Problem.Invalid("figures", $"The value of {(row.Name.Length == 0 ? "a figure" : row.Name)} is no number.");
            }

            read.Add((row.Name.Trim(), new TypedValue(row.Month.Trim(), value)));
        }

        return Result<IReadOnlyList<TypedFigure>>.Of([.. read.GroupBy(row => row.Name, StringComparer.OrdinalIgnoreCase).Select(figure => new TypedFigure(figure.Key, [.. figure.Select(row => row.Value)]))]);
    }

    [GeneratedRegex(@"^At position (\d+):")]
    private static partial Regex Position();

    private sealed class Row
    {
        public string Name { get; set; } = "";

        public string Month { get; set; } = "";

        public string Value { get; set; } = "";
    }
}
