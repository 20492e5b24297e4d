using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Starts a flow when a lead comes, whichever way: a first message, a form, an import, an integration.</summary>
public sealed class ConversationStarted : ConversationActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.ConversationStarted",
        Category = Editors.Category,
        DisplayName = "Conversation started",
        Description = "Starts the flow when a lead comes: by a first message, a form, an import or an integration. In the middle of a flow it waits for the lead's next message.",
        Kind = ActivityKind.Trigger,
        Inputs =
        [
            Editors.Pick("Source", "Came by", "Which way of coming starts this flow.", StartRules.AnySource,
                (StartRules.AnySource, "Any way"), ("message", "A message"), ("form", "A form"), ("import", "An import"), ("api", "An integration")),
            Editors.OfCompany("Connection", "Connection", "Only leads of this connection; empty means all.", "connections"),
        ],
        Outputs =
        [
            new OutputDescriptor("Result", "String", "Text", "What the lead wrote; empty when the lead came without a message."),
            new OutputDescriptor("CameBy", "String", "Came by", "message, form, import or api."),
        ],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope)
    {
        if (!context.IsTrigger)
        {
            WaitForLead.Begin(context);
            return ActivityResult.Suspended;
        }

        return Begin(context, scope);
    }

    protected override ActivityResult Resume(ActivityContext context, ConversationScope scope, object? input) => Begin(context, scope);

    private static ActivityResult Begin(ActivityContext context, ConversationScope scope)
    {
        context.SetOutput("Result", scope.Message?.Content.Text ?? "");
        context.SetOutput("CameBy", scope.Conversation.Source);
        return ActivityResult.Done;
    }
}
