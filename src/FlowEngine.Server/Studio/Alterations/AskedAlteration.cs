using System.Text.Json.Nodes;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>One alteration as an Elsa client asks for it, by its <c>type</c>.</summary>
/// <param name="Type">Elsa's word for it, as in logs.</param>
/// <param name="Fixed">What it is for every run; null for <c>Migrate</c>, whose version depends on the run's definition.</param>
/// <param name="TargetVersion">The number of the version to which runs are moved.</param>
internal sealed record AskedAlteration(string Type, RunAlteration? Fixed, int? TargetVersion = null)
{
    private const string Known = "Cancel, Migrate, ModifyVariable, ScheduleActivity or CancelActivity";

    /// <summary>The list of a request, or why one of it is none.</summary>
    public static (IReadOnlyList<AskedAlteration> Asked, string? Problem) Read(JsonNode? list)
    {
        var asked = new List<AskedAlteration>();
        foreach (var item in list as JsonArray ?? [])
        {
            var (one, problem) = item is JsonObject body ? Read(body) : (null, $"An alteration is an object with a type: {Known}.");
            if (one is null)
            {
                return ([], problem);
            }

            asked.Add(one);
        }

        return asked.Count == 0 ? ([], $"Say what is to be done: alterations, each with its type: {Known}.") : (asked, null);
    }

    /// <summary>What is asked of one run, as its mailbox takes it.</summary>
    public static async Task<RunAlteration> For(IReadOnlyList<AskedAlteration> asked, string definitionId, FlowVersions versions, CancellationToken cancel)
    {
        var each = new List<RunAlteration>();
        foreach (var one in asked)
        {
            each.Add(one.Fixed ?? await Move(definitionId, one.TargetVersion!.Value, versions, cancel));
        }

        return each is [var single] ? single : new AlterInTurn(each);
    }

    /// <summary>A number that the definition does not have goes on as its words: the run's own log says that there is no such version.</summary>
    private static async Task<MigrateRun> Move(string definitionId, int number, FlowVersions versions, CancellationToken cancel)
    {
        if (await versions.Find(definitionId, number, cancel) is not { } version)
        {
            return new MigrateRun($"{definitionId} {number}");
        }

        await versions.Fix(version, cancel);
        return new MigrateRun(version);
    }

    private static (AskedAlteration? Asked, string? Problem) Read(JsonObject body)
    {
        var (activity, execution) = (body.Text("activityId"), body.Text("activityInstanceId"));
        return body.Text("type") switch
        {
            "Cancel" => (new("Cancel", new CancelRun("Cancelled by an alteration.")), null),
            "Migrate" when body.Number("targetVersion") is { } version => (new("Migrate", null, version), null),
            "Migrate" => (null, "Migrate needs targetVersion, a number."),
            "ModifyVariable" when body.Text("variableId") is { } variable => (new("ModifyVariable", new ModifyVariable(variable, body["value"]?.ToJsonString())), null),
            "ModifyVariable" => (null, "ModifyVariable needs variableId."),
            "ScheduleActivity" or "CancelActivity" when activity is null && execution is null => (null, $"{body.Text("type")} needs activityId or activityInstanceId."),
            "ScheduleActivity" => (new("ScheduleActivity", new ScheduleActivity(activity, execution)), null),
            "CancelActivity" => (new("CancelActivity", new CancelActivity(activity, execution)), null),
            var other => (null, $"There is no alteration '{other}': it is {Known}."),
        };
    }
}
