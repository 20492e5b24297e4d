using System.Reflection;

namespace FlowEngine.Tests.Architecture;

public sealed class InterfaceTests
{
    /// <summary>
    /// An interface stands for a choice (two implementations, one of which may be a test's) or for a wall: declared by a project that
    /// must not know its implementation's. Anything else is the class.
    /// </summary>
    [Fact]
    public void No_interface_has_a_single_implementation_beside_it()
    {
        Type[] everything = [.. Assemblies.Product.Append(Assembly.GetExecutingAssembly()).SelectMany(a => a.GetTypes())];

        Assemblies.Product.SelectMany(a => a.GetTypes()).Where(t => t.IsInterface)
            .Where(i => IsLonely(i, [.. everything.Where(t => !t.IsInterface && t.GetInterfaces().Any(x => Open(x) == i))]))
            .Select(i => i.FullName!)
            .ShouldBeNone("an interface is a choice or a wall");
    }

    private static bool IsLonely(Type port, Type[] implementations) =>
        implementations.Length == 0 || (implementations.Length == 1 && implementations[0].Assembly == port.Assembly);

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
