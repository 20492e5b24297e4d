using FlowEngine.Workflows.Activities;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Inputs as the Studio shows them: one word for each kind of editor that conversation activities use.</summary>
internal static class Editors
{
    public const string Category = "Conversation";

    private const string Advanced = "Advanced";

    public static readonly InputDescriptor WhenUnknown = new(
        "WhenUnknown", "String", "When the outcome is unknown",
        "What to do when the channel neither confirms nor refuses the message: ask a person, or repeat it once and risk that the lead reads it twice.",
        "dropdown", "Ask", Options: [("Ask", "Ask a person"), ("RepeatOnce", "Repeat it once")], Category: Advanced);

    public static InputDescriptor Line(string name, string display, string description, object? initial = null) =>
        new(name, "String", display, description, "singleline", initial);

    public static InputDescriptor Text(string name, string display, string description, object? initial = null) =>
        new(name, "String", display, description, "multiline", initial);

    /// <summary>Lines or JSON, read by the activity itself.</summary>
    public static InputDescriptor Lines(string name, string display, string description) => new(name, "Object", display, description, "multiline");

    public static InputDescriptor Strings(string name, string display, string description) =>
        new(name, "ICollection<String>", display, description, "multitext", DefaultSyntax: "Object");

    public static InputDescriptor Json(string name, string display, string description) =>
        new(name, "Object", display, description, "json-editor", DefaultSyntax: "Object");

    public static InputDescriptor Number(string name, string display, string description, int initial) =>
        new(name, "Int32", display, description, "singleline", initial);

    public static InputDescriptor Flag(string name, string display, string description, bool initial = false) =>
        new(name, "Boolean", display, description, "checkbox", initial);

    public static InputDescriptor Duration(string name, string display, string description) =>
        new(name, "TimeSpan", display, description, "singleline");

    public static InputDescriptor Pick(string name, string display, string description, string initial, params (string Value, string Text)[] options) =>
        new(name, "String", display, description, "dropdown", initial, Options: options);

    /// <param name="source">departments, agents, labels, templates or connections.</param>
    public static InputDescriptor OfCompany(string name, string display, string description, string source) =>
        new(name, "String", display, description, "dropdown", OptionsSource: source);
}
