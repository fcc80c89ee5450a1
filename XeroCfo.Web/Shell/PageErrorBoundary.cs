using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace XeroCfo.Web.Shell;

/// <summary>What a page throws ends here: the person gets an error id, the log the same id with the trace.</summary>
public sealed class PageErrorBoundary(ILogger<PageErrorBoundary> log) : ErrorBoundaryBase
{
    private string _errorId = "";

    protected override Task OnErrorAsync(Exception exception)
    {
        _errorId = Guid.CreateVersion7().ToString("N")[^12..];
        log.LogError(exception, "A page failed, error id {ErrorId}", _errorId);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<PageFailed>(1);
        builder.AddComponentParameter(2, nameof(PageFailed.ErrorId), _errorId);
        builder.AddComponentParameter(3, nameof(PageFailed.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
