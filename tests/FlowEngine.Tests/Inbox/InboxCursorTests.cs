using CsCheck;
using FlowEngine.Server.Inbox;

namespace FlowEngine.Tests.Inbox;

public sealed class InboxCursorTests
{
    [Fact]
    public void A_cursor_reads_back_as_it_was_written()
    {
        Gen.Select(Gen.DateTimeOffset.Select(t => t.ToUniversalTime()), Gen.Guid, Gen.Int).Sample((at, id, episode) =>
        {
            var cursor = new InboxCursor(at, id, episode);
            return InboxCursor.TryRead(cursor.ToString(), out var read) && read == cursor;
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("_________________________________________")]
    [InlineData("!!!!")]
    public void What_was_not_written_by_us_is_refused(string? text) => InboxCursor.TryRead(text, out _).Should().BeFalse();
}
