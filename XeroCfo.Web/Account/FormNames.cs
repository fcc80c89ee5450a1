using Microsoft.Extensions.Primitives;

namespace XeroCfo.Web.Account;

/// <summary>
/// Blazor wants to be told which form of a page was sent. Ours have one each, and their contract is the visible fields alone, so the
/// name is filled in. A ticked box may also arrive as the browser's own "on".
/// </summary>
internal sealed class FormNames(RequestDelegate next)
{
    /// <summary>The name of every form on the account pages.</summary>
    public const string Name = "account";
    private const string Handler = "_handler";
    private const string Box = "Input.RememberMe";

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && request.HasFormContentType && AccountRoutes.TakesSecrets(request.Path))
        {
            var fields = (await request.ReadFormAsync(context.RequestAborted)).ToDictionary(field => field.Key, field => field.Value);
            fields.TryAdd(Handler, Name);
            if (fields.TryGetValue(Box, out var ticked))
            {
                fields[Box] = ticked.ToString() is "on" ? new StringValues("true") : ticked;
            }

            request.Form = new FormCollection(fields);
        }

        await next(context);
    }
}
