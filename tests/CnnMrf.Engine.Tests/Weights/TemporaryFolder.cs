namespace CnnMrf.Engine.Tests.Weights;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cnnmrf-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public IEnumerable<string?> Names => Directory.EnumerateFileSystemEntries(_folder.FullName).Select(Path.GetFileName).Order();

    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
