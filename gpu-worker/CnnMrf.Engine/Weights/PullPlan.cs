using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>Bytes [<paramref name="Start"/>, <paramref name="End"/>) of the remote file.</summary>
internal readonly record struct ByteSpan(long Start, long End)
{
    public long Length => End - Start;
}

/// <summary>
/// Which bytes of the remote file come next: the header's length, the header, then the wanted tensors in the file's order, neighbours in
/// one span. Each step follows from the bytes before it.
/// </summary>
internal sealed class PullPlan(PartialFile part, string source, VggLayer deepest)
{
    private long? _dataStart;
    private List<ByteSpan> _spans = [];

    /// <summary>The remote header; null until all of it has come.</summary>
    public SafetensorsHeader? Header { get; private set; }

    /// <summary>Bytes wanted in all; null until the header is known.</summary>
    public long? Wanted => Header is null ? null : _dataStart + _spans.Sum(span => span.Length);

    /// <summary>The next bytes to fetch, to be appended to the partial file; null when all are there.</summary>
    /// <exception cref="SafetensorsException">What has come is no safetensors file.</exception>
    /// <exception cref="WeightsException">It is no network of VGG-19's shape, or not deep enough.</exception>
    public ByteSpan? Next()
    {
        var have = part.Length;
        var length = part.Journal?.Identity.Length ?? long.MaxValue;
        if (length < SafetensorsHeader.PrefixLength) throw new SafetensorsException($"{source}: {length} bytes are no safetensors file.");
        if (have < SafetensorsHeader.PrefixLength) return new ByteSpan(have, SafetensorsHeader.PrefixLength);
        _dataStart ??= SafetensorsHeader.PrefixLength
            + SafetensorsHeader.ParseLength(part.Read(0, SafetensorsHeader.PrefixLength), source);
        if (_dataStart > length)
            throw new SafetensorsException($"{source}: truncated: its header would end at byte {_dataStart} of {length}.");
        if (have < _dataStart) return new ByteSpan(have, _dataStart.Value);
        if (Header is null) ReadHeader();
        var position = _dataStart.Value;
        foreach (var span in _spans)
        {
            if (have < position + span.Length) return span with { Start = span.Start + (have - position) };
            position += span.Length;
        }

        return null;
    }

    /// <summary>The bytes of a wanted tensor, once all have come.</summary>
    public byte[] Bytes(TensorInfo info)
    {
        var start = Header!.DataStart + info.Offset;
        var position = _dataStart!.Value;
        foreach (var span in _spans)
        {
            if (start >= span.Start && start + info.Length <= span.End) return part.Read(position + start - span.Start, info.Length);
            position += span.Length;
        }

        throw new InvalidOperationException($"Tensor '{info.Name}' was not pulled.");
    }

    private void ReadHeader()
    {
        var json = part.Read(SafetensorsHeader.PrefixLength, _dataStart!.Value - SafetensorsHeader.PrefixLength);
        var header = SafetensorsHeader.Parse(json, source);
        if (part.Journal?.Identity.Length is { } length) header.RequireFileLength(length);
        var tensors = WeightsReader.Convolutions(header, deepest)
            .SelectMany(convolution => new[] { header[convolution.WeightName], header[convolution.BiasName] })
            .OrderBy(tensor => tensor.Offset);
        _spans = Coalesce(tensors.Select(tensor =>
            new ByteSpan(header.DataStart + tensor.Offset, header.DataStart + tensor.Offset + tensor.Length)));
        Header = header;
    }

    private static List<ByteSpan> Coalesce(IEnumerable<ByteSpan> ascending)
    {
        var spans = new List<ByteSpan>();
        foreach (var span in ascending)
        {
            if (spans.Count > 0 && spans[^1].End == span.Start) spans[^1] = spans[^1] with { End = span.End };
            else spans.Add(span);
        }

        return spans;
    }
}
