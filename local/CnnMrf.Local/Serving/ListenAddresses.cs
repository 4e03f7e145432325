using System.Net;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Local.Serving;

/// <summary>The addresses of <c>--urls</c>.</summary>
internal static class ListenAddresses
{
    private const string Expected = "expects such as http://0.0.0.0:7071 (for https, put a proxy before it)";

    /// <summary>Splits and checks them.</summary>
    /// <exception cref="UsageException">One is no address; for any name the server would listen on all addresses of this machine.</exception>
    internal static string[] Parse(string urls)
    {
        string[] all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (all.Length == 0)
        {
            throw new UsageException($"--urls '{urls}' is no list of addresses; {Expected}");
        }

        foreach (var url in all)
        {
            Check(url);
        }

        return all;
    }

    private static void Check(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--urls: '{url}' is no address; {Expected}", e);
        }

        if (address is { Scheme: "http", IsUnixPipe: true })
        {
            return;
        }

        if (address is not { Scheme: "http", PathBase: "" } || address.Port is < 0 or > ushort.MaxValue)
        {
            throw new UsageException($"--urls: '{url}' is no address; {Expected}");
        }

        if (address.Host is not ("localhost" or "*" or "+") && !IPAddress.TryParse(address.Host, out _))
        {
            throw new UsageException($"--urls: '{address.Host}' is a name; give an address of this machine to listen on, or 0.0.0.0 for all "
                + "of them, and the name by --allowed-hosts");
        }
    }
}
