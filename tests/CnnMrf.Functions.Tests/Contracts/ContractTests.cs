using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace CnnMrf.Functions.Tests.Contracts;

/// <summary>The contracts say what the packages have, and no more than is used of them.</summary>
public sealed class ContractTests
{
    private const int MostLines = 300;

    [Fact]
    public void They_have_at_most_300_lines()
    {
        var lines = Directory.GetFiles(Path.Combine(Built.Repository, "tests", "contracts"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Sum(f => File.ReadLines(f).Count());

        Assert.InRange(lines, 1, MostLines);
    }

    [Fact]
    public void The_runtime_refuses_to_load_them() =>
        Assert.All(Built.Contracts, file => Assert.Throws<BadImageFormatException>(() => Assembly.LoadFrom(file)));

    [Fact]
    public void Every_member_is_used_by_somebody()
    {
        var used = Built.Users.SelectMany(References).ToHashSet();
        used.UnionWith(AttributeProperties());
        var sources = string.Join('\n', new[] { "functions", "pipeline/CnnMrf.ServiceBus" }
            .SelectMany(f => Directory.GetFiles(Path.Combine(Built.Repository, f), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText));
        using var reader = Built.Reader([]);

        var unused = Built.Contracts.Select(reader.LoadFromAssemblyPath).SelectMany(ContractMembers.Types).SelectMany(type =>
            ContractMembers.Of(type).Where(member => !IsUsed(member)).Select(member => $"{type.FullName}: {ContractMembers.Line(member)}"));

        Assert.Empty(unused);

        bool IsUsed(MemberInfo member) => member switch
        {
            // Constants leave no reference behind.
            FieldInfo field => Regex.IsMatch(sources, $@"\b{field.DeclaringType!.Name}\.{field.Name}\b"),
            PropertyInfo property => used.Contains(Key(property.DeclaringType!, "get_" + property.Name))
                || used.Contains(Key(property.DeclaringType!, "set_" + property.Name)),
            _ => used.Contains(Key(member.DeclaringType!, member.Name)),
        };
    }

    [Fact]
    public void Every_member_is_the_packages()
    {
        var declared = Declared(out var skipped);
        Assert.SkipWhen(declared.Count == 0, $"built on contracts only; the packages are not there to compare with ({skipped} types)");
        using var reader = Built.Reader(Built.RealFolders);
        var real = Built.RealFolders.SelectMany(f => Directory.EnumerateFiles(f, "*.dll")).Where(IsOfThePackages)
            .DistinctBy(Path.GetFileName)
            .SelectMany(f => Types(reader, f)).GroupBy(t => t.FullName!).ToDictionary(g => g.Key, g => g.First());

        var wrong = new List<string>();
        foreach (var (type, lines) in declared)
        {
            if (!real.TryGetValue(type, out var found))
            {
                wrong.Add($"there is no {type}");
                continue;
            }

            var has = ContractMembers.LinesOf(found);
            wrong.AddRange(lines.Where(line => !has.Contains(line) && !has.Contains(line + " set"))
                .Select(line => $"{type} has no {line}"));
        }

        Assert.Empty(wrong);
    }

    // What can be compared in this build: both, one, or none.
    private static Dictionary<string, List<string>> Declared(out int skipped)
    {
        using var reader = Built.Reader(Built.RealFolders);
        var declared = new Dictionary<string, List<string>>();
        skipped = 0;
        var all = Environment.GetEnvironmentVariable("CNNMRF_REAL_ASSEMBLIES") is { Length: > 0 };
        foreach (var (file, isThere) in Built.Contracts.Zip([Built.OnFunctionsPackages || all, Built.OnServiceBusPackages || all]))
        {
            foreach (var type in ContractMembers.Types(reader.LoadFromAssemblyPath(file)))
            {
                if (isThere)
                {
                    declared.Add(type.FullName!, [.. ContractMembers.Of(type).Select(ContractMembers.Line)]);
                }
                else
                {
                    skipped++;
                }
            }
        }

        return declared;
    }

    private static bool IsOfThePackages(string file) => Path.GetFileName(file) is var name
        && (name.StartsWith("Microsoft.DurableTask.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal) || name == "Azure.Messaging.ServiceBus.dll");

    private static Type[] Types(MetadataLoadContext reader, string file)
    {
        try
        {
            return [.. reader.LoadFromAssemblyPath(file).GetTypes().Where(t => t.IsPublic)];
        }
        catch (ReflectionTypeLoadException e)
        {
            return [.. e.Types.OfType<Type>().Where(t => t.IsPublic)];
        }
    }

    private static string Key(Type type, string member) => $"{type.FullName}.{member}";

    /// <summary>The members of other assemblies that an assembly's code names.</summary>
    private static IEnumerable<string> References(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                yield return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";
            }
        }
    }

    // What attributes set is no reference of the code's.
    private static IEnumerable<string> AttributeProperties() => Bindings.All
        .SelectMany(b => b.Attribute.NamedArguments.Select(a => Key(b.Attribute.AttributeType, "set_" + a.MemberName)));
}
