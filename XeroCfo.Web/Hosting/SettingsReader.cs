using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Reads the sections that are ours. A name that we do not know or a value that cannot be read is a fault, never silently a default.
/// An empty value counts as absent, because compose files pass one for an unset variable.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _faults = [];

    /// <summary>Reads one section. <paramref name="elsewhere"/> names members that are set in another way.</summary>
    public T Read<T>(string section, params string[] elsewhere)
        where T : class, ISettings, new()
    {
        var settings = new T();
        var known = typeof(T).GetProperties().Where(property => property.CanWrite && !elsewhere.Contains(property.Name)).ToList();
        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            if (known.Find(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } property)
            {
                Set(settings, property, child, $"{section}:{property.Name}");
            }
            else
            {
                _faults.Add($"{section}:{child.Key} is no setting of XeroCfo. {Hint(section, child.Key, known)}");
            }
        }

        return settings;
    }

    /// <summary>Notes what the settings themselves find impossible.</summary>
    public void Check(params IEnumerable<ISettings> all) => _faults.AddRange(all.SelectMany(settings => settings.Faults()));

    /// <summary>Ends the start with everything that was found, in one line.</summary>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new RefusedException(string.Join(" ", _faults));
        }
    }

    private void Set(object settings, PropertyInfo property, IConfigurationSection child, string name)
    {
        try
        {
            if (ElementOf(property.PropertyType) is { } element)
            {
                property.SetValue(settings, ReadList(child, element) ?? property.GetValue(settings));
            }
            else if (!string.IsNullOrEmpty(child.Value))
            {
                property.SetValue(settings, Parse(child.Value, property.PropertyType));
            }
            else if (child.GetChildren().Any())
            {
                _faults.Add($"{name} is a single value, not a list.");
            }
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            _faults.Add($"{name} cannot be read: set it to {Wanted(ElementOf(property.PropertyType) ?? property.PropertyType)}.");
        }
    }

    private static Array? ReadList(IConfigurationSection section, Type element)
    {
        var texts = section.Value is { } single
            ? (IEnumerable<string?>)single.Split(',', StringSplitOptions.TrimEntries)
            : section.GetChildren().Select(child => child.Value);
        var values = texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => Parse(text!, element)).ToArray();
        if (values.Length == 0)
        {
            return null;
        }

        var list = Array.CreateInstance(element, values.Length);
        values.CopyTo(list, 0);
        return list;
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static object Parse(string text, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? text : TypeDescriptor.GetConverter(plain).ConvertFromString(null, CultureInfo.InvariantCulture, text)!;
    }

    private static string Wanted(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name switch
    {
        nameof(Int32) => "a whole number",
        nameof(Boolean) => "true or false",
        nameof(TimeSpan) => "a duration such as 01:00:00",
        nameof(DateOnly) => "a day such as 2026-04-01",
        _ => "a value of its kind",
    };

    private static string Hint(string section, string name, List<PropertyInfo> known)
    {
        var nearest = known.MinBy(property => Distance(property.Name.ToUpperInvariant(), name.ToUpperInvariant()));
        return nearest is not null && Distance(nearest.Name.ToUpperInvariant(), name.ToUpperInvariant()) <= 3
            ? $"Did you mean {section}:{nearest.Name}?"
            : $"Known here: {string.Join(", ", known.Select(property => property.Name))}.";
    }

    /// <summary>How many letters must change to get from one word to the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, above) = (row[0], 0);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
