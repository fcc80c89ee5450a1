using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace XeroCfo.Tests;

/// <summary>
/// What a person does on a page under test. bUnit's methods of these names return before a page that is busy (a preview, a timer) has heard
/// of it; these return when the page has done what it does, so that what a test looks at next is true. They stand in the tests' outer
/// namespace, where the compiler prefers them to those of a using directive.
/// </summary>
internal static class Hands
{
    // A page whose answer the test itself holds back is not waited for longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Click(this IElement element) => Done(element.ClickAsync());

    public static void Change<T>(this IElement element, T value) => Done(element.ChangeAsync(value));

    public static void Input<T>(this IElement element, T value) => Done(element.InputAsync(value));

    public static void Submit(this IElement element) => Done(element.SubmitAsync());

    public static void KeyDown(this IElement element, Key key) => Done(element.KeyDownAsync(key));

    public static void KeyDown(this IElement element, KeyboardEventArgs key) => Done(element.KeyDownAsync(key));

    private static void Done(Task task)
    {
        if (((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience))
        {
            task.GetAwaiter().GetResult();
        }
    }
}
