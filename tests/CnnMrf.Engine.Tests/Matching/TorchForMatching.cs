using System.Runtime.CompilerServices;
using CnnMrf.Engine.Native;

namespace CnnMrf.Engine.Tests.Matching;

internal static class TorchForMatching
{
    /// <summary>Before any test touches a tensor.</summary>
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.EnsureLoaded();
}
