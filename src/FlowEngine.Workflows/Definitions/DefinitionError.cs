using System.Globalization;
using System.Resources;

namespace FlowEngine.Workflows.Definitions;

/// <summary>What is wrong in a file and where. Its sentences stand in the resources beside it, in the languages of the desk.</summary>
/// <param name="Path">A JSON path such as <c>$.root.activities[3].text</c>.</param>
/// <param name="Code">A stable word for programs, and the key of the sentence.</param>
/// <param name="Values">What the sentence names; first the activity, where it concerns one.</param>
public sealed record DefinitionError(string Path, string Code, params IReadOnlyList<string> Values)
{
    private static readonly ResourceManager Texts = new(typeof(DefinitionError));

    /// <summary>For people, in the present culture's language; English where it has none.</summary>
    public string Message => string.Format(CultureInfo.CurrentCulture, Texts.GetString(Code, CultureInfo.CurrentUICulture) ?? Code, [.. Values]);
}
