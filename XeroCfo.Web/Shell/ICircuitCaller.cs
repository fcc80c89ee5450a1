using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Shell;

/// <summary>Who sits behind this circuit, with the rights of this moment.</summary>
public interface ICircuitCaller
{
    Task<Caller> GetAsync();
}
