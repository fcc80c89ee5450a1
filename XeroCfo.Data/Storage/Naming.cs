using Microsoft.EntityFrameworkCore;

namespace XeroCfo.Data.Storage;

/// <summary>Columns are camelCase, whatever the property is called; tables keep their PascalCase plural.</summary>
internal static class Naming
{
    public static void UseCamelCase(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()))
        {
            foreach (var property in entity.GetProperties())
            {
                var name = property.GetColumnName();
                property.SetColumnName(char.ToLowerInvariant(name[0]) + name[1..]);
            }
        }
    }
}
