using YamlDotNet.RepresentationModel;

namespace CnnMrf.Infra.Tests.Deploying;

/// <summary>A YAML file, read by paths: names, or places in a list, between slashes.</summary>
internal sealed class YamlFile
{
    private readonly YamlNode _root;

    private YamlFile(YamlNode root) => _root = root;

    internal static YamlFile Read(string relative)
    {
        using var reader = new StringReader(Repository.Text(relative));
        var stream = new YamlStream();
        stream.Load(reader);
        return new(stream.Documents.Single().RootNode);
    }

    internal string Text(string path) => ((YamlScalarNode)At(path)!).Value!;

    internal IReadOnlyList<string> Keys(string path) =>
        [.. ((YamlMappingNode)At(path)!).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];

    /// <summary>The texts of a list; none where there is no list.</summary>
    internal IReadOnlyList<string> Items(string path) =>
        At(path) is YamlSequenceNode list ? [.. list.Select(item => ((YamlScalarNode)item).Value!)] : [];

    private YamlNode? At(string path) => path.Split('/').Aggregate((YamlNode?)_root, (at, step) => at switch
    {
        YamlMappingNode map => map.Children.TryGetValue(step, out var value) ? value : null,
        YamlSequenceNode list => list[int.Parse(step, null)],
        _ => null,
    });
}
