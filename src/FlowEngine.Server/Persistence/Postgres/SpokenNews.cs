using System.Globalization;
using System.Text;
using System.Threading.Channels;
using FlowEngine.Engine;
using FlowEngine.Engine.Live;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// What is to be said to the other nodes, gathered while the last message is on its way. First line: who says it; then one line a piece:
/// <c>c id version tab-before tab new-for-people overdue</c>, <c>t command</c>, <c>h</c>.
/// </summary>
internal sealed class SpokenNews(NodeId node)
{
    /// <summary>PostgreSQL takes 8000 bytes.</summary>
    private const int MostBytes = 7_000;

    /// <summary>When the server is away what is oldest goes first: nothing depends on it.</summary>
    private const int Backlog = 10_000;

    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Changed(ConversationChanged change) => Say(string.Create(
        CultureInfo.InvariantCulture, $"c {change.Id:N} {change.Version} {(int)change.TabBefore} {(int)change.Tab} {(change.NewForPeople ? 1 : 0)} {change.Overdue}"));

    public void Turned(Guid command) => Say($"t {command:N}");

    public void HooksOwed() => Say("h");

    /// <summary>As much as fits into one message; waits while there is nothing.</summary>
    public async Task<string> Next(CancellationToken cancel)
    {
        var text = new StringBuilder(node.Value);
        text.Append('\n').Append(await lines.Reader.ReadAsync(cancel));
        while (text.Length < MostBytes && lines.Reader.TryRead(out var line))
        {
            text.Append('\n').Append(line);
        }

        return text.ToString();
    }

    private void Say(string line) => lines.Writer.TryWrite(line);
}
