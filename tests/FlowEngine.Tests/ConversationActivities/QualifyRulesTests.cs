using FlowEngine.Engine.ConversationActivities.Qualifying;

namespace FlowEngine.Tests.ConversationActivities;

public sealed class QualifyRulesTests
{
    private static readonly Dictionary<string, string> Lead = new() { ["budget"] = "1500.5", ["need"] = "Facturación", ["city"] = "A Coruña", ["visit"] = "2026-12-01" };

    [Theory]
    [InlineData("""{"field":"budget","operator":"greater","value":1000,"points":1}""", true)]
    [InlineData("""{"field":"budget","operator":"greater","value":"1.500,50","points":1}""", false)]
    [InlineData("""{"field":"budget","operator":"less","value":2000,"points":1}""", true)]
    [InlineData("""{"field":"budget","operator":"between","value":[1000,1500.5],"points":1}""", true)]
    [InlineData("""{"field":"budget","operator":"equals","value":"1.500,50","points":1}""", true)]
    [InlineData("""{"field":"need","operator":"equals","value":"facturacion","points":1}""", true)]
    [InlineData("""{"field":"need","value":"Ventas","points":1}""", false)]
    [InlineData("""{"field":"need","operator":"in","value":"ventas, facturación","points":1}""", true)]
    [InlineData("""{"field":"city","operator":"contains","value":"coruna","points":1}""", true)]
    [InlineData("""{"field":"city","operator":"exists","points":1}""", true)]
    [InlineData("""{"field":"email","operator":"exists","points":1}""", false)]
    [InlineData("""{"field":"visit","operator":"less","value":"2026-12-31","points":1}""", true)]
    [InlineData("""{"field":"city","operator":"greater","value":1,"points":1}""", false)]
    public void A_rule_compares_as_people_would(string rule, bool fits) =>
        QualifyRules.Score(QualifyRules.Read($"[{rule}]").Value!, Lead).Should().Be(fits ? 1 : 0);

    [Fact]
    public void Points_of_all_fitting_rules_are_added_and_may_be_negative() =>
        QualifyRules.Score(
            QualifyRules.Read("""[{"field":"budget","operator":"exists","points":50},{"field":"city","operator":"exists","points":-20},{"field":"x","operator":"exists","points":7}]""").Value!,
            Lead).Should().Be(30);

    [Theory]
    [InlineData("""[{"operator":"exists","points":1}]""", "rule 1: the field is missing")]
    [InlineData("""[{"field":"a","operator":"like","value":"x","points":1}]""", "rule 1: 'like' is none of equals, contains, greater, less, between, exists, in")]
    [InlineData("""[{"field":"a","operator":"exists"}]""", "rule 1: points must be a whole number")]
    [InlineData("""[{"field":"a","operator":"between","value":[1],"points":1}]""", "rule 1: between needs two values")]
    [InlineData("""[{"field":"a","operator":"greater","points":1}]""", "rule 1: the value is missing")]
    [InlineData("""{"field":"a"}""", "a list is expected, such as [ … ]")]
    [InlineData("", "there are none")]
    public void Rules_that_make_no_sense_are_refused_with_the_reason(string rules, string reason) => QualifyRules.Read(rules).Error.Should().Be(reason);
}
