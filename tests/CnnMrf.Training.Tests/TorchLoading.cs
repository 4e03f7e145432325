using System.Runtime.CompilerServices;
using CnnMrf.Engine.Native;

namespace CnnMrf.Training.Tests;

internal static class TorchLoading
{
    // Tests touch tensors before any part of the program that would load the native libraries by itself.
#pragma warning disable CA2255 // A module initializer is the one place that comes before every test.
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.EnsureLoaded();
#pragma warning restore CA2255
}
