using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace XeroCfo.Data.Storage;

/// <summary>Columns that hold JSON: jsonb on PostgreSQL, text on SQLite.</summary>
internal static class JsonColumn
{
    private const string Annotation = "XeroCfo:Json";

    /// <summary>The property is JSON text already.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasAnnotation(Annotation, true);
        return property;
    }

    /// <summary>The property is kept as JSON.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
        where T : class, new()
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            stored => JsonSerializer.Deserialize<T>(stored, JsonSerializerOptions.Web) ?? new T(),
            new ValueComparer<T>(
                (left, right) => Text(left) == Text(right),
                value => Text(value).GetHashCode(StringComparison.Ordinal),
                value => JsonSerializer.Deserialize<T>(Text(value), JsonSerializerOptions.Web)!));
        return property.IsJson();
    }

    /// <summary>The property is kept as JSON, or as null where it is null.</summary>
    public static PropertyBuilder<T?> AsOptionalJson<T>(this PropertyBuilder<T?> property)
        where T : class
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            stored => JsonSerializer.Deserialize<T>(stored, JsonSerializerOptions.Web)!,
            new ValueComparer<T?>(
                (left, right) => Text(left) == Text(right),
                value => Text(value).GetHashCode(StringComparison.Ordinal),
                value => value == null ? null : JsonSerializer.Deserialize<T>(Text(value), JsonSerializerOptions.Web)));
        return property.IsJson();
    }

    /// <summary>Gives every JSON property its type on PostgreSQL.</summary>
    public static void UseJsonb(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.FindAnnotation(Annotation) is not null))
        {
            property.SetColumnType("jsonb");
        }
    }

    private static string Text<T>(T? value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
