namespace CnnMrf.Worker.Owning;

/// <summary>The level is no longer this worker's: whatever it still wanted to write must not be written.</summary>
internal sealed class OwnershipLostException(Exception? inner = null) : Exception("The lease on the level is lost.", inner);
