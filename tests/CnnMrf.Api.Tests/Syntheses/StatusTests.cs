using System.Net;
using CnnMrf.Api.Tests.Fakes;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Api.Tests.Syntheses;

public sealed class StatusTests
{
    [Fact]
    public async Task A_running_one_says_level_iteration_energy_percent_and_time_left()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();

        var status = await (await host.Client.GetAsync($"/api/syntheses/{id}")).JsonAsync();

        Assert.Equal("running", status["status"]!.ToString());
        Assert.Equal(1, (int)status["level"]!);
        Assert.Equal(2, (int)status["iteration"]!);
        Assert.Equal(4, (int)status["iterations"]!);
        Assert.Equal(10, (double)status["energy"]!["style"]!["relu3_1"]!);
        Assert.Equal(9.5, (double)status["percent"]!);
        Assert.True((double)status["etaSeconds"]! > 0);
        Assert.Equal(2, status["levels"]!.AsArray().Count);
    }

    [Fact]
    public async Task Its_etag_changes_with_each_iteration_and_not_before()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();
        var path = $"/api/syntheses/{id}";
        using var first = await host.Client.GetAsync(path);

        using var same = await host.Client.GetAsync(path);
        await host.ProgressAsync(id, 1, 3);
        using var later = await host.Client.GetAsync(path);

        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.NotEqual(first.Headers.ETag, later.Headers.ETag);
        Assert.True(later.Headers.CacheControl!.NoCache && later.Headers.CacheControl.Private);
    }

    [Fact]
    public async Task Every_link_leads_somewhere()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();
        var status = await (await host.Client.GetAsync($"/api/syntheses/{id}")).JsonAsync();

        Assert.Equal(["self", "purge", "retry", "result", "sheet", "report", "fitMap", "preview"], status["links"]!.AsObject()
            .Select(l => l.Key));
        foreach (var name in new[] { "self", "result", "sheet", "report", "fitMap" })
        {
            using var response = await host.Client.GetAsync(status["links"]![name]!.ToString());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        foreach (var path in new[] { status["levels"]![0]!["self"], status["levels"]![0]!["preview"] })
        {
            using var response = await host.Client.GetAsync(path!.ToString());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_failed_one_says_why_and_what_is_possible_now()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartFailedAsync();

        var status = await (await host.Client.GetAsync($"/api/syntheses/{id}")).JsonAsync();
        using var result = await host.Client.GetAsync($"/api/syntheses/{id}/result");

        Assert.Equal("A level failed again and again.", status["problem"]!["message"]!.ToString());
        Assert.NotNull(status["links"]!["retry"]);
        Assert.Null(status["links"]!["cancel"]);
        Assert.Null(status["links"]!["result"]);
        Assert.Contains("it is failed", await result.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_is_not_there_yet_says_when_to_look_again()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();

        using var response = await host.Client.GetAsync($"/api/syntheses/{id}/result");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("running", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_leaves_the_marker_and_wakes_the_workflow_and_can_be_repeated()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();

        using var first = await host.Client.DeleteAsync($"/api/syntheses/{id}");
        using var second = await host.Client.DeleteAsync($"/api/syntheses/{id}?purge=false");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.NotNull(await host.Store.FindAsync(BlobLayout.Run(new(id, 1)).Cancel, default));
        Assert.Contains($"{id}-r1 {WorkflowEvents.Cancel}", host.Workflows.Events);
    }

    [Theory]
    [InlineData("http://elsewhere.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData("http://{host}", null, HttpStatusCode.Accepted)]
    [InlineData("https://front.example", "front.example", HttpStatusCode.Accepted)]
    [InlineData("https://elsewhere.example", "front.example", HttpStatusCode.Forbidden)]
    public async Task A_browser_that_says_only_from_where_it_asks_is_refused_unless_from_here(
        string origin, string? forwarded, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/syntheses/{await host.StartRunningAsync()}");
        request.Headers.Add("Origin", origin.Replace("{host}", host.Client.BaseAddress!.Authority, StringComparison.Ordinal));
        if (forwarded is not null)
        {
            request.Headers.Add("X-Forwarded-Host", forwarded);
        }

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Removing_one_that_has_ended_leaves_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();

        using var removed = await host.Client.DeleteAsync($"/api/syntheses/{id}?purge=true");
        using var again = await host.Client.DeleteAsync($"/api/syntheses/{id}?purge=true");

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Empty(host.Store.Names(BlobContainers.Syntheses));
    }

    [Fact]
    public async Task Removing_one_that_runs_is_refused_and_removes_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();
        var blobs = host.Store.Names(BlobContainers.Syntheses);

        using var response = await host.Client.DeleteAsync($"/api/syntheses/{id}?purge=true");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Cancel it first", await response.DetailAsync(), StringComparison.Ordinal);
        Assert.Equal(blobs, host.Store.Names(BlobContainers.Syntheses));
    }

    [Fact]
    public async Task A_retry_is_the_next_run_and_asking_twice_is_one()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartFailedAsync();

        using var first = await host.Client.PostAsync($"/api/syntheses/{id}/retry", null);
        using var second = await host.Client.PostAsync($"/api/syntheses/{id}/retry", null);

        Assert.Equal(2, (int)(await first.JsonAsync())["run"]!);
        Assert.Equal(2, (int)(await second.JsonAsync())["run"]!);
        Assert.Equal($"/api/syntheses/{id}", first.Headers.Location!.ToString());
        Assert.True(host.Workflows.Instances.ContainsKey($"{id}-r2"));
    }

    [Fact]
    public async Task A_level_gives_its_course_for_curves()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();

        var level = await (await host.Client.GetAsync($"/api/syntheses/{id}/levels/1")).JsonAsync();
        using var next = await host.Client.GetAsync($"/api/syntheses/{id}/levels/2");

        Assert.Equal("optimizing", level["phase"]!.ToString());
        Assert.Equal([0, 2], level["trace"]!.AsArray().Select(s => (int)s!["iteration"]!));
        Assert.Equal(HttpStatusCode.NotFound, next.StatusCode);
    }

    [Fact]
    public async Task The_list_is_newest_first_page_by_page()
    {
        await using var host = await ApiHost.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await host.StartAsync($"n{i}", i)).Value);
        }

        var seen = new List<string>();
        for (var path = "/api/syntheses?limit=2"; path is not null;)
        {
            var page = await (await host.Client.GetAsync(path)).JsonAsync();
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["id"]!.ToString()));
            path = page["next"]?.ToString();
        }

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task The_list_can_be_of_one_status_and_its_next_page_too()
    {
        await using var host = await ApiHost.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await (i % 2 == 0 ? host.StartFailedAsync($"f{i}", i) : host.StartRunningAsync($"r{i}", i));
        }

        var seen = new List<string>();
        for (var path = "/api/syntheses?status=failed&limit=1"; path is not null;)
        {
            var page = await (await host.Client.GetAsync(path)).JsonAsync();
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["name"]!.ToString()));
            path = page["next"]?.ToString();
        }

        Assert.Equal(["f2", "f0"], seen);
    }

    [Fact]
    public async Task A_status_whose_document_is_damaged_is_a_fault_that_tells_nothing_of_the_inside()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartAsync();
        await host.WriteAsync(BlobLayout.Status(id), "secret"u8.ToArray(), "application/json");

        using var response = await host.Client.GetAsync($"/api/syntheses/{id}");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("status.json", text, StringComparison.Ordinal);
        Assert.NotNull((await response.JsonAsync())["traceId"]);
        Assert.Contains(host.Log, l => l.Contains("DocumentException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_leaves_out_one_whose_document_is_damaged_and_logs_it()
    {
        await using var host = await ApiHost.StartAsync();
        var whole = await host.StartAsync("whole", 0);
        var damaged = await host.StartAsync("damaged", 1);
        await host.WriteAsync(BlobLayout.Status(damaged), "{"u8.ToArray(), "application/json");

        var page = await (await host.Client.GetAsync("/api/syntheses")).JsonAsync();

        Assert.Equal([whole.Value], page["items"]!.AsArray().Select(i => i!["id"]!.ToString()));
        Assert.Contains(host.Log, l => l.Contains("DocumentException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_with_a_time_to_come_back()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Before = (_, blob) => throw new BlobUnavailableException(blob, "The account secretname cannot be reached.");

        using var response = await host.Client.GetAsync("/api/syntheses");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.DoesNotContain("secretname", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_a_worker_has_not_let_go_of_is_not_removed_in_part()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();
        var owner = BlobLayout.Level(new Pipeline.Identity.LevelKey(id, 1, 1)).Owner;
        await host.Store.WriteAsync(owner, "{}"u8.ToArray(), BlobWrite.Json, CancellationToken.None);
        await host.Store.AcquireLeaseAsync(owner, TimeSpan.FromSeconds(60), CancellationToken.None);

        using var response = await host.Client.DeleteAsync($"/api/syntheses/{id}?purge=true");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("A worker has not let go of it", await response.DetailAsync(), StringComparison.Ordinal);
        using var whole = await host.Client.GetAsync($"/api/syntheses/{id}/request");
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }
}
