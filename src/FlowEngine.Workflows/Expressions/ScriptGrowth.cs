using FlowEngine.Workflows.Interpreter;
using Jint;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// The engine looks at memory between statements, so one call such as <c>'x'.repeat(1e9)</c> would take it all first.
/// The built-ins that grow text by a number are checked before they run.
/// </summary>
internal static class ScriptGrowth
{
    public static void Guard(Engine engine, Limits limits)
    {
        var prototype = engine.Global.Get("String").AsObject().Get("prototype").AsObject();
        var longest = limits.ScriptMemory / sizeof(char);
        Wrap(engine, prototype, "repeat", (text, count) => text.Length * count <= longest);
        Wrap(engine, prototype, "padStart", (_, length) => length <= longest);
        Wrap(engine, prototype, "padEnd", (_, length) => length <= longest);
    }

    private static void Wrap(Engine engine, Jint.Native.Object.ObjectInstance prototype, string name, Func<string, double, bool> isSmall)
    {
        var original = prototype.Get(name);
        prototype.Set(name, new ClrFunction(engine, name, (self, arguments) =>
        {
            var number = arguments.Length > 0 ? TypeConverter.ToNumber(arguments[0]) : 0;
            return double.IsNaN(number) || isSmall(TypeConverter.ToString(self), number)
                ? engine.Call(original, self, arguments)
                : throw new ScriptFailure("The script used too much memory.") { IsLimit = true };
        }));
    }
}
