using CnnMrf.Core.Pictures;
using CnnMrf.Training.Evaluation;

namespace CnnMrf.Training.Tests.Evaluation;

public sealed class PictureFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pictures_are_read_with_their_landmarks()
    {
        Fill("""{ "a.png": { "eye.left": [0.25, 0.5], "nose": [0.5, 1] }, "b.png": { "eye.left": [0.3, 0.4], "nose": [0, 0.6] } }""");
        var pictures = PictureFolder.Read(_folder);
        Assert.Equal(["a.png", "b.png", "c.png"], pictures.Select(p => p.Name));
        Assert.Equal(new(0.25, 0.5), pictures[0].Landmarks["eye.left"]);
        Assert.Empty(pictures[2].Landmarks);
        Assert.Equal(12, pictures[0].Picture.Width);
    }

    [Theory]
    [InlineData("""{ "a.png": [1, 2] }""", "is not of the form")]
    [InlineData("""{ "a.png": null }""", "is not of the form")]
    [InlineData("[", "is not of the form")]
    [InlineData("""{ "x.png": { "nose": [0.5, 0.5] } }""", "x.png, which is not in the folder")]
    [InlineData("""{ "a.png": { "nose": [0.5, 1.5] }, "b.png": { "nose": [0.5, 0.5] } }""", "nose of a.png lies at [0.5, 1.5]")]
    [InlineData("""{ "a.png": { "nose": [0.5] }, "b.png": { "nose": [0.5, 0.5] } }""", "nose of a.png lies at [0.5]")]
    [InlineData("""{ "a.png": { "nose": [0, 0], "eye.lft": [0, 0] }, "b.png": { "nose": [0, 1] } }""", "eye.lft is marked in a.png only")]
    public void Landmarks_that_cannot_be_used_are_refused_by_name(string json, string says)
    {
        Fill(json);
        var message = Refusal(_folder);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Contains(PictureFolder.LandmarksFile, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_refused()
    {
        Assert.Contains("no picture", Refusal(_folder), StringComparison.Ordinal);
        Assert.Contains("is no folder", Refusal(Path.Combine(_folder, "none")), StringComparison.Ordinal);
    }

    private static string Refusal(string folder) => Assert.Throws<EvaluationException>(() => PictureFolder.Read(folder)).Message;

    private void Fill(string landmarks)
    {
        foreach (var name in new[] { "c.png", "a.png", "b.png" })
        {
            PictureCodec.Save(new(12, 10), Path.Combine(_folder, name));
        }

        File.WriteAllText(Path.Combine(_folder, PictureFolder.LandmarksFile), landmarks);
    }
}
