using System.Text.Json.Nodes;

namespace FlowEngine.Tests.Studio;

/// <summary>A run that waits, written as an Elsa 3 server writes its export: members with capitals, lists wrapped, ids of sixteen digits.</summary>
internal static class ElsaRunFile
{
    public const string Id = "5f2ce1a90b7d4c38";

    /// <summary>The definition that it ran, as the same server exports it.</summary>
    public static JsonObject Definition() => (JsonObject)JsonNode.Parse(
        """
        { "id": "91d0c4b7e5a2f683", "definitionId": "order-flow", "name": "Orders", "version": 4, "variables": [ { "id": "total", "name": "Total", "typeName": "Int32", "isArray": false } ],
          "root": { "id": "chart", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "say", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } },
              { "id": "paid", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } } ],
            "connections": [ { "source": { "activity": "say", "port": "Done" }, "target": { "activity": "paid", "port": "In" } } ] } }
        """)!;

    public static JsonObject Waiting() => (JsonObject)JsonNode.Parse(
        $$"""
        {
          "WorkflowState": { "$id": "1", "id": "{{Id}}", "definitionId": "order-flow", "definitionVersionId": "another-version", "definitionVersion": 4, "correlationId": "order-7",
            "status": "Running", "subStatus": "Suspended", "isExecuting": false, "isSystem": false,
            "bookmarks": { "$id": "2", "$values": [ { "$id": "3", "id": "c0ffee00c0ffee00", "name": "Elsa.Event", "hash": "AB", "payload": { "$id": "4", "eventName": "Paid" },
              "activityId": "paid", "activityNodeId": "Workflow1:chart:paid", "activityInstanceId": "aaaa000000000004", "createdAt": "2026-02-01T10:00:00.0964183+00:00", "autoBurn": true } ] },
            "incidents": { "$id": "5", "$values": [] },
            "activityExecutionContexts": { "$id": "6", "$values": [ { "$id": "7", "id": "aaaa000000000001", "scheduledActivityNodeId": "Workflow1", "properties": { "Variables": { "$id": "8", "total": 12 } } },
              { "$id": "9", "id": "aaaa000000000002", "parentContextId": "aaaa000000000001", "scheduledActivityNodeId": "Workflow1:chart" } ] },
            "input": {}, "output": {}, "createdAt": "2026-02-01T10:00:00.0897868+00:00", "updatedAt": "2026-02-01T10:00:00.0965583+00:00" },
          "Bookmarks": [],
          "ActivityExecutionRecords": [
            { "id": "aaaa000000000003", "activityId": "say", "activityNodeId": "Workflow1:chart:say", "activityState": { "Text": "hello" }, "outputs": { "Result": 3 }, "status": "Completed" } ],
          "WorkflowExecutionLogRecords": [
            {{Line(0, "aaaa000000000001", null, "Workflow1", "Workflow1", "Elsa.Workflow", "Started")}},
            {{Line(1, "aaaa000000000002", "aaaa000000000001", "chart", "Workflow1:chart", "Elsa.Flowchart", "Started")}},
            {{Line(2, "aaaa000000000003", "aaaa000000000002", "say", "Workflow1:chart:say", "Elsa.WriteLine", "Started")}},
            {{Line(3, "aaaa000000000003", "aaaa000000000002", "say", "Workflow1:chart:say", "Elsa.WriteLine", "Completed")}},
            {{Line(4, "aaaa000000000004", "aaaa000000000002", "paid", "Workflow1:chart:paid", "Elsa.Event", "Started")}},
            {{Line(5, "aaaa000000000004", "aaaa000000000002", "paid", "Workflow1:chart:paid", "Elsa.Event", "Suspended")}} ]
        }
        """)!;

    private static string Line(int sequence, string execution, string? parent, string activity, string node, string type, string happened) =>
        $$"""
        { "workflowInstanceId": "{{Id}}", "activityInstanceId": "{{execution}}", {{(parent is null ? "" : $"\"parentActivityInstanceId\": \"{parent}\", ")}}"activityId": "{{activity}}", "activityType": "{{type}}",
          "activityTypeVersion": 1, "activityNodeId": "{{node}}", "timestamp": "2026-02-01T10:00:00.09{{sequence}}0000+00:00", "sequence": {{sequence}}, "eventName": "{{happened}}", "id": "bbbb00000000000{{sequence}}" }
        """;
}
