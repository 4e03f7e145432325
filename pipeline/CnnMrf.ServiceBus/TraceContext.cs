using System.Diagnostics;

namespace CnnMrf.ServiceBus;

/// <summary>How a trace travels with a message.</summary>
internal static class TraceContext
{
    /// <summary>By the name that the SDK and the Functions host use too: what receives the message there is part of the trace.</summary>
    internal const string Property = "Diagnostic-Id";

    /// <summary>The sender's trace; null where it gave none, or none that can be read.</summary>
    internal static string? Of(IReadOnlyDictionary<string, object> properties) =>
        properties.TryGetValue(Property, out var value) && value is string text && ActivityContext.TryParse(text, null, out _)
            ? text
            : null;
}
