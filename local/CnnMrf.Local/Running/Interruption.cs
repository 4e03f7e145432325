using System.Runtime.InteropServices;

namespace CnnMrf.Local.Running;

/// <summary>Ctrl-C and SIGTERM: the first asks to stop after the current iteration, a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly TextWriter _error;

    /// <summary>Listens from now on.</summary>
    internal Interruption(TextWriter error)
    {
        _error = error;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, OnSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The second time the default action stands, which ends the process.
        if (!_source.IsCancellationRequested)
        {
            context.Cancel = true;
            _error.WriteLine("stopping after this iteration; once more quits at once");
            _source.Cancel();
        }
    }
}
