using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Infra.Tests.Hooks;

public sealed class EventGridHookTests : IDisposable
{
    private const string Key = "the-secret-key";
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Uploads_are_announced_to_the_function_with_the_blob_trigger()
    {
        Deployed().Answer("event-subscription show", "", 3);

        var result = _stage.Play("event-grid");

        Assert.True(result.ExitCode == 0, result.Errors);
        var call = Assert.Single(_stage.CallsOf("event-subscription create"));
        Assert.Contains(
            $"--endpoint https://func.example.org/runtime/webhooks/blobs?functionName=Host.Functions.Uploads&code={Key} ",
            call,
            StringComparison.Ordinal);
        Assert.Contains(
            $"--subject-begins-with /blobServices/default/containers/{BlobContainers.Uploads}/blobs/", call, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_that_exists_is_updated_since_the_key_may_be_new()
    {
        Deployed();

        Assert.Equal(0, _stage.Play("event-grid").ExitCode);
        Assert.Single(_stage.CallsOf("event-subscription update"));
        Assert.Empty(_stage.CallsOf("event-subscription create"));
    }

    [Fact]
    public void The_key_is_never_shown()
    {
        Deployed();

        var result = _stage.Play("event-grid");

        Assert.DoesNotContain(Key, result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_is_not_there_yet_is_waited_for_and_then_named()
    {
        _stage.Answer("function list", "None");

        var result = _stage.Play("event-grid");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, _stage.CallsOf("function list").Count);
        Assert.Contains("func has no function with a blob trigger after 3 attempts", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_does_not_answer_is_tried_again_and_the_failure_says_what_to_do()
    {
        Deployed().Answer("event-subscription update", "", 1);

        var result = _stage.Play("event-grid");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, _stage.CallsOf("event-subscription update").Count);
        Assert.Contains("Run this again once https://func.example.org answers", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_environment_it_says_which_variable_is_missing()
    {
        var result = _stage.Play("event-grid", ("CNNMRF_EVENT_TOPIC", null));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("CNNMRF_EVENT_TOPIC", result.Errors, StringComparison.Ordinal);
    }

    private Stage Deployed() => _stage.Answer("function list", "func/Uploads").Answer("keys list", Key);
}
