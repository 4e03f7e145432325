using System.Text.Json;

namespace CnnMrf.Infra.Tests.Bicep;

/// <summary>
/// What a parameters file would deploy: every module expanded and every expression evaluated that can be without Azure. What cannot, such
/// as an identity's id, stays an expression: <c>[reference(…)…]</c>.
/// </summary>
internal sealed class Deployment
{
    /// <summary>What people pass to azd: a deployer who may write, GPUs elsewhere.</summary>
    private static readonly Lazy<Deployment> DevelopmentOnce = new(() => new("main", new Dictionary<string, string?>
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "swedencentral",
        ["AZURE_PRINCIPAL_ID"] = DeployerId,
        ["CNNMRF_GPU_LOCATION"] = "westus3",
        ["CNNMRF_MAX_WORKERS"] = "3",
    }));

    private static readonly Lazy<Deployment> ProductionOnce = new(() => new("production", new Dictionary<string, string?>
    {
        ["AZURE_ENV_NAME"] = "prod",
        ["AZURE_LOCATION"] = "swedencentral",
        ["CNNMRF_MAX_WORKERS"] = "20",
        ["CNNMRF_WORKER_IMAGE"] = "example.azurecr.io/cnnmrf-worker:1",
        ["CNNMRF_ALERT_EMAIL"] = "operator@example.org",
    }));

    // Whoever runs the tests may have an environment of their own.
    private static readonly string[] Chosen =
    [
        "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE", "CNNMRF_ALERT_EMAIL", "CNNMRF_BATCH_SCHEDULE", "CNNMRF_GPU_LOCATION",
        "CNNMRF_GPU_PROFILE", "CNNMRF_MAX_WORKERS", "CNNMRF_WORKER_IMAGE",
    ];

    private readonly JsonElement _root;

    private Deployment(string parameters, Dictionary<string, string?> environment)
    {
        foreach (var name in Chosen)
        {
            environment.TryAdd(name, null);
        }

        var result = BicepCli.Run(
            environment, "snapshot", Repository.Path($"infra/{parameters}.bicepparam"), "--mode", "overwrite",
            "--location", "swedencentral", "--tenant-id", "00000000-0000-0000-0000-000000000002",
            "--subscription-id", "00000000-0000-0000-0000-000000000001");
        Assert.True(result.ExitCode == 0, result.Errors);
        Warnings = result.Output + result.Errors;
        _root = JsonDocument.Parse(Repository.Text($"infra/{parameters}.snapshot.json")).RootElement;
        Resources = [.. _root.GetProperty("predictedResources").EnumerateArray().Select(r => new Resource(r))];
    }

    internal const string DeployerId = "11111111-1111-1111-1111-111111111111";

    internal static Deployment Development => DevelopmentOnce.Value;

    internal static Deployment Production => ProductionOnce.Value;

    /// <summary>What the compiler said; it says nothing where nothing is wrong.</summary>
    internal string Warnings { get; }

    internal IReadOnlyList<Resource> Resources { get; }

    internal IReadOnlyList<JsonElement> Diagnostics => [.. _root.GetProperty("diagnostics").EnumerateArray()];

    internal IReadOnlyList<string> Outputs => [.. _root.GetProperty("outputs").EnumerateObject().Select(p => p.Name)];

    internal IReadOnlyList<Resource> Of(string type) => [.. Resources.Where(r => r.Type == type)];

    internal Resource Only(string type) => Assert.Single(Of(type));

    /// <summary>The storage account whose name begins so.</summary>
    internal Resource Account(string start) =>
        Of("Microsoft.Storage/storageAccounts").Single(a => a.Name.StartsWith(start, StringComparison.Ordinal));
}
