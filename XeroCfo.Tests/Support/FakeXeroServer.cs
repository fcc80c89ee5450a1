using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Support;

/// <summary>The fake Xero behind a real port on 127.0.0.1, for tests that want sockets, cut bodies and time-outs.</summary>
public sealed class FakeXeroServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeXeroServer(FakeXero xero, WebApplication application)
    {
        (Xero, _application) = (xero, application);
        BaseAddress = new Uri(application.Urls.First() + "/");
    }

    public FakeXero Xero { get; }

    /// <summary>The root: the API lies under api.xro/2.0/, tokens under connect/token.</summary>
    public Uri BaseAddress { get; }

    public static async Task<FakeXeroServer> StartAsync(FakeXero xero)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(context => AnswerAsync(xero, context));
        await application.StartAsync();
        return new FakeXeroServer(xero, application);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task AnswerAsync(FakeXero xero, HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var answer = xero.Answer(FakeRequest.From(
            context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", headers, await reader.ReadToEndAsync(context.RequestAborted)));
        if (answer.NeverComes)
        {
            await context.RequestAborted.WaitHandle.WaitOneAsync();
            return;
        }

        if (answer.SentShare == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var body = Encoding.UTF8.GetBytes(answer.Body);
        if (answer.Status != 204)
        {
            context.Response.ContentLength = body.Length;
        }

        await context.Response.Body.WriteAsync(body.AsMemory(0, (int)(body.Length * answer.SentShare)));
        if (answer.SentShare < 1)
        {
            await context.Response.Body.FlushAsync();
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        }
    }
}

file static class Waiting
{
    public static Task WaitOneAsync(this WaitHandle handle)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.RegisterWaitForSingleObject(handle, (_, _) => done.TrySetResult(), null, Timeout.Infinite, executeOnlyOnce: true);
        return done.Task;
    }
}
