namespace CnnMrf.Worker;

/// <summary>What a worker may choose. Checked when the host starts.</summary>
public sealed class WorkerOptions
{
    /// <summary>The section of a configuration that holds them.</summary>
    public const string Section = "Worker";

    /// <summary>What outcomes and progress call the worker; 1…128 characters.</summary>
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Levels computed at once, 1…64.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Threads of a level whose settings name no number, 1…1024; null: one a core.</summary>
    public int? Threads { get; set; }

    /// <summary>How long without work until the host is stopped; null: never.</summary>
    public TimeSpan? ExitWhenIdle { get; set; }

    /// <summary>How long one receive waits for a message.</summary>
    public TimeSpan ReceiveWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a level stays owned after its owner was last heard of. Within what the store can do; Azure: 15…60 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the lease is renewed; at most half of <see cref="LeaseDuration"/>.</summary>
    public TimeSpan LeaseRenewEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the message's lock is renewed; sooner where it would end sooner.</summary>
    public TimeSpan LockRenewEvery { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a worker that waits for a level looks whether it can own it.</summary>
    public TimeSpan OwnerPollEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often progress.json is written.</summary>
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a checkpoint and a preview are written; a kill costs this much at most.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the cancel marker is looked for.</summary>
    public TimeSpan CancelPollEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The first wait when store or queue cannot be reached; it doubles up to 16 times this.</summary>
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a failed level is kept back before it is tried again, times the number of failures.</summary>
    public TimeSpan FailureDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many different levels may fail one after the other until the worker takes the machine for broken and ends by an error, so that
    /// others take the rest, 1…1000; null: it never does.
    /// </summary>
    public int? ExitAfterFailures { get; set; } = 3;

    /// <summary>How long the last checkpoint may take when the host stops.</summary>
    public TimeSpan ShutdownTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Tensor bytes of a checkpoint beyond which only the image is kept.</summary>
    public long MaxCheckpointBytes { get; set; } = 256L << 20;

    /// <summary>Longest side of previews, px; 16…4096.</summary>
    public int PreviewSide { get; set; } = 768;

    /// <summary>Where weights from the store are kept; null: the user's cache folder, or the temporary folder where there is
    /// none.</summary>
    public string? WeightsFolder { get; set; }
}
