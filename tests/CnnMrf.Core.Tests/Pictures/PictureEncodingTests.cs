using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Tests.Pictures;

public sealed class PictureEncodingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.png", 0x89)]
    [InlineData("a.JPG", 0xFF)]
    [InlineData("deep/folder/a.jpeg", 0xFF)]
    [InlineData("a.webp", (byte)'R')]
    public void The_extension_chooses_the_format(string name, byte first)
    {
        var path = Path.Combine(_folder, name);
        PictureCodec.Save(TestPictures.Constant(9, 9, 0.2f, 0.4f, 0.6f), path);
        Assert.Equal(first, File.ReadAllBytes(path)[0]);
        Assert.Equal([Path.GetFileName(name)], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void An_existing_file_is_replaced()
    {
        var path = Path.Combine(_folder, "a.png");
        PictureCodec.Save(TestPictures.Constant(9, 9, 0, 0, 0), path);
        PictureCodec.Save(TestPictures.Constant(9, 9, 1, 1, 1), path);
        Assert.Equal(1f, PictureCodec.Decode(path)[0, 0, 0]);
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.WebP)]
    public void The_same_picture_gives_the_same_bytes(PictureFormat format)
    {
        var picture = TestPictures.Random(40, 30, 8);
        Assert.Equal(PictureCodec.Encode(picture, format), PictureCodec.Encode(picture.Clone(), format));
    }

    [Fact]
    public void Values_are_rounded_to_nearest_and_clamped()
    {
        var picture = TestPictures.Constant(8, 8, -0.3f, 100.6f / 255, 1.7f);
        var decoded = PictureCodec.Decode(PictureCodec.Encode(picture, PictureFormat.Png));
        Assert.Equal([0f, 101 / 255f, 1f], decoded.Row(0)[..3].ToArray());
    }

    [Fact]
    public void A_value_that_is_not_a_number_is_refused()
    {
        var picture = TestPictures.Constant(8, 8, 0, float.NaN, 0);
        var exception = Assert.Throws<PictureException>(() => PictureCodec.Encode(picture, PictureFormat.Png));
        Assert.Contains("NaN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_extension_is_refused_with_those_known()
    {
        var path = Path.Combine(_folder, "a.tiff");
        var message = Assert.Throws<PictureException>(() => PictureCodec.Save(TestPictures.Constant(8, 8, 0, 0, 0), path)).Message;
        Assert.Contains(".png, .jpg, .jpeg and .webp", message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named_and_nothing_is_left_there()
    {
        var picture = TestPictures.Constant(8, 8, 0, 0, 0);
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "in the way");
        var inFile = Path.Combine(file, "a.png");
        var exception = Assert.Throws<PictureException>(() => PictureCodec.Save(picture, inFile));
        Assert.StartsWith($"{inFile} cannot be written", exception.Message, StringComparison.Ordinal);

        var folder = Directory.CreateDirectory(Path.Combine(_folder, "b.png")).FullName;
        exception = Assert.Throws<PictureException>(() => PictureCodec.Save(picture, folder));
        Assert.StartsWith($"{folder} cannot be written", exception.Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_full_disk_is_an_error()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Assert.Throws<IOException>(() => PictureCodec.Encode(TestPictures.Constant(8, 8, 0, 0, 0), full, PictureFormat.Png));
    }
}
