using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using XeroCfo.Tests.Commands;

namespace XeroCfo.Tests.SignIn;

/// <summary>The executable serving on a port of its own, set up with one admin.</summary>
public sealed partial class RunningApp : IAsyncLifetime, IDisposable
{
    public const string Email = "cfo@acme.test";
    public const string Password = "correct horse battery";
    private readonly Executable _app = new();
    private Process _process = null!;

    public Uri Address { get; private set; } = null!;

    public string SetupCode { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _process = _app.Start("", ("RateLimit__SignInPerMinute", "100000"), ("Proxy__Trusted", "127.0.0.1"), ("Passwords__WorkFactor", "8"));
        Address = new Uri((await Executable.LineAsync(_process, "XeroCfo listens"))["XeroCfo listens on ".Length..]);
        SetupCode = (await Executable.LineAsync(_process, "Set it up")).Split("code ")[1].Split(' ')[0];
        using var browser = NewBrowser();
        var answer = await PostAsync(browser, "/setup", ("Input.Code", SetupCode), ("Input.Email", Email), ("Input.Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    public async Task DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public void Dispose() => _app.Dispose();

    /// <summary>A browser that keeps cookies and does not follow redirects.</summary>
    public HttpClient NewBrowser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Opens the page, then sends its form with these fields and the token alone.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(path);
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await browser.PostAsync(path, form);
    }

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password, string query = "") =>
        PostAsync(browser, "/account/login" + query, ("Input.Email", email), ("Input.Password", password));

    /// <summary>Runs a command beside the server, on its data.</summary>
    internal Task<(int Exit, string Output, string Error)> CommandAsync(string arguments, string input = "") => _app.RunAsync(arguments, input);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
