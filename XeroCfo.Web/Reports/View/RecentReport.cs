namespace XeroCfo.Web.Reports.View;

/// <summary>A report that was opened, as a person's own browser remembers it.</summary>
/// <param name="Owner">Whose list it goes to: the organisation and the person.</param>
/// <param name="Href">Its address.</param>
/// <param name="Title">Its kind or name.</param>
/// <param name="Days">In words.</param>
public sealed record RecentReport(string Owner, string Href, string Title, string Days);
