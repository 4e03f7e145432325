namespace CnnMrf.Pipeline.Json;

/// <summary>A document that cannot be read: damaged, incomplete, or of a version unknown to this program.</summary>
public sealed class DocumentException(string message, Exception? inner = null) : Exception(message, inner);
