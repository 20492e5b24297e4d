using System.Text.Json.Nodes;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>
/// Reads options as people write them, one a line, <c>Title | value | other, words</c>; or as JSON, a list of texts or of
/// <c>{ title, value?, id?, description?, words? }</c>.
/// </summary>
public static class ChoiceList
{
    private const int MostOptions = 50;

    public static Reading<IReadOnlyList<ChoiceOption>> Read(object? value)
    {
        if (value is null or "")
        {
            return Reading.Of<IReadOnlyList<ChoiceOption>>([]);
        }

        return JsonShape.LooksLikeJson(value) ? ReadJson(value) : Checked(ReadLines((string)value));
    }

    private static List<ChoiceOption> ReadLines(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];

    private static ChoiceOption ReadLine(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        var words = parts.Length > 2 ? parts[2].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
        return new ChoiceOption(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null, Words: words);
    }

    private static Reading<IReadOnlyList<ChoiceOption>> ReadJson(object value)
    {
        var list = JsonShape.List(value);
        if (!list.IsRead)
        {
            return Reading.Bad<IReadOnlyList<ChoiceOption>>(list.Error);
        }

        var options = new List<ChoiceOption>();
        foreach (var item in list.Value)
        {
            if (ReadItem(item) is not { } option)
            {
                return Reading.Bad<IReadOnlyList<ChoiceOption>>($"option {options.Count + 1} has no title");
            }

            options.Add(option);
        }

        return Checked(options);
    }

    private static ChoiceOption? ReadItem(JsonNode? item) => item switch
    {
        JsonValue value when JsonShape.Scalar(value) is { } title => new ChoiceOption(title),
        JsonObject map when (JsonShape.Text(map, "title") ?? JsonShape.Text(map, "label")) is { } title => new ChoiceOption(
            title, JsonShape.Text(map, "value"), JsonShape.Text(map, "id"), JsonShape.Text(map, "description"), JsonShape.Texts(map, "words")),
        _ => null,
    };

    private static Reading<IReadOnlyList<ChoiceOption>> Checked(List<ChoiceOption> options)
    {
        if (options.Count > MostOptions)
        {
            return Reading.Bad<IReadOnlyList<ChoiceOption>>($"there are {options.Count} options; {MostOptions} are allowed");
        }

        if (options.Any(option => option.Title.Length == 0))
        {
            return Reading.Bad<IReadOnlyList<ChoiceOption>>("an option has no title");
        }

        var twice = options.GroupBy(option => option.TapId).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? Reading.Of<IReadOnlyList<ChoiceOption>>(options)
            : Reading.Bad<IReadOnlyList<ChoiceOption>>($"two options are called '{twice.Key}'");
    }
}
