namespace FlowEngine.Conversations;

/// <summary>Verbs that never touch owner, epoch or tab (race R14).</summary>
public sealed partial record Conversation
{
    /// <summary>Sets what is known of the lead; null or empty removes it. The story names the field, not its value.</summary>
    public Decision SetField(string name, string? value, Actor by, DateTimeOffset now)
    {
        var fields = string.IsNullOrEmpty(value) ? Fields.Remove(name) : Fields.SetItem(name, value);
        return fields.GetValueOrDefault(name) == Fields.GetValueOrDefault(name)
            ? Decision.Unchanged(this)
            : Change(this with { Fields = fields }, new Act(by, now, "fieldChanged") { Data = Facts(("field", name)), Quiet = true });
    }

    /// <summary>Puts labels on and takes labels off; one that is in both lists is off.</summary>
    public Decision ChangeLabels(IEnumerable<string> add, IEnumerable<string> remove, Actor by, DateTimeOffset now)
    {
        var labels = Labels.Union(add).Except(remove);
        var added = labels.Except(Labels);
        var removed = Labels.Except(labels);
        if (added.IsEmpty && removed.IsEmpty)
        {
            return Decision.Unchanged(this);
        }

        string[] kinds = [.. added.IsEmpty ? [] : new[] { "labelAdded" }, .. removed.IsEmpty ? [] : new[] { "labelRemoved" }];
        var data = Facts(("added", string.Join(' ', added)), ("removed", string.Join(' ', removed)));
        return Change(this with { Labels = labels }, new Act(by, now, kinds) { Data = data, Quiet = true });
    }

    /// <summary>A person has changed the run from outside; the story names what was done, not the values.</summary>
    public Decision RunAltered(string what, Actor by, DateTimeOffset now) =>
        Change(this, new Act(by, now, "runAltered") { Data = Facts(("alteration", what)), Quiet = true });

    /// <summary>A person has seen the lead's messages; not a human act, so nothing else changes.</summary>
    public Decision MarkRead(Actor by, DateTimeOffset now) =>
        Unread == 0 ? Decision.Unchanged(this) : Change(this with { Unread = 0 }, new Act(by, now) { Cause = "read", Quiet = true });
}
