using System.Text.Json;

namespace CnnMrf.Engine.Weights;

/// <summary>What a broken-off pull leaves beside its bytes.</summary>
/// <param name="Source">The address.</param>
/// <param name="Deepest">The deepest layer wanted: it decides which bytes follow each other in the partial file.</param>
/// <param name="Identity">Which version of the file the bytes belong to.</param>
internal sealed record PullJournal(string Source, string Deepest, SourceIdentity Identity);

/// <summary>
/// The wanted bytes that have come so far, one after the other as <see cref="PullPlan"/> orders them, and a journal that says of what
/// they are. Its length is all the state there is, so a pull may be broken off anywhere.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;

    private PartialFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    public PullJournal? Journal { get; private set; }

    public long Length => _stream.Length;

    private string JournalPath => _path + ".json";

    /// <summary>Opens the partial file beside the target; an earlier pull's bytes are kept if of the same source and depth.</summary>
    public static PartialFile Open(string target, string source, string deepest)
    {
        var path = target + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new WeightsException($"{path}: in use; another pull seems to be at work. Wait for it, or delete the file.", e);
        }

        var part = new PartialFile(path, stream);
        try
        {
            part.Journal = part.ReadJournal();
            if (part.Journal is not { Identity.IsCertain: true } journal || journal.Source != source || journal.Deepest != deepest)
                part.Reset();
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    public void Begin(PullJournal journal)
    {
        File.WriteAllText(JournalPath, JsonSerializer.Serialize(journal));
        Journal = journal;
    }

    public void Append(ReadOnlySpan<byte> bytes) => RandomAccess.Write(_stream.SafeFileHandle, bytes, _stream.Length);

    public byte[] Read(long position, long length)
    {
        var bytes = new byte[length];
        _stream.Position = position;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Forgets everything: the source is another than before.</summary>
    public void Reset()
    {
        _stream.SetLength(0);
        Journal = null;
        File.Delete(JournalPath);
    }

    /// <summary>Closes and deletes both files.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(_path);
        File.Delete(JournalPath);
    }

    /// <summary>Closes; what has come stays, but an empty file does not.</summary>
    public void Dispose()
    {
        if (!_stream.CanRead) return;
        var empty = _stream.Length == 0;
        _stream.Dispose();
        if (!empty) return;
        File.Delete(_path);
        File.Delete(JournalPath);
    }

    private PullJournal? ReadJournal()
    {
        try
        {
            return File.Exists(JournalPath) ? JsonSerializer.Deserialize<PullJournal>(File.ReadAllText(JournalPath)) : null;
        }
        catch (JsonException)
        {
            return null; // Torn by a crash: start over.
        }
    }
}
