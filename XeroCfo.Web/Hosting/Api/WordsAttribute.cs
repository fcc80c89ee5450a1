using System.Reflection;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>For the OpenAPI document: the member holds one of the words in the field or property <c>All</c> (or another) of a class.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordsAttribute(Type holder, string member = "All") : Attribute
{
    public IReadOnlyList<string> Words => [.. (IEnumerable<string>)(holder.GetField(member)?.GetValue(null) ?? holder.GetProperty(member, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!)];
}
