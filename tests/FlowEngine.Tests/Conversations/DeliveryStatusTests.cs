using CsCheck;
using FlowEngine.Conversations;

namespace FlowEngine.Tests.Conversations;

public sealed class DeliveryStatusTests
{
    private static readonly string[] Words = ["sent", "delivered", "read", "played", "failed", "warning"];

    [Theory]
    [InlineData(MessageState.Accepted, "sent", MessageState.Sent)]
    [InlineData(MessageState.Read, "delivered", MessageState.Read)]
    [InlineData(MessageState.Sent, "read", MessageState.Read)]
    [InlineData(MessageState.Unknown, "sent", MessageState.Sent)]
    [InlineData(MessageState.Calling, "delivered", MessageState.Delivered)]
    [InlineData(MessageState.Queued, "sent", MessageState.Sent)]
    [InlineData(MessageState.Sent, "failed", MessageState.Failed)]
    [InlineData(MessageState.Unknown, "failed", MessageState.Failed)]
    [InlineData(MessageState.Delivered, "failed", MessageState.Delivered)]
    [InlineData(MessageState.Read, "failed", MessageState.Read)]
    [InlineData(MessageState.Failed, "sent", MessageState.Failed)]
    [InlineData(MessageState.Failed, "delivered", MessageState.Delivered)]
    [InlineData(MessageState.Stopped, "sent", MessageState.Sent)]
    [InlineData(MessageState.Accepted, "warning", MessageState.Accepted)]
    [InlineData(MessageState.Received, "read", MessageState.Received)]
    public void A_report_moves_it_forward_or_not_at_all(MessageState now, string status, MessageState then) =>
        DeliveryStatus.Merge(now, status).Should().Be(then);

    [Fact]
    public void Reports_in_any_order_and_any_number_end_in_the_same_state() =>
        Gen.OneOf(Words).Array[0, 7].Sample(words =>
        {
            var end = After(words);
            After(words.Reverse()).Should().Be(end);
            After(words.Order(StringComparer.Ordinal)).Should().Be(end);
            After([.. words, .. words]).Should().Be(end);
        });

    private static MessageState After(IEnumerable<string> words) => words.Aggregate(MessageState.Accepted, DeliveryStatus.Merge);
}
