namespace XeroCfo.Data.Xero.Demo;

/// <summary>Where the fake Xero takes its trial balance from: a set of books that knows nothing of the documents on the wire.</summary>
public interface ITrialBalanceSource
{
    /// <summary>Everything posted to the account from the first day up to and including <paramref name="through"/>; debit +, credit −, base currency.
    /// Income and expense accounts are never closed at a year's end here.</summary>
    decimal Balance(Guid account, DateOnly through);
}
