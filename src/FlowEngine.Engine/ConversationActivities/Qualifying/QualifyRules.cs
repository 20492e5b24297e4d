using System.Text.Json.Nodes;

namespace FlowEngine.Engine.ConversationActivities.Qualifying;

/// <summary>Reads rules from JSON, a list of <c>{ field, operator, value, points }</c>, and adds up what fits.</summary>
public static class QualifyRules
{
    public static Reading<IReadOnlyList<QualifyRule>> Read(object? value)
    {
        if (value is null or "")
        {
            return Reading.Bad<IReadOnlyList<QualifyRule>>("there are none");
        }

        var list = JsonShape.List(value);
        if (!list.IsRead)
        {
            return Reading.Bad<IReadOnlyList<QualifyRule>>(list.Error);
        }

        var rules = new List<QualifyRule>();
        foreach (var item in list.Value)
        {
            var rule = ReadRule(item);
            if (!rule.IsRead)
            {
                return Reading.Bad<IReadOnlyList<QualifyRule>>($"rule {rules.Count + 1}: {rule.Error}");
            }

            rules.Add(rule.Value);
        }

        return Reading.Of<IReadOnlyList<QualifyRule>>(rules);
    }

    public static int Score(IEnumerable<QualifyRule> rules, IReadOnlyDictionary<string, string> fields) =>
        rules.Where(rule => rule.Fits(fields)).Sum(rule => rule.Points);

    private static Reading<QualifyRule> ReadRule(JsonNode? item)
    {
        if (item is not JsonObject map || JsonShape.Text(map, "field") is not { } field)
        {
            return Reading.Bad<QualifyRule>("the field is missing");
        }

        var name = JsonShape.Text(map, "operator") ?? nameof(RuleOperator.Equals);
        if (!Enum.TryParse<RuleOperator>(name, ignoreCase: true, out var verb) || !Enum.IsDefined(verb))
        {
            return Reading.Bad<QualifyRule>($"'{name}' is none of {string.Join(", ", Enum.GetNames<RuleOperator>()).ToLowerInvariant()}");
        }

        if (JsonShape.Decimal(map, "points") is not { } points || points != decimal.Truncate(points) || Math.Abs(points) > 10_000)
        {
            return Reading.Bad<QualifyRule>("points must be a whole number");
        }

        var values = ReadValues(map, verb);
        return values.Count >= Least(verb)
            ? Reading.Of<QualifyRule>(new QualifyRule(field, verb, values, (int)points))
            : Reading.Bad<QualifyRule>(verb == RuleOperator.Between ? "between needs two values" : "the value is missing");
    }

    // One text with commas is one value for equals, and a list for in and between.
    private static IReadOnlyList<string> ReadValues(JsonObject map, RuleOperator verb) =>
        verb is RuleOperator.In or RuleOperator.Between || JsonShape.Member(map, "value") is JsonArray
            ? JsonShape.Texts(map, "value")
            : JsonShape.Text(map, "value") is { } value ? [value] : [];

    private static int Least(RuleOperator verb) => verb switch
    {
        RuleOperator.Exists => 0,
        RuleOperator.Between => 2,
        _ => 1,
    };
}
