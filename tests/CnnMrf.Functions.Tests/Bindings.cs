using System.Reflection;

namespace CnnMrf.Functions.Tests;

/// <summary>A binding of a function.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Method">What runs.</param>
/// <param name="Parameter">What is bound.</param>
/// <param name="Attribute">By what.</param>
internal sealed record Binding(string Function, MethodInfo Method, ParameterInfo Parameter, CustomAttributeData Attribute)
{
    internal string Kind => Attribute.AttributeType.Name.Replace("Attribute", "", StringComparison.Ordinal);

    /// <summary>The first argument of the attribute's constructor.</summary>
    internal string? First => Attribute.ConstructorArguments is [{ Value: string text }, ..] ? text : null;

    /// <summary>A named argument.</summary>
    internal object? Named(string name) =>
        Attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).SingleOrDefault();
}

/// <summary>The functions of the app and what they are bound to, read from its assembly.</summary>
internal static class Bindings
{
    private const BindingFlags Methods = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>Every function.</summary>
    internal static IReadOnlyList<(string Name, MethodInfo Method)> Functions { get; } =
    [
        .. Built.Functions.GetTypes().SelectMany(t => t.GetMethods(Methods))
            .Select(m => (Attribute: m.CustomAttributes.SingleOrDefault(a => a.AttributeType.Name == "FunctionAttribute"), Method: m))
            .Where(m => m.Attribute is not null).Select(m => ((string)m.Attribute!.ConstructorArguments[0].Value!, m.Method)),
    ];

    /// <summary>Every binding of theirs.</summary>
    internal static IReadOnlyList<Binding> All { get; } =
    [
        .. Functions.SelectMany(f => f.Method.GetParameters().SelectMany(p => p.CustomAttributes
            .Where(a => a.AttributeType.Namespace == "Microsoft.Azure.Functions.Worker").Select(a => new Binding(f.Name, f.Method, p, a)))),
    ];

    /// <summary>Those of a kind, such as <c>HttpTrigger</c>.</summary>
    internal static IReadOnlyList<Binding> Of(string kind) => [.. All.Where(b => b.Kind == kind)];
}
