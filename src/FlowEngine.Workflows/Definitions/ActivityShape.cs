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

    public int InputIndex(string name) => Array.FindIndex(Inputs, i => i.Name == name);

    public int OutputIndex(string name) => Array.FindIndex(Outputs, o => o.Name == name);
}
