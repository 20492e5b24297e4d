using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

/// <summary>What compiling needs of a descriptor, worked out once per activity type.</summary>
internal sealed class ActivityShape
{
    public ActivityShape(Activity activity)
    {
        Activity = activity;
        Descriptor = activity.Descriptor;
        Inputs = [.. Descriptor.Inputs.Where(i => i.IsWrapped)];
        Kinds = [.. Inputs.Select(i => ValueKinds.Of(i.TypeName))];
        Defaults = [.. Inputs.Select((input, at) => ValueConversion.Convert(PlainValue.From(input.Default), Kinds[at]))];
        Outputs = [.. Descriptor.Outputs];
    }

    public Activity Activity { get; }

    public ActivityDescriptor Descriptor { get; }

    public InputDescriptor[] Inputs { get; }

    public ValueKind[] Kinds { get; }

    public object?[] Defaults { get; }

    public OutputDescriptor[] Outputs { get; }

    // Plain loops: these run for every input of every activity, and a delegate for each would be most of what a burst allocates.
    public int InputIndex(string name)
    {
        for (var i = 0; i < Inputs.Length; i++)
        {
            if (Inputs[i].Name == name) return i;
        }

        return -1;
    }

    public int OutputIndex(string name)
    {
        for (var i = 0; i < Outputs.Length; i++)
        {
            if (Outputs[i].Name == name) return i;
        }

        return -1;
    }
}
