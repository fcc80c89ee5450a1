namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>What the page of transactions is made of.</summary>
public static class TransactionPageParts
{
    public static IServiceCollection AddTransactionPages(this IServiceCollection services) => services.AddTransient<TransactionNaming>().AddTransient<CategorisingDesk>().AddTransient<TransactionExport>();
}
