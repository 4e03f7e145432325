using System.CommandLine;
using CnnMrf.Local.Serving;

namespace CnnMrf.Local.Options;

/// <summary>The options that say where pictures, results and messages are kept.</summary>
internal sealed class PlaceArguments
{
    /// <summary>Holds what <c>--storage</c> would, where other users of the machine shall not see it among the processes.</summary>
    internal const string StorageVariable = "CNNMRF_STORAGE";

    /// <summary>The data folder where none is given.</summary>
    internal const string DefaultFolder = "cnnmrf-data";

    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "DIR",
        Description = $"Keep everything in a folder of this machine; default: {DefaultFolder}.",
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        HelpName = "CONNECTION",
        Description = "Keep everything in Azure Storage or Azurite instead: a connection string, or an account's name and the identity "
            + $"that is signed in. Or set {StorageVariable}.",
    };

    /// <summary>Adds the options to a command.</summary>
    internal PlaceArguments(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_storage);
    }

    /// <summary>The place that was given, or the default.</summary>
    /// <exception cref="UsageException">Both are given, or one is empty.</exception>
    internal Place Resolve(ParseResult parsed)
    {
        var (data, storage) = (parsed.GetValue(_data), parsed.GetValue(_storage));
        if (data is not null && storage is not null)
        {
            throw new UsageException("--data and --storage exclude each other: give one");
        }

        if (data?.Trim().Length == 0 || storage?.Trim().Length == 0)
        {
            throw new UsageException($"{(data is null ? "--storage" : "--data")} is empty");
        }

        storage ??= data is null && Environment.GetEnvironmentVariable(StorageVariable) is { Length: > 0 } set ? set : null;
        return storage is null ? new FolderPlace(Path.GetFullPath(data ?? DefaultFolder)) : new AccountPlace(storage.Trim());
    }
}
