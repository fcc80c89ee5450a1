namespace XeroCfo.Data.Xero.Demo;

/// <summary>A line of the fake's log: what was asked and with which HTTP status it was answered.</summary>
public sealed record FakeCall(FakeRequest Request, int Status);
