using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>What to pull, from where, to where.</summary>
public sealed record PullRequest
{
    /// <summary>Torchvision's VGG-19 on the Hugging Face hub.</summary>
    public static Uri DefaultSource { get; } = new("https://huggingface.co/timm/vgg19.tv_in1k/resolve/main/model.safetensors");

    /// <summary>A safetensors file with torchvision's names, by http or https.</summary>
    public Uri Source { get; init; } = DefaultSource;

    /// <summary>The deepest layer wanted; relu4_2 makes 24 MB of the default source, relu5_4 80 MB.</summary>
    public VggLayer Deepest { get; init; } = VggArchitecture.Parse("relu4_2");

    /// <summary>The file to write; null: <see cref="WeightsStore.VggPath"/> of the user's store.</summary>
    public string? Target { get; init; }

    /// <summary>What the source's first convolution expects, where its metadata does not say.</summary>
    public InputConvention Input { get; init; } = InputConvention.Torchvision;

    /// <summary>The pooling that the source was trained with, where its metadata does not say.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Max;

    /// <summary>Fetch even if the target holds weights from this source that are deep enough.</summary>
    public bool Refresh { get; init; }

    /// <summary>Failures in a row without a byte of progress after which to give up, ≥ 1.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>A connection that gives nothing for so long counts as a failure.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>How far a pull is.</summary>
/// <param name="BytesHeld">Bytes had so far, those of an earlier broken-off pull included.</param>
/// <param name="BytesWanted">Bytes wanted in all; null until the file's header is known.</param>
/// <param name="Note">What a person should know, such as a retry; null for mere progress.</param>
public sealed record PullProgress(long BytesHeld, long? BytesWanted, string? Note = null);

/// <summary>What a pull did.</summary>
/// <param name="Path">The file written.</param>
/// <param name="Weights">Its checked content.</param>
/// <param name="Revision">The revision of the source: its commit, else its ETag, else its date.</param>
/// <param name="BytesReceived">Bytes of file content received in this pull; 0 where the target was there already.</param>
/// <param name="BytesReused">Bytes kept from an earlier broken-off pull.</param>
public sealed record PullResult(string Path, WeightsFile Weights, string Revision, long BytesReceived, long BytesReused);
