using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Why a document could not be posted.</summary>
public static class PostingProblems
{
    /// <summary>The code of a record that is there but makes no sense.</summary>
    public const string AccountUnknownCode = "account-unknown";

    public const string UnreadableCode = "record-unreadable";

    public static Problem Unbalanced { get; } = Refusal("posting-unbalanced", "Its lines do not sum to 0.00.");

    public static Problem NoLines { get; } = Refusal("lines-missing", "Xero sent it without its lines.");

    public static Problem TooLarge { get; } = Refusal("amount-too-large", "An amount is too large to be kept exactly.");

    public static Problem NoLegs { get; } =
        Refusal("transfer-legs-missing", "It moves money between two foreign currencies, and the two bank transactions that tell the amounts are not known.");

    public static Problem NoRate(string currency) => Refusal("rate-missing", $"It is in {currency}, and Xero states no rate for it.");

    public static Problem NoSettled(string? number) => Refusal(
        "settled-document-unknown",
        $"The document {(number is { Length: > 0 } ? $"'{number}' " : "")}that it settles is not known, so neither is the rate at which it stands in the books.");

    public static Problem UnknownKind(DocumentKind kind) =>
        Refusal("kind-not-supported", $"Records of the kind {kind} are not posted yet.");

    public static Problem UnknownPayment(string type) =>
        Refusal("payment-type-unknown", $"The payment type '{type}' is not known, so its control account is not either.");

    public static Problem UnknownAccount(Guid? accountId, string? code) => Refusal(
        AccountUnknownCode,
        code is { Length: > 0 } ? $"Its account with the code '{code}' is not in the chart of accounts."
            : accountId is { } id ? $"Its account {id:D} is not in the chart of accounts."
            : "A line with an amount has no account.");

    public static Problem NoSystemAccount(string systemAccount) =>
        Refusal("system-account-missing", $"The chart of accounts has no account with Xero's role {systemAccount}.");

    public static Problem Unreadable(string detail) => Refusal(UnreadableCode, detail);

    private static Problem Refusal(string code, string message) => new(code, message, ProblemKind.Refused);
}
