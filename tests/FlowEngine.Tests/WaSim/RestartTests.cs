using FlowEngine.Engine.Mailbox;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.WaSim;

/// <summary>A stand-in with a file is restarted: who runs the demo again finds the phones as they were.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("wasim-").FullName, "phones.jsonl");

    private WaSimOptions Options => SimStage.Options with { File = file, Seed = null };

    [Fact]
    public async Task People_chats_and_ticks_are_there_again_and_windows_are_as_open_as_they_were()
    {
        DateTimeOffset wrote;
        await using (var before = await SimStage.Set(Options))
        {
            await before.MartaWrites("hola");
            await before.Host.Post(GraphClient.Fixture("text.json"));
            await before.Pass(TimeSpan.FromSeconds(10));
            wrote = before.Sim.World.Find(SimStage.Marta)!.LastWroteAt!.Value;
            before.Sim.World.Messages(SimStage.Marta).Should().HaveCount(2);
        }

        await using var after = await SimStage.Set(Options);
        after.Sim.World.Find(SimStage.Marta)!.Should().Match<FlowEngine.WaSim.People.Person>(marta => marta.Name == "Marta" && marta.LastWroteAt == wrote);
        after.Sim.World.Messages(SimStage.Marta).Select(bubble => (bubble.Mine, bubble.Status)).Should().Equal((true, "delivered"), (false, "read"));
        await after.Host.Post(GraphClient.Fixture("text.json"));
        await after.Pass(TimeSpan.FromSeconds(10));
        after.Receiver.Statuses.Should().NotBeEmpty().And.OnlyContain(status => status.Status != "failed");
    }

    [Fact]
    public async Task What_no_webhook_took_is_delivered_again_with_its_id()
    {
        string id;
        await using (var before = await SimStage.Set(Options))
        {
            before.Receiver.Otherwise = 503;
            before.Sim.Join("Marta", SimStage.Marta);
            id = before.Sim.Write(SimStage.Marta, "hola");
            await before.Settle();
        }

        await using var after = await SimStage.Set(Options);
        after.Sim.Resume();
        await after.Settle();

        after.Receiver.Events.Select(found => ((LeadMessage)found.Event).Content.Text).Should().Equal("hola");
        after.Receiver.Events.Single().DedupeKey.Should().Contain(id);
        after.Sim.World.Message(id)!.Status.Should().Be("delivered");
    }

    [Fact]
    public async Task A_line_that_a_kill_cut_off_is_passed_over_and_what_follows_is_kept()
    {
        await using (var before = await SimStage.Set(Options))
        {
            before.Sim.Join("Marta", SimStage.Marta);
        }

        await File.AppendAllTextAsync(file, "{\"person\":{\"id\":\"3460");
        await using (var between = await SimStage.Set(Options))
        {
            between.Sim.Join("Bea", "34600000002");
        }

        await using var after = await SimStage.Set(Options);
        after.Sim.World.People.Select(person => person.Name).Should().Equal("Marta", "Bea");
    }

    [Fact]
    public async Task After_a_reset_nothing_comes_back()
    {
        await using (var before = await SimStage.Set(Options))
        {
            await before.MartaWrites();
            before.Sim.Reset();
        }

        await using var after = await SimStage.Set(Options);
        after.Sim.World.People.Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
}
