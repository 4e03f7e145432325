using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CnnMrf.Api.Endpoints;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Uploads;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Functions.Tests.Registration;

/// <summary>Everything that the pipeline and the API have is a function, by its own name.</summary>
public sealed class FunctionTests
{
    private static readonly IReadOnlyList<string> Activities =
    [
        .. new[] { typeof(SynthesisActivities), typeof(BatchActivities) }.SelectMany(t => t.GetProperties())
            .Select(p => (string)p.PropertyType.GetProperty("Name")!.GetValue(p.GetValue(null))!),
    ];

    [Fact]
    public void Every_activity_is_a_function_of_its_name() =>
        Assert.Equal(Activities.Order(), Bindings.Of("ActivityTrigger").Select(b => b.Function).Order());

    [Fact]
    public void Every_activity_takes_and_gives_what_the_pipeline_says() => Assert.All(Bindings.Of("ActivityTrigger"), binding =>
    {
        var activity = new[] { typeof(SynthesisActivities), typeof(BatchActivities) }.SelectMany(t => t.GetProperties())
            .Single(p => (string)p.PropertyType.GetProperty("Name")!.GetValue(p.GetValue(null))! == binding.Function).PropertyType;
        var types = activity.GetGenericArguments().Select(t => t.FullName);

        Assert.Equal(types, [binding.Parameter.ParameterType.FullName, binding.Method.ReturnType.GetGenericArguments().Single().FullName]);
    });

    [Fact]
    public void Every_activity_of_the_pipeline_is_among_them() => Assert.Equal(
        typeof(PipelineActivities).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(m => m.Name.Replace("Async", "", StringComparison.Ordinal)).Where(n => n != "Invoke").Order(),
        Activities.Order());

    [Fact]
    public void The_workflows_are_orchestrations_of_their_names() => Assert.Equal(
        [BatchWorkflow.Name, SynthesisWorkflow.Name], Bindings.Of("OrchestrationTrigger").Select(b => b.Function).Order());

    [Fact]
    public void Every_operation_of_the_api_is_a_function_of_its_name_methods_and_route()
    {
        var functions = Bindings.Of("HttpTrigger").Select(b => (b.Function, Methods(b), (string?)b.Named("Route"))).ToHashSet();

        Assert.Superset(
            ApiEndpoints.All.Select(e => (e.Operation, string.Join(',', e.Methods.Order()), (string?)e.Pattern)).ToHashSet(), functions);
        // And the refusal of everything else, and the page.
        Assert.Equal(ApiEndpoints.All.Count + 2, functions.Count);
    }

    [Fact]
    public void The_api_wants_the_function_key() => Assert.All(
        Bindings.Of("HttpTrigger").Where(b => b.Function != "page"), b => Assert.Equal(2, Level(b)));

    [Fact]
    public void The_page_is_anonymous_and_answers_what_nothing_else_does()
    {
        var page = Assert.Single(Bindings.Of("HttpTrigger"), b => b.Function == "page");

        Assert.Equal((0, "GET,HEAD", "{*path}"), (Level(page), Methods(page), page.Named("Route")));
    }

    [Fact]
    public void Uploads_are_announced_by_event_grid_from_the_data_account()
    {
        var binding = Assert.Single(Bindings.Of("BlobTrigger"));

        Assert.Equal($"{BlobContainers.Uploads}/{{name}}", binding.First);
        Assert.Equal("Data", binding.Named("Connection"));
        Assert.Equal(1, binding.Named("Source"));
    }

    [Fact]
    public void Notices_and_dead_letters_of_levels_come_from_service_bus()
    {
        var queues = Bindings.Of("ServiceBusTrigger").ToDictionary(b => b.Function, b => b.First);

        Assert.Equal(
            new() { ["LevelEnded"] = QueueNames.LevelOutcomes, ["LevelDeadLettered"] = $"{QueueNames.Levels}/$DeadLetterQueue" }, queues);
        Assert.All(Bindings.Of("ServiceBusTrigger"), b => Assert.Equal("ServiceBus", b.Named("Connection")));
    }

    [Fact]
    public void Batches_run_on_the_setting_and_uploads_are_swept_as_often_as_the_pipeline_says()
    {
        var schedules = Bindings.Of("TimerTrigger").ToDictionary(b => b.Function, b => b.First);

        Assert.Equal(
            new()
            {
                ["BatchSchedule"] = "%BatchSchedule%",
                ["UploadSweep"] = string.Create(CultureInfo.InvariantCulture, $"0 */{UploadWatcher.SweepEvery.TotalMinutes} * * * *"),
            },
            schedules);
    }

    [Fact]
    public void Whoever_may_start_or_wake_a_workflow_gets_the_durable_client() => Assert.Equal(
        Bindings.Functions.Select(f => f.Name)
            .Except(Activities.Except(["StartBatchItems", "PollBatch"]))
            .Except([BatchWorkflow.Name, SynthesisWorkflow.Name, "unknownRoute", "page"]).Order(),
        Bindings.Of("DurableClient").Select(b => b.Function).Order());

    [Fact]
    public void Functions_are_public_and_no_two_have_one_name()
    {
        Assert.All(Bindings.Functions, f => Assert.True(f.Method is { IsPublic: true, DeclaringType.IsPublic: true }, f.Name));
        Assert.Equal(Bindings.Functions.Count, Bindings.Functions.DistinctBy(f => f.Name.ToUpperInvariant()).Count());
    }

    [Fact]
    public void The_settings_example_has_no_secret_and_every_setting_that_bindings_and_host_name()
    {
        var path = Path.Combine(Built.Repository, "functions", "CnnMrf.Functions", "local.settings.example.json");
        var values = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetString()!);

        Assert.Equal(
            [
                "AzureWebJobsDisableHomepage", "AzureWebJobsStorage", "BatchSchedule", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "Data",
                "FUNCTIONS_WORKER_RUNTIME", "ServiceBus", "TASKHUB_NAME",
            ],
            values.Keys.Order(StringComparer.Ordinal));
        Assert.All(["AzureWebJobsStorage", "Data"], name => Assert.Equal("UseDevelopmentStorage=true", values[name]));
        Assert.Contains("UseDevelopmentEmulator=true", values["ServiceBus"], StringComparison.Ordinal);
    }

    private static int Level(Binding binding) =>
        Convert.ToInt32(binding.Attribute.ConstructorArguments[0].Value, CultureInfo.InvariantCulture);

    private static string Methods(Binding binding) => string.Join(',',
        ((IEnumerable<CustomAttributeTypedArgument>)binding.Attribute.ConstructorArguments[1].Value!)
            .Select(a => ((string)a.Value!).ToUpperInvariant()).Order());
}
