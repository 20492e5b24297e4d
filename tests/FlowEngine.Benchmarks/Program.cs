using FlowEngine.Benchmarks;

return args switch
{
    ["store", .. var options] => await StoreBenchmark.Run(options),
    ["memory", .. var options] => MemoryBenchmark.Run(options),
    ["resume", .. var options] => await ResumeBenchmark.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("store [--database postgres|sqlite] [--at-once 8] [--seconds 10] [--conversations 2000]");
    Console.Error.WriteLine("memory [--flow literal|script] [--seconds 5]");
    Console.Error.WriteLine("resume [--database postgres|sqlite] [--at-once 8] [--seconds 10] [--waiting 5000] [--waits once|twice]");
    return 2;
}
