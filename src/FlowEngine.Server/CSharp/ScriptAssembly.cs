using System.Reflection;
using System.Runtime.Loader;

namespace FlowEngine.Server.CSharp;

/// <summary>Holds one compiled script; unloaded when nothing holds the script any more. Everything else is the server's own.</summary>
internal sealed class ScriptAssembly() : AssemblyLoadContext("FlowScript", isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName) => null;
}
