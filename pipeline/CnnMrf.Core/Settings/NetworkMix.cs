using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Core.Settings;

/// <summary>A network's share in a feature space.</summary>
/// <param name="Network">Which one.</param>
/// <param name="Weights">W: one, or one a level from coarse to fine, the last one repeated; 0 leaves the network out there.</param>
public sealed record NetworkShare(NetworkKind Network, Values<double> Weights)
{
    /// <summary>The weight at a level; 0 is the coarsest.</summary>
    public double At(int level) => Weights[Math.Min(level, Weights.Count - 1)];

    /// <summary><c>narrow:0.3/0.6/1</c>; a weight of 1 is left out.</summary>
    public override string ToString() => Weights is [1]
        ? NetworkMix.Word(Network)
        : $"{NetworkMix.Word(Network)}:{string.Join('/', Weights.Select(w => w.ToString(CultureInfo.InvariantCulture)))}";
}

/// <summary>
/// A feature space as settings name it: networks whose features, each scaled to unit mean norm and then weighted, stand side by side. A
/// network alone is taken as it is. Compared by value; in JSON and on the command line a text, <c>weights,narrow:0.3/0.6/1/2</c> or
/// <c>auto</c>.
/// </summary>
[JsonConverter(typeof(NetworkMixConverter))]
public sealed class NetworkMix : IReadOnlyList<NetworkShare>, IEquatable<NetworkMix>
{
    private const string Expects = "expects auto, or networks with weights like weights,narrow:0.3/0.6/1";

    private readonly NetworkShare[] _shares;

    /// <summary>Takes the networks in the given order.</summary>
    public NetworkMix(params IEnumerable<NetworkShare> shares) => _shares = [.. shares];

    /// <summary>Left to the preset and the weights at hand.</summary>
    public static NetworkMix Auto { get; } = new();

    /// <summary>The network that <see cref="SynthesisSettings.Weights"/> names, alone.</summary>
    public static NetworkMix Weights { get; } = new(new NetworkShare(NetworkKind.Weights, [1.0]));

    /// <summary>True for <see cref="Auto"/>.</summary>
    public bool IsAuto => _shares.Length == 0;

    /// <inheritdoc/>
    public int Count => _shares.Length;

    /// <inheritdoc/>
    public NetworkShare this[int index] => _shares[index];

    /// <summary>The networks that take part at a level, with their weights; 0 is the coarsest.</summary>
    public IEnumerable<(NetworkKind Network, double Weight)> At(int level) =>
        _shares.Select(s => (s.Network, Weight: s.At(level))).Where(s => s.Weight > 0);

    /// <summary>The networks that take part at some level.</summary>
    public IEnumerable<NetworkKind> Networks => _shares.Where(s => s.Weights.Any(w => w > 0)).Select(s => s.Network);

    /// <summary>Reads <c>auto</c> or <c>weights,narrow:0.3/0.6/1/2</c>; a weight left out is 1.</summary>
    /// <exception cref="SettingsException">A network or a weight cannot be read.</exception>
    public static NetworkMix Parse(string text, string field = "matchSpace")
    {
        if (text.Trim() == "auto")
        {
            return Auto;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new SettingsException(field, $"names no network; {Expects}");
        }

        return new(text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var network = Network(colon < 0 ? part : part[..colon], field);
            return new NetworkShare(network, colon < 0 ? [1.0] : new(
                [.. part[(colon + 1)..].Split('/', StringSplitOptions.TrimEntries).Select(w => Weight(w, network, field))]));
        }));
    }

    /// <inheritdoc/>
    public IEnumerator<NetworkShare> GetEnumerator() => ((IEnumerable<NetworkShare>)_shares).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _shares.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(NetworkMix? other) => other is not null && _shares.AsSpan().SequenceEqual(other._shares);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetworkMix);

    /// <inheritdoc/>
    public override int GetHashCode() => _shares.Aggregate(_shares.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => IsAuto ? "auto" : string.Join<NetworkShare>(',', _shares);

    internal static string Word(NetworkKind network) => JsonNamingPolicy.KebabCaseLower.ConvertName(network.ToString());

    private static NetworkKind Network(string word, string field)
    {
        foreach (var network in Enum.GetValues<NetworkKind>())
        {
            if (Word(network) == word)
            {
                return network;
            }
        }

        throw new SettingsException(
            field, $"'{word}' is no network: name {string.Join(", ", Enum.GetValues<NetworkKind>().Select(Word))}");
    }

    private static double Weight(string text, NetworkKind network, string field) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : throw new SettingsException(
                field, $"'{text}' is no weight: write {Word(network)}:0.5, or one a level, {Word(network)}:0.3/0.6/1");
}

internal sealed class NetworkMixConverter : JsonConverter<NetworkMix>
{
    public override NetworkMix Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? NetworkMix.Parse(reader.GetString()!, "space")
            : throw new JsonException("expects auto, or networks with weights in a text like \"weights,narrow:0.3/0.6/1\"");

    public override void Write(Utf8JsonWriter writer, NetworkMix value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
