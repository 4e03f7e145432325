using CnnMrf.Core.Tensors;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Core.Tests.Tensors;

public sealed class SafetensorsProperties
{
    private static readonly Gen<TensorData> Tensor =
        from name in Gen.Elements("a", "b", "conv1.weight", "ü", "\"", "", "\n", "𝄞")
        from suffix in Gen.Choose(0, 999_999)
        from type in Gen.Elements(Enum.GetValues<TensorType>())
        from shape in Gen.Choose(0, 3).Select(side => (long)side).ListOf().Resize(4)
        let length = (int)(shape.Aggregate(1L, (product, side) => product * side) * type.Size())
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length)
        select new TensorData($"{name}{suffix}", type, [.. shape], bytes);

    private static readonly Gen<Content> Contents =
        from tensors in Tensor.ListOf().Resize(5)
        from metadata in Gen.Elements("k", "ключ", "", "\u0001").ListOf().Resize(3)
        select new Content(
            [.. tensors.DistinctBy(tensor => tensor.Name)],
            metadata.Distinct().ToDictionary(key => key, key => $"{key} of \\ \" and \u2028"));

    [Fact]
    public void What_is_written_is_read() => Prop.ForAll(Contents.ToArbitrary(), content =>
    {
        var file = SafetensorsFile.Read(content.Write());
        Assert.Equal(content.Tensors.Select(tensor => tensor.Name), file.Names);
        Assert.Equal(content.Metadata.OrderBy(entry => entry.Key), file.Metadata.OrderBy(entry => entry.Key));
        foreach (var tensor in content.Tensors)
        {
            Assert.Equal(tensor.Type, file[tensor.Name].Type);
            Assert.Equal(tensor.Shape, file[tensor.Name].Shape);
            Assert.Equal(tensor.Bytes.ToArray(), file.Bytes(tensor.Name).ToArray());
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_file_is_read_consistently_or_refused() =>
        Prop.ForAll(Damaged().ToArbitrary(), bytes =>
        {
            try
            {
                var file = SafetensorsFile.Read(bytes);
                Assert.Equal(bytes.Length, file.Header.FileLength);
                foreach (var name in file.Names)
                {
                    var info = file[name];
                    Assert.Equal(info.Length, info.Shape.Aggregate((long)info.Type.Size(), (product, side) => product * side));
                    Assert.Equal(info.Length, file.Bytes(name).Length);
                }
            }
            catch (SafetensorsException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Gen<byte[]> Damaged() =>
        from content in Contents
        from flips in Gen.Choose(0, 1_000_000).Zip(Gen.Choose(1, 255)).ListOf().Resize(4)
        from cut in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 20)))
        select Damage(content.Write(), flips, cut);

    private static byte[] Damage(byte[] bytes, IEnumerable<(int Where, int Mask)> flips, int cut)
    {
        foreach (var (where, mask) in flips) bytes[where % bytes.Length] ^= (byte)mask;
        return bytes[..Math.Max(0, bytes.Length - cut)];
    }

    private sealed record Content(TensorData[] Tensors, Dictionary<string, string> Metadata)
    {
        public byte[] Write()
        {
            var stream = new MemoryStream();
            SafetensorsWriter.Write(stream, Tensors, Metadata);
            return stream.ToArray();
        }
    }
}
