namespace CnnMrf.Pipeline.Blobs;

/// <summary>Where a blob lies.</summary>
/// <param name="Container">One of <see cref="BlobContainers"/>.</param>
/// <param name="Name">Name within the container; <c>/</c> separates folders. At most 1,024 characters.</param>
public readonly record struct BlobAddress(string Container, string Name)
{
    /// <summary><c>container/name</c>.</summary>
    public override string ToString() => $"{Container}/{Name}";
}
