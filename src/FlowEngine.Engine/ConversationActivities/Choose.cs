using FlowEngine.Conversations;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Values of dropdowns as their types; a word that is none of the choices counts as the first one.</summary>
internal static class Choose
{
    public static WhenUnknown WhenUnknown(ActivityContext context) => One<WhenUnknown>(context, "WhenUnknown");

    public static T One<T>(ActivityContext context, string input)
        where T : struct, Enum =>
        Enum.TryParse<T>(context.Input<string>(input), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;
}
