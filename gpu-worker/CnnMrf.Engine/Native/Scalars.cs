using TorchSharp;

namespace CnnMrf.Engine.Native;

/// <summary>
/// Numbers for tensor operations. TorchSharp turns a number into an object with a finalizer and hands its native pointer over without
/// keeping the object alive: a garbage collection in another thread may free it during the operation, which then computes with rubbish.
/// Those made here are kept until their thread has made many more.
/// </summary>
public static class Scalars
{
    private const int Kept = 256;

    [ThreadStatic]
    private static Scalar[]? _recent;

    [ThreadStatic]
    private static int _next;

    /// <summary>A number for the next operation of this thread.</summary>
    public static Scalar Of(double value) => Keep(value.ToScalar());

    /// <inheritdoc cref="Of(double)"/>
    /// <remarks>A whole number leaves tensors of integers what they are.</remarks>
    public static Scalar Of(long value) => Keep(value.ToScalar());

    private static Scalar Keep(Scalar scalar)
    {
        var recent = _recent ??= new Scalar[Kept];
        recent[_next] = scalar;
        _next = (_next + 1) % Kept;
        return scalar;
    }
}
