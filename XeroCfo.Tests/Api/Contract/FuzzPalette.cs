namespace XeroCfo.Tests.Api.Contract;

/// <summary>Values that programs get wrong.</summary>
internal static class FuzzPalette
{
    /// <summary>For queries, as they stand in the address: already escaped, or on purpose not.</summary>
    public static readonly string[] Queries =
    [
        "", "0", "-1", "1000000", "1e400", "NaN", "Infinity", "-Infinity", "0x10", "1,5", "1.00001", "99999999999999999999999999999999999", "922337203685477.5808",
        "2147483648", "9223372036854775808", "-0", "00001", "+1", "%201", "null", "undefined", "true", "TRUE", "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01",
        "2026-11-24T00:00:00Z", "%00", "a%00b", "%0A", "%FF%FE", "%C0%AF", "%ED%A0%80", "%F0%9F%92%B8", "%ZZ", "%", "'%20OR%201=1--", "%22%3B%20DROP%20TABLE%20Transactions", "%25", "_",
        "..%2F..%2Fetc", "%3Cscript%3E", "{}", "[]", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "AAAA", "ZHwwfDA", "YXwxfDI", "MHww", "%F0%9F", "%E2%80%AE", "%EF%BB%BF", "%CC%81%CC%81%CC%81", new('x', 3_000), new('9', 1_500),
    ];

    /// <summary>For members of bodies, as JSON; some of them are none.</summary>
    public static readonly string[] Members =
    [
        "null", "true", "false", "0", "-1", "-0", "1e400", "-1e400", "1e-400", "1e28", "1E+2", "0.00001", "922337203685477.5808", "79228162514264337593543950336", "2147483648", "9223372036854775808",
        new('9', 5_000), "NaN", "Infinity", "0x10", "01", "\"\"", "\" \"", "\"none\"", "\"NONE\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\uFFFE\"", "\"\\u202e\"", "\"\\n\"",
        "\"2026-02-30\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-13\"", "\"9999-12\"", "\"2026-11-24T00:00:00Z\"", "\"00000000-0000-0000-0000-000000000000\"", "\"not-a-uuid\"", "\"🦀💸\"", "\"' OR 1=1 --\"",
        "\"{}\"", "[]", "[[]]", "[null]", "[1]", "[\"00000000-0000-0000-0000-000000000000\"]", "[\"x\"]", "{}", "{\"a\":{\"b\":[{}]}}", "{\"from\":\"2026-12-31\",\"to\":\"2026-01-01\"}", "{\"search\":\"%\"}",
        "{\"minAmount\":1e400}", "{\"minAmount\":-1}", "{\"contactId\":null}", "{\"__proto__\":{}}", "\"" + new string('x', 300) + "\"", "\"" + new string('é', 100_000) + "\"",
        string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200)), string.Concat(Enumerable.Repeat("{\"a\":", 64)) + "1" + new string('}', 64),
    ];

    /// <summary>Whole bodies.</summary>
    public static readonly string[] Bodies =
    [
        "", " ", "null", "true", "[]", "{}", "{", "}", "\"\"", "{\"a\"", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{/*c*/}", "{'a':1}", "\u0000", "{\"\":1}", "{\"\\ud800\":1}", "{\"\\u0000\":1}", "{\"a.b\":1}", "{\"$ref\":\"#\"}", "<xml/>", "a=1&b=2",
        "\uFEFF{}", new('[', 5_000), new('{', 100), new(' ', 1_000_001), "{} {}", "\uD83D\uDCB8",
    ];

    public static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=\"utf-8\"", "application/json; charset=utf-16", "application/json; charset=iso-8859-1", "application/json; charset=nonsense", "application/merge-patch+json", "text/json", "text/plain", "text/html",
        "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/", "json", "*/*", "application/json;;;", "",
    ];

    /// <summary>Header and value.</summary>
    public static readonly (string Name, string Value)[] Headers =
    [
        ("If-Match", ""), ("If-Match", "*"), ("If-Match", "\"1\""), ("If-Match", "W/\"1\""), ("If-Match", "\"1\", \"2\""), ("If-Match", "nonsense"), ("If-Match", new('"', 200)), ("If-Match", "é"),
        ("Idempotency-Key", "same"), ("Idempotency-Key", "a b"), ("Idempotency-Key", new('k', 255)), ("Idempotency-Key", new('k', 256)), ("Idempotency-Key", "é"), ("Idempotency-Key", "\t"), ("Idempotency-Key", "💸"),
        ("Accept", "text/html"), ("Accept", "application/xml;q=1"), ("Accept", "*/*;q=0"), ("Accept", "nonsense"), ("Accept-Charset", "utf-16"), ("Accept-Encoding", "br"), ("Content-Encoding", "gzip"), ("Content-Encoding", "nonsense"),
        ("Range", "bytes=0-1"), ("If-None-Match", "*"), ("If-Modified-Since", "x"), ("X-HTTP-Method-Override", "DELETE"), ("Origin", "https://evil.example"), ("Cookie", "xerocfo.session=x"), ("Forwarded", "for=1.2.3.4"),
        ("User-Agent", string.Concat(Enumerable.Repeat("💸", 200))), ("User-Agent", "x" + string.Concat(Enumerable.Repeat("💸", 200))), ("traceparent", "00-x-y-z"), ("Expect", "nonsense"), ("Upgrade", "websocket"),
    ];

    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"];
}
