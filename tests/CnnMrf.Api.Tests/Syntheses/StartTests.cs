using System.Net;
using CnnMrf.Api.Tests.Fakes;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Tests.Syntheses;

public sealed class StartTests
{
    [Fact]
    public async Task A_scheduler_that_does_not_answer_is_503_and_asking_again_starts_the_same()
    {
        await using var host = await ApiHost.StartAsync();
        host.Workflows.AreAway = true;

        using var first = await host.Client.PostAsync("/api/syntheses", TestForms.Whole());
        host.Workflows.AreAway = false;
        using var second = await host.Client.PostAsync("/api/syntheses", TestForms.Whole());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.NotNull(first.Headers.RetryAfter);
        Assert.DoesNotContain("secretname", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(second.IsSuccessStatusCode);
        Assert.Single(host.Workflows.Instances);
    }

    [Fact]
    public async Task A_pair_is_accepted_with_a_place_to_look_at()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", TestForms.Whole("Cat on a wall"));
        var answer = await response.JsonAsync();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.StartsWith("cat-on-a-wall-", answer["id"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("queued", answer["status"]!.ToString());
        Assert.Equal($"/api/syntheses/{answer["id"]}", response.Headers.Location!.ToString());
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        using var status = await host.Client.GetAsync(response.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        Assert.True(host.Workflows.Instances.ContainsKey($"{answer["id"]}-r1"));
    }

    [Fact]
    public async Task The_same_again_is_the_same_synthesis_and_starts_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        using var first = await host.Client.PostAsync("/api/syntheses", TestForms.Whole());

        using var second = await host.Client.PostAsync("/api/syntheses", TestForms.Whole());

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single(host.Workflows.Instances);
    }

    [Fact]
    public async Task Without_a_name_it_is_called_as_the_content_s_file()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", TestForms.Whole());

        Assert.Equal("cat", (await response.JsonAsync())["name"]!.ToString());
    }

    [Theory]
    [InlineData("../../etc/passwd.png", "passwd")]
    [InlineData("C:\\pictures\\dog.png", "dog")]
    [InlineData("Käse 猫.png", "Käse 猫")]
    public async Task A_file_name_is_for_people_and_never_a_path(string fileName, string name)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", new MultipartFormDataContent()
            .WithFile("content", TestForms.Picture(), fileName).WithFile("style", TestForms.Picture(2), "s.png"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(name, (await response.JsonAsync())["name"]!.ToString());
        Assert.DoesNotContain(
            host.Store.Names(BlobContainers.Syntheses), n => n.Contains("..", StringComparison.Ordinal)
            || n.Contains("etc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_part_reaches_the_request()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", new MultipartFormDataContent()
            .WithText("name", "everything")
            .WithFile("style", TestForms.Picture(1), "a.png").WithFile("styleMap", TestForms.Picture(2), "am.png")
            .WithFile("style", TestForms.Picture(3), "b.png").WithFile("styleMap", TestForms.Picture(4), "bm.png")
            .WithFile("contentMap", TestForms.Picture(5), "cm.png").WithFile("content", TestForms.Picture(6), "c.png")
            .WithFile("initial", TestForms.Picture(7), "i.png")
            .WithText("settings", """{"preset":"paper","size":128,"initial":"picture"}"""));

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var id = SynthesisId.Parse((await response.JsonAsync())["id"]!.ToString());
        var request = (await host.Store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(id), default))!.Value;
        Assert.Equal(
            ["content c.png", "style-0 a.png", "style-1 b.png", "content-map cm.png", "style-map-0 am.png", "style-map-1 bm.png",
                "initial i.png"],
            request.Inputs.Select(i => $"{i.BlobName} {i.FileName}"));
        var original = await host.Store.ReadAsync(BlobLayout.Original(id, "style-1"), 1_000_000, default);
        Assert.Equal(TestForms.Picture(3), original!.Bytes.ToArray());
    }

    [Fact]
    public async Task Style_alone_is_a_texture_and_settings_may_come_as_a_file_or_not_at_all()
    {
        await using var host = await ApiHost.StartAsync();

        using var texture = await host.Client.PostAsync("/api/syntheses", new MultipartFormDataContent()
            .WithFile("style", TestForms.Picture(), "s.png")
                .WithFile("settings", """{"preset":"paper","size":128}"""u8.ToArray(), "settings.json"));
        using var plain = await host.Client.PostAsync("/api/syntheses", new MultipartFormDataContent()
            .WithFile("content", TestForms.Picture(2), "c.png").WithFile("style", TestForms.Picture(), "s.png").WithText("settings", " ")
                .WithText("name", ""));

        Assert.Equal("paper", (await texture.JsonAsync())["preset"]!.ToString());
        Assert.Equal("balanced", (await plain.JsonAsync())["preset"]!.ToString());
    }

    [Fact]
    public async Task A_field_in_which_nothing_was_chosen_counts_as_not_given()
    {
        await using var host = await ApiHost.StartAsync();
        var empty = new ByteArrayContent([]);
        empty.Headers.Add("Content-Disposition", "form-data; name=\"contentMap\"; filename=\"\"");
        var whole = TestForms.Whole();
        whole.Add(empty);

        using var response = await host.Client.PostAsync("/api/syntheses", whole);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
