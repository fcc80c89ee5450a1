namespace XeroCfo.Domain.Primitives;

/// <summary>The settings of one capability. They are bound and checked once, before anything else happens.</summary>
public interface ISettings
{
    /// <summary>What is impossible about them: each a sentence that names the setting and the fix.</summary>
    IEnumerable<string> Faults();
}

/// <summary>
/// The product refuses to start, or a command to run. The message is one line for the person at the console: it names the setting or
/// file at fault and says what to do. Nothing was changed.
/// </summary>
public sealed class RefusedException(string message) : Exception(message);
