using System.Runtime.InteropServices;

namespace CnnMrf.Infra.Tests.Hooks;

public sealed class WorkerImageHookTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void The_image_is_published_with_cuda_used_by_the_job_and_remembered()
    {
        if (!CanPublish)
        {
            var refused = Play();
            Assert.Contains("Linux on x64", refused.Errors, StringComparison.Ordinal);
            return;
        }

        Registry().Answer("manifest show-metadata", "", 3).Answer("--expose-token", "the-token");

        var result = Play();

        Assert.True(result.ExitCode == 0, result.Errors);
        var publish = Assert.Single(_stage.CallsOf("dotnet publish"));
        Assert.Contains("--property:TorchBackend=cuda", publish, StringComparison.Ordinal);
        Assert.Contains("--property:ContainerImageTag=abc", publish, StringComparison.Ordinal);
        Assert.Single(_stage.CallsOf("job update --resource-group rg-test --name job --image registry.azurecr.io/cnnmrf-worker:abc"));
        Assert.Single(_stage.CallsOf("azd env set CNNMRF_WORKER_IMAGE registry.azurecr.io/cnnmrf-worker:abc"));
        Assert.DoesNotContain("the-token", result.Output + result.Errors + publish, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_there_is_not_built_again()
    {
        Registry();

        Assert.Equal(CanPublish ? 0 : 1, Play().ExitCode);
        Assert.Empty(_stage.CallsOf("dotnet publish"));
        Assert.Equal(CanPublish ? 1 : 0, _stage.CallsOf("job update").Count);
    }

    [Fact]
    public void The_job_keeps_its_image_when_publishing_fails()
    {
        Registry().Answer("manifest show-metadata", "", 3).Answer("dotnet publish", "", 1);

        Assert.NotEqual(0, Play().ExitCode);
        Assert.Empty(_stage.CallsOf("job update"));
        Assert.Empty(_stage.CallsOf("azd env set"));
    }

    private static bool CanPublish => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    private Stage Registry() => _stage.Answer("acr show", "registry.azurecr.io");

    private CommandResult Play() => _stage.Play("worker-image", ("CNNMRF_WORKER_TAG", "abc"));
}
