namespace FlowEngine.Tests.Architecture;

public sealed class SizeTests
{
    private const int LongestFile = 500;
    private const int LongestMethod = 70;

    [Fact]
    public void No_file_is_longer_than_five_hundred_lines()
    {
        var tooLong = SourceTree.Files(["src", "tests"], ".cs", ".razor", ".css", ".js", ".html")
            .Select(f => (File: f, Lines: SourceTree.Read(f).AsSpan().TrimEnd().Count('\n') + 1))
            .Where(f => f.Lines > LongestFile)
            .Select(f => $"{f.File}: {f.Lines} lines");

        tooLong.ShouldBeNone($"a file has at most {LongestFile} lines");
    }

    [Fact]
    public void No_method_is_longer_than_seventy_lines()
    {
        var tooLong = SourceTree.Files(["src", "tests"], ".cs", ".razor")
            .SelectMany(f => CSharpText.Methods(SourceTree.Read(f)).Select(m => (File: f, Method: m)))
            .Where(m => m.Method.Lines > LongestMethod)
            .Select(m => $"{m.File}:{m.Method.Line} {m.Method.Name}: {m.Method.Lines} lines");

        tooLong.ShouldBeNone($"a method has at most {LongestMethod} lines");
    }

    [Fact]
    public void The_measure_sees_methods_constructors_and_constraints_but_not_calls_and_strings()
    {
        const string sample = """
            public sealed class Sample(int size)
            {
                public Sample() : this(Count("{"))
                {
                }

                private static async Task<T> Load<T>(Func<T> make, string text = "(")
                    where T : new()
                {
                    if (text.Length > 0)
                    {
                        // Not a method: {
                        Call(text);
                    }

                    return make();
                }

                public int Size() => size;
            }
            """;

        CSharpText.Methods(sample).Should().Equal(new CSharpText.Method("Sample", 3, 3), new CSharpText.Method("Load", 7, 11));
    }
}
