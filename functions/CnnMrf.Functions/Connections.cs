namespace CnnMrf.Functions;

/// <summary>The names of connections, in bindings and settings. <c>infra/</c> gives their settings.</summary>
internal static class Connections
{
    /// <summary>The storage account of uploads and syntheses: <c>Data__accountName</c>, …, or <c>Data</c> as a connection string.</summary>
    public const string Data = "Data";

    /// <summary>Service Bus: <c>ServiceBus__fullyQualifiedNamespace</c>, …, or <c>ServiceBus</c> as a connection string.</summary>
    public const string ServiceBus = "ServiceBus";

    /// <summary>Reads a connection as the Functions host does: a text is a connection string, a section names an account and an
    /// identity.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="name">The connection.</param>
    /// <param name="options">What the section is bound to.</param>
    /// <param name="useConnectionString">Takes the connection string.</param>
    public static void Bind(IConfiguration configuration, string name, object options, Action<string> useConnectionString)
    {
        var section = configuration.GetSection(name);
        section.Bind(options);
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            useConnectionString(section.Value);
        }
    }
}
