using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Shell;

/// <summary>Who sits behind this circuit, with the rights of this moment.</summary>
public interface ICircuitCaller
{
    Task<Caller> GetAsync();

    /// <summary>Reads the rights anew at the next <see cref="GetAsync"/>: after granting something to oneself.</summary>
    void Forget();
}
