using FlowEngine.Workflows.Interpreter;
using Jint;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// JavaScript for one burst: an engine made when the first script runs, shared by the scripts after it, without any way to
/// .NET. Only those functions and values are put into it that a script names.
/// </summary>
internal sealed class ScriptHost(Burst burst)
{
    /// <summary>Elements of one array; the memory limit is looked at between statements only.</summary>
    private const uint MaxArraySize = 1_000_000;

    private readonly HashSet<string> installed = new(StringComparer.Ordinal);
    private Engine? engine;

    /// <summary>In whose scope the running script reads and writes.</summary>
    public Execution Scope { get; private set; } = null!;

    /// <summary>What the script named by setOutcome and setOutcomes; null when it named none.</summary>
    public List<string>? Outcomes { get; set; }

    public Burst Burst => burst;

    public Engine Engine => engine!;

    /// <summary>Runs a script and answers its value as a plain one.</summary>
    /// <exception cref="ScriptFailure">It threw, or reached a limit.</exception>
    public object? Run(PreparedCode code, Execution scope)
    {
        Scope = scope;
        Outcomes = null;
        engine ??= Create();
        var isSpoilt = true;
        try
        {
            foreach (var name in code.Globals) Install(name);
            ScriptRandom.Install(this, code, installed);
            if (code.MayGrow && installed.Add("#growers")) ScriptGrowth.Guard(engine, burst.Environment.Limits);
            var variables = ScriptVariables.Put(this, code);
            var value = ScriptValue.ToPlain(engine.Evaluate(code.Code).UnwrapIfPromise());
            variables?.WriteBack();
            isSpoilt = code.LeavesTraces;
            return value;
        }
        catch (Exception failure) when (Explain(failure) is { } explained)
        {
            throw explained;
        }
        finally
        {
            if (isSpoilt) Discard();
        }
    }

    private void Discard()
    {
        engine?.Dispose();
        engine = null;
        installed.Clear();
    }

    private Engine Create()
    {
        var limits = burst.Environment.Limits;
        var made = new Engine(options =>
        {
            options.MaxStatements(limits.ScriptStatements);
            options.TimeoutInterval(limits.ScriptTime);
            options.LimitMemory(limits.ScriptMemory);
            options.LimitRecursion(limits.ScriptRecursion);
            options.DisableStringCompilation();
            options.Culture = System.Globalization.CultureInfo.InvariantCulture;
            options.TimeSystem = new ScriptClock(burst.Now);
            options.Constraints.RegexTimeout = limits.RegexTime;
            options.Constraints.PromiseTimeout = limits.ScriptTime;
            options.Constraints.MaxArraySize = MaxArraySize;
        });
        return made;
    }

    /// <summary>A host value wins over a function, a function over a variable accessor; the rest is JavaScript's own.</summary>
    private void Install(string name)
    {
        if (burst.Host is IExpressionScope host && host.Values.TryGetValue(name, out var value))
        {
            // Set anew for each script: the host's values change in the course of a burst.
            Engine.SetValue(name, ScriptValue.ToScript(Engine, value));
            return;
        }

        if (installed.Contains(name)) return;
        if (ScriptFunctions.Find(name) is not { } function) return;
        installed.Add(name);
        Engine.SetValue(name, new ClrFunction(Engine, name, (_, arguments) => function(this, arguments)));
    }

    private static ScriptFailure? Explain(Exception failure) => failure switch
    {
        JavaScriptException error => new ScriptFailure(error.Message, error),
        PromiseRejectedException rejected => new ScriptFailure(rejected.RejectedValue.ToString(), rejected),
        StatementsCountOverflowException => Limit("ran too many statements", failure),
        MemoryLimitExceededException or OutOfMemoryException => Limit("used too much memory", failure),
        RecursionDepthOverflowException => Limit("called itself too deeply", failure),
        System.Text.RegularExpressions.RegexMatchTimeoutException => Limit("has a regular expression that takes too long", failure),
        TimeoutException => Limit("took too long", failure),
        FormatException or ArgumentException or InvalidOperationException => new ScriptFailure(failure.Message, failure),
        ScriptFailure already => already,
        _ => null,
    };

    private static ScriptFailure Limit(string what, Exception failure) => new($"The script {what}.", failure) { IsLimit = true };
}
