using System.Text;
using DotLiquid;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Expressions;

/// <summary>Filters that Elsa adds to the standard ones, and <c>date</c> by the burst's clock. Found by the library by name.</summary>
internal static class LiquidFilters
{
    public static readonly Type[] Types = [typeof(Extra)];

    public static class Extra
    {
        public static string Json(object? input) => JsonText.Of(input);

        public static string Base64(string? input) => Convert.ToBase64String(Encoding.UTF8.GetBytes(input ?? ""));

        public static object? Keys(object? input) => input is IDictionary<string, object?> map ? map.Keys.ToList() : null;

        public static string? Date(Context context, object? input, string format)
        {
            var value = input is string and ("now" or "today") ? context.Registers[LiquidScope.NowRegister] : input;
            return StandardFilters.Date(context, value is DateTimeOffset instant ? instant.UtcDateTime : value, format);
        }
    }
}
