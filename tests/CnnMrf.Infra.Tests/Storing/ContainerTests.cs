using CnnMrf.Infra.Tests.Bicep;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Infra.Tests.Storing;

public sealed class ContainerTests
{
    private static readonly Deployment Deployment = Deployment.Development;

    private static Resource Data => Deployment.Account("stdata");

    private static Resource Rule => Deployment.Only("Microsoft.Storage/storageAccounts/managementPolicies");

    [Fact]
    public void The_data_account_has_the_containers_of_the_code() => Assert.Equal(
        BlobContainers.All.Order(),
        Deployment.Of("Microsoft.Storage/storageAccounts/blobServices/containers").Where(c => c.IsIn(Data)).Select(c => c.Name).Order());

    [Fact]
    public void The_host_keeps_its_own_in_another_account()
    {
        var containers = Deployment.Of("Microsoft.Storage/storageAccounts/blobServices/containers");

        Assert.Equal(["deployments"], containers.Where(c => c.IsIn(Deployment.Account("sthost"))).Select(c => c.Name));
    }

    [Fact]
    public void Intermediate_tensors_are_deleted_by_their_tag_and_nothing_else_is()
    {
        const string definition = "properties/policy/rules/0/definition";
        Assert.Equal(1, Rule["properties/policy/rules"].GetArrayLength());
        Assert.Equal(BlobContainers.Syntheses + "/", Rule.Text($"{definition}/filters/prefixMatch/0"));
        Assert.Equal(IntermediateBlobs.TagName, Rule.Text($"{definition}/filters/blobIndexMatch/0/name"));
        Assert.Equal("==", Rule.Text($"{definition}/filters/blobIndexMatch/0/op"));
        Assert.Equal(IntermediateBlobs.TagValue, Rule.Text($"{definition}/filters/blobIndexMatch/0/value"));
    }

    [Fact]
    public void No_tensor_is_deleted_while_its_level_may_still_be_computed()
    {
        var days = Rule.Number("properties/policy/rules/0/definition/actions/baseBlob/delete/daysAfterModificationGreaterThan");

        Assert.True(TimeSpan.FromDays(days) > new WorkflowTiming().LevelBudget);
    }

    [Fact]
    public void Tensors_of_levels_are_intermediate_and_results_inputs_and_weights_are_not()
    {
        Assert.True(SynthesisId.TryParse("meadow-0123456789abcdef", out var id));
        var run = BlobLayout.Run(new(id, 1));
        var level = run.Level(2);

        Assert.All([level.Image, level.Checkpoint], blob => Assert.True(IntermediateBlobs.Contains(blob)));
        Assert.All(
            [
                run.Result, run.Report, run.Plan, run.Input("content.png"), run.Input("content.safetensors"), level.Outcome, level.Owner, level.Preview,
                BlobLayout.WeightsFile("vgg19"),
            ],
            blob => Assert.False(IntermediateBlobs.Contains(blob)));
    }

    [Fact]
    public void Overwritten_checkpoints_are_not_kept()
    {
        var service = Deployment.Of("Microsoft.Storage/storageAccounts/blobServices").Single(s => s.IsIn(Data));

        Assert.False(service.Flag("properties/isVersioningEnabled"));
        Assert.False(service.Flag("properties/deleteRetentionPolicy/enabled"));
    }
}
