using System.Text;
using FlowEngine.Server.Hooks;

namespace FlowEngine.Tests.Hooks;

public sealed class HookSignatureTests
{
    /// <summary>A pair that is published for checking such signatures (GitHub's page "Validating webhook deliveries").</summary>
    [Fact]
    public void The_signature_is_the_HMAC_of_the_raw_body() =>
        HookSignature.Of(Encoding.UTF8.GetBytes("Hello, World!"), "It's a Secret to Everybody")
            .Should().Be("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
}
