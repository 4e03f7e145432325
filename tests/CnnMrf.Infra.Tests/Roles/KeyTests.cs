using CnnMrf.Infra.Tests.Bicep;

namespace CnnMrf.Infra.Tests.Roles;

/// <summary>Identities only: where a key could be used, it is turned off.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", false)]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", false)]
    [InlineData("Microsoft.ServiceBus/namespaces", "disableLocalAuth", true)]
    [InlineData("Microsoft.ContainerRegistry/registries", "adminUserEnabled", false)]
    [InlineData("Microsoft.ContainerRegistry/registries", "anonymousPullEnabled", false)]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth", true)]
    [InlineData("Microsoft.OperationalInsights/workspaces", "features/disableLocalAuth", true)]
    [InlineData("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", false)]
    public void No_key_opens_anything(string type, string property, bool expected)
    {
        var resources = Deployment.Development.Of(type);

        Assert.NotEmpty(resources);
        Assert.All(resources, r => Assert.Equal(expected, r.Flag("properties/" + property)));
    }

    [Theory]
    [InlineData("listKeys")]
    [InlineData("AccountKey")]
    [InlineData("SharedAccessKey")]
    [InlineData("\"sharedKey\"")]
    public void No_setting_holds_one(string mark) =>
        Assert.All(Deployment.Development.Resources, r => Assert.DoesNotContain(mark, r.ToString(), StringComparison.OrdinalIgnoreCase));
}
