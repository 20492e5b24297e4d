using System.Runtime.CompilerServices;

namespace FlowEngine.Tests.Api;

public sealed class HostEndTests
{
    /// <summary>A server's process ends with it; of the many hosts of these tests each must go by itself.</summary>
    [Fact]
    public async Task A_host_that_has_ended_leaves_nothing_in_memory()
    {
        var services = await StartAndEnd();

        for (var i = 0; i < 10 && services.IsAlive; i++)
        {
            // What was on its way when it ended, such as a timer's last callback, has to be over.
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        services.IsAlive.Should().BeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartAndEnd()
    {
        await using var host = await ApiHost.Start();
        (await host.As("supervisor").GetAsync("/api/conversations/counts")).EnsureSuccessStatusCode();
        (await host.Anonymous().PostAsync("/chat/web/session", null)).Dispose();
        return new WeakReference(host.Services);
    }
}
