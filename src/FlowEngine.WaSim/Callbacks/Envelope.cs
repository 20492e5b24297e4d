using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowEngine.WaSim.Callbacks;

/// <summary>
/// A webhook's body in wire form: minified, non-ASCII escaped, slashes escaped, so that only a signature over the raw bytes holds
/// (simulator.md section 4).
/// </summary>
internal static class Envelope
{
    public static byte[] Write(WaSimOptions options, string field, JsonObject value)
    {
        value["messaging_product"] = "whatsapp";
        value["metadata"] = new JsonObject
        {
            ["display_phone_number"] = options.DisplayPhoneNumber,
            ["phone_number_id"] = options.PhoneNumberId,
        };
        var envelope = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = options.BusinessAccountId,
                ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = field }),
            }),
        };

        // A slash can only be inside a string here, where its escaped form means the same.
        return Encoding.UTF8.GetBytes(envelope.ToJsonString().Replace("/", "\\/", StringComparison.Ordinal));
    }

    public static string Sign(WaSimOptions options, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.AppSecret), body));
}
