namespace XeroCfo.Web.Shared.Charts;

/// <summary>What a chart shows, as data. The script that draws it knows the kinds by <c>kind</c>.</summary>
public abstract record ChartSpec
{
    /// <summary>How the script draws it.</summary>
    public abstract string Kind { get; }

    /// <summary>For those who do not see it: what it shows, and where its figures stand.</summary>
    public required string Label { get; init; }

    /// <summary>Under the axis, one a point.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Where a click on a point leads; null: nowhere.</summary>
    public IReadOnlyList<string?> Hrefs { get; init; } = [];

    /// <summary>Of the numbers' separators.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>money or percent.</summary>
    public string Unit { get; init; } = "money";

    public int Decimals { get; init; }

    /// <summary>A line across; null: none.</summary>
    public decimal? Level { get; init; }

    public string? LevelName { get; init; }
}

/// <summary>A line by day: what was, then what is to come.</summary>
public sealed record DaysChart : ChartSpec
{
    public override string Kind => "days";

    /// <summary>Under the axis; empty where nothing stands.</summary>
    public required IReadOnlyList<string> Ticks { get; init; }

    /// <summary>Null from the day on that is to come.</summary>
    public required IReadOnlyList<decimal?> Past { get; init; }

    public required IReadOnlyList<decimal?> Ahead { get; init; }

    public IReadOnlyList<ChartMark> Marks { get; init; } = [];
}

/// <summary>A point on a line of days; <paramref name="At"/> is one of its labels.</summary>
public sealed record ChartMark(string At, string Name, decimal Value);

/// <summary>Bars by month, their last year, a line and a budget; each may be left out.</summary>
public sealed record MonthsChart : ChartSpec
{
    public override string Kind => "months";

    public ChartSeries? Bars { get; init; }

    public ChartSeries? Before { get; init; }

    public ChartSeries? Line { get; init; }

    public ChartSeries? Budget { get; init; }

    /// <summary>Everything that a tooltip tells.</summary>
    public required IReadOnlyList<ChartSeries> All { get; init; }

    public IReadOnlyList<string>? Titles { get; init; }

    /// <summary>Places of months in progress.</summary>
    public IReadOnlyList<int> Open { get; init; } = [];
}

/// <summary>A named row of figures.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);

/// <summary>From one figure to another in steps.</summary>
public sealed record WalkChart : ChartSpec
{
    public override string Kind => "walk";

    public required IReadOnlyList<ChartStep> Steps { get; init; }
}

/// <summary>A step; whole ones stand on the ground.</summary>
public sealed record ChartStep(string Name, decimal Value, bool Whole);
