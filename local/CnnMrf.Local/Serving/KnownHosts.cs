using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Local.Serving;

/// <summary>
/// The hosts that requests may be for. A page elsewhere may have a name of its own resolve to this machine; its browser then takes the
/// server for that page's own. Addresses cannot be usurped so.
/// </summary>
/// <param name="names">Names that are allowed, besides addresses, <c>localhost</c> and this machine's own name.</param>
internal sealed class KnownHosts(IEnumerable<string> names)
{
    private readonly HashSet<string> _names =
        new([.. names.Select(Ascii), "localhost", Environment.MachineName, Environment.MachineName + ".local"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits <c>--allowed-hosts</c>.</summary>
    /// <exception cref="UsageException">One is no name of a host.</exception>
    internal static string[] Parse(string? hosts)
    {
        string[] all = hosts?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return all.FirstOrDefault(h => Uri.CheckHostName(h) == UriHostNameType.Unknown) is not { } wrong ? all
            : throw new UsageException($"--allowed-hosts: '{wrong}' is no name of a host; expects such as pictures.example.org");
    }

    /// <summary>Whether a request may be for a host; browsers always name one.</summary>
    internal bool Know(HostString host) =>
        !host.HasValue || _names.Contains(host.Host) || IPAddress.TryParse(host.Host, out _);

    // Browsers send names of other scripts so.
    private static string Ascii(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>Refuses all other requests.</summary>
    internal void Guard(IApplicationBuilder app) => app.Use(next => context => Know(context.Request.Host)
        ? next(context)
        : TypedResults.Problem(
            $"This server does not answer for the host '{context.Request.Host.Host}'. If it is a name of this machine, start cnnmrf serve "
                + "with --allowed-hosts.",
            statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context));
}
