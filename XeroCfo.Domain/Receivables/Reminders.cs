using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Receivables;

/// <summary>How a reminder speaks.</summary>
public static class ReminderTones
{
    public const string Friendly = "friendly", Firm = "firm", Final = "final";

    public static readonly IReadOnlyList<string> All = [Friendly, Firm, Final];

    /// <summary>Friendly up to two weeks, firm up to six, then final.</summary>
    public static string Of(int daysLate) => All.Last(tone => tone == Friendly || daysLate >= From(tone));

    /// <summary>From so many days past the due day on.</summary>
    public static int From(string tone) => tone switch { Friendly => 1, Firm => 15, _ => 46 };
}

/// <summary>The text of a reminder, for a person to copy, change and send. XeroCfo sends nothing to a customer.</summary>
/// <param name="Tone">One of <see cref="ReminderTones"/>.</param>
/// <param name="To">The customer's address as Xero knows it; null: it has none.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text with line breaks.</param>
public sealed record ReminderLetter(string Tone, string? To, string Subject, string Body);

/// <summary>Writes reminders: a text for each tone with fields that are filled in. Pure.</summary>
public static class Reminders
{
    /// <summary>What a text may have filled in, and what stands there then.</summary>
    public static readonly IReadOnlyList<(string Field, string Words)> Fields =
    [
        (Customer, "the customer's name"), (Organisation, "your organisation's name"), (Overdue, "what is past due, with its currency"), (Invoices, "those invoices, one a line"),
        (Days, "how long the oldest is past due"), (Today, "the day of the reminder"),
    ];

    private const string Customer = "{customer}", Organisation = "{organisation}", Overdue = "{overdue}", Invoices = "{invoices}", Days = "{days}", Today = "{today}";

    private static readonly Dictionary<string, (string Subject, string Body)> Texts = new()
    {
        [ReminderTones.Friendly] = (
            $"{Organisation}: a reminder of {Overdue}",
            $"Hello {Customer},\n\nYou may have missed it: {Overdue} is past its due day.\n\n{Invoices}\n\nIf it is on its way, please disregard this. If something is not right, tell us and we look into it.\n\nKind regards,\n{Organisation}"),
        [ReminderTones.Firm] = (
            $"{Organisation}: {Overdue} overdue, please pay or let us know",
            $"Hello {Customer},\n\nAs of {Today}, {Overdue} is overdue, the oldest invoice by {Days}.\n\n{Invoices}\n\nPlease pay this week, or tell us the day on which you will. If you disagree with an invoice, tell us which and why.\n\nRegards,\n{Organisation}"),
        [ReminderTones.Final] = (
            $"{Organisation}: final reminder, {Overdue} overdue",
            $"To {Customer}\n\nDespite our reminders {Overdue} is still unpaid as of {Today}, the oldest invoice {Days} past its due day.\n\n{Invoices}\n\nPlease pay within seven days. Without payment, or a plan that we agree on, we have to stop further deliveries and consider how to collect the debt.\n\n{Organisation}"),
    };

    /// <summary>The reminder of what is overdue and not in dispute; null when that is nothing.</summary>
    /// <param name="organisation">Who is owed.</param>
    /// <param name="contact">Who owes.</param>
    /// <param name="invoices">Its open invoices.</param>
    /// <param name="today">The organisation's day.</param>
    /// <param name="tone">One of <see cref="ReminderTones"/>; null: as the oldest invoice's age has it.</param>
    /// <param name="texts">The organisation's, one for each tone; null: those that come with the product.</param>
    public static ReminderLetter? Of(string organisation, Contact contact, IEnumerable<OpenInvoice> invoices, DateOnly today, string? tone, IReadOnlyList<ReminderWording>? texts = null)
    {
        var due = invoices.Where(invoice => invoice.DaysLate > 0 && !invoice.IsDisputed).OrderByDescending(invoice => invoice.DaysLate).ThenBy(invoice => invoice.Item.Document.Number, StringComparer.Ordinal).ToList();
        if (due.Count == 0)
        {
            return null;
        }

        tone ??= ReminderTones.Of(due[0].DaysLate);
        var fields = new Dictionary<string, string>
        {
            [Customer] = contact.Name,
            [Organisation] = organisation,
            [Overdue] = string.Join(" and ", due.GroupBy(invoice => invoice.Item.Document.CurrencyCode).OrderByDescending(group => group.Sum(invoice => invoice.Item.BaseOpen))
                .Select(group => Money(group.Key, group.Sum(invoice => invoice.Item.Open)))),
            [Invoices] = string.Join('\n', due.Select(Line)),
            [Days] = due[0].DaysLate == 1 ? "1 day" : $"{due[0].DaysLate} days",
            [Today] = Day(today),
        };
        var text = texts?.FirstOrDefault(text => text.Tone == tone) ?? Usual(tone);
        return new ReminderLetter(tone, contact.EmailAddress, Fill(text.Subject, fields), Fill(text.Body, fields));
    }

    /// <summary>The text that comes with the product.</summary>
    public static ReminderWording Usual(string tone) => new(tone, ReminderTones.From(tone), Texts[tone].Subject, Texts[tone].Body, null);

    /// <summary>What a text comes out as, for a customer that does not exist.</summary>
    public static ReminderLetter Sample(string organisation, string currency, DateOnly today, ReminderWording text)
    {
        var late = ReminderTones.From(text.Tone) + 2;
        var fields = new Dictionary<string, string>
        {
            [Customer] = "Harbour Street Café",
            [Organisation] = organisation,
            [Overdue] = Money(currency, 1_849.50m),
            [Invoices] = $"INV-1042 of {Day(today.AddDays(-late - 20))}, due {Day(today.AddDays(-late))}: {Money(currency, 1_250m)}\nINV-1057 of {Day(today.AddDays(-late - 19))}, due {Day(today.AddDays(1 - late))}: {Money(currency, 599.50m)}",
            [Days] = $"{late} days",
            [Today] = Day(today),
        };
        return new ReminderLetter(text.Tone, null, Fill(text.Subject, fields), Fill(text.Body, fields));
    }

    /// <summary>The first thing that is wrong with a text, and where; null: nothing.</summary>
    public static Problem? Check(ReminderTextInput input) =>
        string.IsNullOrWhiteSpace(input.Subject) || input.Subject.Trim().Length > ReminderText.SubjectLimit ? Problem.Invalid("subject", $"The subject takes 1 to {ReminderText.SubjectLimit} characters.")
        : input.Subject.Any(char.IsControl) ? Problem.Invalid("subject", "The subject is one line.")
        : string.IsNullOrWhiteSpace(input.Body) || input.Body.Trim().Length > ReminderText.BodyLimit ? Problem.Invalid("body", $"The text takes 1 to {ReminderText.BodyLimit} characters.")
        : input.Body.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t')) || TextRules.Askable(input.Body) != input.Body ? Problem.Invalid("body", "The text holds a character that no mail can show.")
        : WrongField("subject", input.Subject) ?? WrongField("body", input.Body);

    // A brace opens a field: what is meant as one and is none would reach a customer as it stands.
    private static Problem? WrongField(string name, string text)
    {
        foreach (var (line, words) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            for (var at = words.IndexOf('{'); at >= 0; at = words.IndexOf('{', at + 1))
            {
                if (Fields.Any(field => words.AsSpan(at).StartsWith(field.Field, StringComparison.Ordinal)))
                {
                    continue;
                }

                var end = words.IndexOf('}', at);
                var said = end < 0 ? words[at..] : words[at..(end + 1)];
                return Problem.Invalid(
                    name, $"{(name == "body" ? $"Line {line + 1}" : "Subject")}, position {at + 1}: {(said.Length > 40 ? said[..40] + "…" : said)} is no field. There are {string.Join(", ", Fields.Select(field => field.Field))}.");
            }
        }

        return null;
    }

    /// <summary>Puts values where their fields stand. A value that itself looks like a field stays as it is.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, string> fields)
    {
        var filled = new System.Text.StringBuilder(text.Length * 2);
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '{' ? text.IndexOf('}', at) : -1;
            if (end > 0 && fields.TryGetValue(text[at..(end + 1)], out var value))
            {
                filled.Append(value);
                at = end + 1;
            }
            else
            {
                filled.Append(text[at++]);
            }
        }

        return filled.ToString();
    }

    private static string Line(OpenInvoice invoice)
    {
        var document = invoice.Item.Document;
        return $"{document.Number ?? "Invoice"} of {Day(document.Date)}, due {Day(OpenItemDays.DueOf(document))}: {Money(document.CurrencyCode, invoice.Item.Open)}";
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Money(string currency, decimal amount) => $"{currency} {MoneyRules.ToCents(amount).ToString("N2", CultureInfo.InvariantCulture)}";
}
