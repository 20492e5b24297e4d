using FlowEngine.Benchmarks;

return args is ["store", .. var options] ? await StoreBenchmark.Run(options) : Usage();

static int Usage()
{
    Console.Error.WriteLine("store [--database postgres|sqlite] [--at-once 8] [--seconds 10] [--conversations 2000]");
    return 2;
}
