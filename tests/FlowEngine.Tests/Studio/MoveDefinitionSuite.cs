using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

public abstract class MoveDefinitionSuite(DatabaseKind kind)
{
    private const string Foreign =
        """
        { "$schema": "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json", "id": "v1", "definitionId": "foreign", "name": "Extranjero é", "version": 7, "futureMember": { "b": 1.50, "a": [null] },
          "isPublished": true, "root": { "type": "Elsa.Flowchart", "id": "f", "activities": [
            { "type": "Acme.Rocket", "version": 3, "id": "r", "fuel": { "typeName": "Double", "expression": { "type": "Literal", "value": 1e2 } }, "metadata": { "designer": { "position": { "x": 5, "y": 6 } } } },
            { "type": "Elsa.WriteLine", "id": "w", "unknownToUs": true } ], "connections": [] } }
        """;

    [SkippableFact]
    public async Task A_file_of_another_server_comes_in_as_a_draft_with_its_ids()
    {
        await using var host = await ApiHost.On(kind);

        var imported = await host.As("admin").Send("/workflow-definitions/import", JsonNode.Parse(Foreign)!);

        (imported["id"]!.ToString(), imported["definitionId"]!.ToString(), imported["version"]!.GetValue<int>()).Should().Be(("v1", "foreign", 1));
        imported["isPublished"]!.GetValue<bool>().Should().BeFalse();
    }

    [SkippableFact]
    public async Task An_export_that_is_imported_again_changes_nothing()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        await admin.Send("/workflow-definitions/import", JsonNode.Parse(Foreign)!);
        var first = await admin.GetByteArrayAsync($"{Root}/workflow-definitions/foreign/export");

        await admin.Send("/workflow-definitions/import", JsonNode.Parse(first)!);
        await admin.Send("/workflow-definitions/import", JsonNode.Parse(first)!);
        var second = await admin.GetByteArrayAsync($"{Root}/workflow-definitions/foreign/export");

        (await admin.Read("/workflow-definitions?versionOptions=AllVersions"))["totalCount"]!.GetValue<int>().Should().Be(1, "not even a new version was made");
        var text = System.Text.Encoding.UTF8.GetString(first);
        text.Should().Contain("\"futureMember\":{\"b\":1.50,\"a\":[null]}").And.Contain("\"value\":1e2").And.Contain("Extranjero é").And.Contain("\"unknownToUs\":true").And.NotContain("FlowEngine:Revision");
        System.Text.Encoding.UTF8.GetString(second).Should().Be(text);
    }

    /// <summary>The conformance cases of this repository, and those of the folders that the environment names.</summary>
    [SkippableFact]
    public async Task Every_definition_of_the_conformance_cases_goes_out_as_it_came_in()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var seen = 0;
        foreach (var file in ConformanceDefinitions())
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(file)) is not JsonObject document || document["root"] is not JsonObject || document["definitionId"] is null)
            {
                continue;
            }

            var imported = await admin.Send("/workflow-definitions/import", document);
            var path = $"{Root}/workflow-definitions/{Uri.EscapeDataString(imported["definitionId"]!.ToString())}/export";
            var first = await admin.GetStringAsync(path);
            await admin.Send("/workflow-definitions/import", JsonNode.Parse(first)!);

            (await admin.GetStringAsync(path)).Should().Be(first, file);
            FlowDocument.SameFlow((JsonObject)JsonNode.Parse(first)!, document).Should().BeTrue(file);
            seen++;
        }

        seen.Should().BePositive();
    }

    private static IEnumerable<string> ConformanceDefinitions()
    {
        var own = Path.Combine(Architecture.SourceTree.Root, "tests/FlowEngine.Tests/Fixtures/Elsa/workflows");
        var folders = (Environment.GetEnvironmentVariable("FLOWENGINE_CONFORMANCE_DIRS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Append(own);
        return folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);
    }

    [SkippableFact]
    public async Task Connections_of_old_files_are_shown_in_the_form_that_is_drawn_and_stay_in_the_file_as_they_were()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var file = JsonNode.Parse(
            """
            { "definitionId": "old", "name": "Old", "root": { "type": "Elsa.Flowchart", "id": "f", "activities": [ { "type": "Elsa.WriteLine", "id": "a" }, { "type": "Elsa.WriteLine", "id": "b" } ],
              "connections": { "$values": [ { "source": "a", "target": "b", "sourcePort": "Done", "targetPort": "In" }, { "source": "a", "target": "gone" } ] } } }
            """)!;

        var shown = await admin.Send("/workflow-definitions/import", file);

        shown["root"]!["connections"]!.AsArray().Single()!.ToJsonString().Should().Be("""{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}}""");
        shown["root"]!["customProperties"]!["notFoundConnections"]!.AsArray().Should().HaveCount(1);
        (await admin.GetStringAsync($"{Root}/workflow-definitions/old/export")).Should().Contain("\"$values\"");
    }

    [SkippableFact]
    public async Task An_activity_that_nobody_here_knows_is_shown_as_a_placeholder_and_survives_editing()
    {
        await using var host = await ApiHost.On(kind);
        var admin = host.As("admin");
        var imported = await admin.Send("/workflow-definitions/import", JsonNode.Parse(Foreign)!);
        var placeholder = imported["root"]!["activities"]![0]!;
        placeholder["type"]!.ToString().Should().Be("Elsa.NotFoundActivity");
        placeholder["missingTypeName"]!.ToString().Should().Be("Acme.Rocket");
        placeholder["metadata"]!["designer"]!["position"]!["x"] = 99;

        await admin.Save(imported);
        var exported = JsonNode.Parse(await admin.GetByteArrayAsync($"{Root}/workflow-definitions/foreign/export"))!;

        var rocket = exported["root"]!["activities"]![0]!;
        (rocket["type"]!.ToString(), rocket["version"]!.GetValue<int>()).Should().Be(("Acme.Rocket", 3));
        rocket["fuel"]!["expression"]!["value"]!.ToJsonString().Should().Be("1e2");
        rocket["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>().Should().Be(99, "it was moved in the editor");
        exported["futureMember"]!["b"]!.ToJsonString().Should().Be("1.50", "the Studio never saw it and did not mean to drop it");
    }

    [SkippableFact]
    public async Task Many_go_out_as_a_zip_and_come_in_from_one()
    {
        await using var host = await ApiHost.On(kind);
        await using var other = await ApiHost.On(kind);
        var admin = host.As("admin");
        var ids = new[] { await admin.Save(Hello("one")), await admin.Save(Hello("two")) }.Select(d => (JsonNode)d["id"]!.ToString()).ToArray();

        var zip = await (await admin.TrySend("/bulk-actions/export/workflow-definitions", new JsonObject { ["ids"] = new JsonArray(ids), ["includeConsumingWorkflows"] = false })).Content.ReadAsByteArrayAsync();
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(zip);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        form.Add(file, "files", "flows.zip");
        var answer = await other.As("admin").PostAsync($"{Root}/workflow-definitions/import-files", form);

        using (var archive = new ZipArchive(new MemoryStream(zip)))
        {
            archive.Entries.Select(e => e.Name).Should().Equal("one-v1.json", "two-v1.json");
        }

        (await ApiHost.Json(answer)).GetProperty("count").GetInt32().Should().Be(2);
        (await other.As("admin").Read("/workflow-definitions"))["items"]!.AsArray().Select(i => i!["definitionId"]!.ToString()).Should().BeEquivalentTo("one", "two");
    }

    [SkippableFact]
    public async Task What_is_no_definition_is_refused_with_a_reason()
    {
        await using var host = await ApiHost.On(kind);
        (await Messages(await host.As("admin").TrySend("/workflow-definitions/import", new JsonObject { ["name"] = "x" }))).Single().Should().Contain("root activity");
        (await Messages(await host.As("admin").TrySend("/workflow-definitions/import", new JsonArray()))).Single().Should().Contain("JSON object");
    }
}

public sealed class SqliteMoveDefinitionTests() : MoveDefinitionSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresMoveDefinitionTests() : MoveDefinitionSuite(DatabaseKind.Postgres);
