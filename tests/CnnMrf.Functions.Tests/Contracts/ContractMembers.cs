using System.Reflection;

namespace CnnMrf.Functions.Tests.Contracts;

/// <summary>What the contracts declare, each as a line that says all that a caller depends on.</summary>
internal static class ContractMembers
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The public types of an assembly.</summary>
    internal static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes().Where(t => t.IsPublic);

    /// <summary>The members that a contract's type declares.</summary>
    internal static IEnumerable<MemberInfo> Of(Type type) => type.GetMembers(Own).Where(Counts);

    /// <summary>The lines of a type's members, those that it inherits included.</summary>
    internal static IReadOnlySet<string> LinesOf(Type type) => type.GetMembers(Any).Where(Counts).Select(Line).ToHashSet();

    internal static string Line(MemberInfo member) => member switch
    {
        MethodBase method => $"{(method.IsStatic ? "static " : "")}{(method is MethodInfo m ? Name(m.ReturnType) : "")} {method.Name}"
            + $"({string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)}{(p.IsOptional ? "=" : "")}"))})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}{(property.SetMethod?.IsPublic == true ? " set" : "")}",
        FieldInfo field => $"{field.Name}={field.GetRawConstantValue()}",
        _ => member.Name,
    };

    private static bool Counts(MemberInfo member) => member switch
    {
        MethodInfo method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal),
        ConstructorInfo or PropertyInfo => true,
        FieldInfo field => field.IsLiteral,
        _ => false,
    };

    private static string Name(Type type) => type switch
    {
        { IsGenericParameter: true } => type.Name,
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        { IsGenericType: true } => $"{type.Namespace}.{type.Name}<{string.Join(",", type.GetGenericArguments().Select(Name))}>",
        _ => type.FullName ?? type.Name,
    };
}
