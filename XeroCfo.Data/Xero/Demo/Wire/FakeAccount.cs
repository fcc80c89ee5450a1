using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>What the trial balance needs to know of an account.</summary>
internal sealed record FakeAccount(Guid Id, string Code, string Name, string Class, string SystemAccount)
{
    public bool IsIncomeOrExpense => Class is "REVENUE" or "EXPENSE";

    public string Label => Code.Length == 0 ? Name : $"{Name} ({Code})";

    public static FakeAccount From(JsonObject account) => new(
        Guid.Parse((string)account["AccountID"]!),
        (string?)account["Code"] ?? "",
        (string?)account["Name"] ?? "",
        (string?)account["Class"] ?? ClassOf((string?)account["Type"] ?? ""),
        (string?)account["SystemAccount"] ?? "");

    public static string ClassOf(string type) => type switch
    {
        "REVENUE" or "SALES" or "OTHERINCOME" => "REVENUE",
        "DIRECTCOSTS" or "EXPENSE" or "OVERHEADS" or "DEPRECIATN" or "WAGESEXPENSE" or "SUPERANNUATIONEXPENSE" => "EXPENSE",
        "BANK" or "CURRENT" or "FIXED" or "INVENTORY" or "NONCURRENT" or "PREPAYMENT" => "ASSET",
        "EQUITY" => "EQUITY",
        _ => "LIABILITY",
    };
}
