using System.Security.Cryptography;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Infra.Tests.Hooks;

public sealed class WeightsHookTests : IDisposable
{
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData("weights"u8));
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Weights_of_this_machine_are_uploaded_with_their_hash()
    {
        Pulled();
        _stage.Answer("blob exists", "false");

        var result = _stage.Play("weights");

        Assert.True(result.ExitCode == 0, result.Errors);
        var call = Assert.Single(_stage.CallsOf("blob upload"));
        Assert.Contains($"--container-name {BlobContainers.Weights} --name vgg19.safetensors", call, StringComparison.Ordinal);
        Assert.Contains($"--metadata sha256={Hash}", call, StringComparison.Ordinal);
        Assert.Contains("--auth-mode login", call, StringComparison.Ordinal);
        Assert.Contains("--overwrite false", call, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_already_is_not_uploaded_again()
    {
        Pulled();
        _stage.Answer("blob exists", "true").Answer("blob show", Hash);

        Assert.Equal(0, _stage.Play("weights").ExitCode);
        Assert.Empty(_stage.CallsOf("blob upload"));
    }

    [Fact]
    public void Other_weights_of_the_same_name_are_replaced_only_when_asked_to()
    {
        Pulled();
        _stage.Answer("blob exists", "true").Answer("blob show", "another");

        var refused = _stage.Play("weights");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("CNNMRF_REPLACE_WEIGHTS=1", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(_stage.CallsOf("blob upload"));

        Assert.Equal(0, _stage.Play("weights", ("CNNMRF_REPLACE_WEIGHTS", "1")).ExitCode);
        Assert.Contains("--overwrite true", Assert.Single(_stage.CallsOf("blob upload")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blob exists")]
    [InlineData("blob show")]
    public void Nothing_is_replaced_where_it_cannot_be_told_what_is_there(string fails)
    {
        Pulled();
        _stage.Answer(fails, "", 1).Answer("blob exists", "true");

        var result = _stage.Play("weights", ("CNNMRF_REPLACE_WEIGHTS", "1"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Try again", result.Errors, StringComparison.Ordinal);
        Assert.Empty(_stage.CallsOf("blob upload"));
    }

    [Fact]
    public void Without_weights_it_says_what_is_used_then()
    {
        var result = _stage.Play("weights");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("the features of our own are used", result.Output, StringComparison.Ordinal);
        Assert.Empty(_stage.CallsOf("az "));
    }

    [Fact]
    public void A_right_that_is_not_known_yet_is_waited_for_and_then_named()
    {
        Pulled();
        _stage.Answer("container show", "", 1);

        var result = _stage.Play("weights");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, _stage.CallsOf("container show").Count);
        Assert.Contains("Storage Blob Data Contributor", result.Errors, StringComparison.Ordinal);
    }

    private void Pulled() => File.WriteAllText(Path.Combine(_stage.Weights, "vgg19.safetensors"), "weights");
}
