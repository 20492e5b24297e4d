using System.Globalization;
using System.Text;

namespace FlowEngine.Server.Leads;

/// <summary>
/// What the columns of a file mean, whatever language its header is in (English, Spanish, Portuguese; accents and case do not
/// matter). A column that means nothing known becomes a field of the lead by its own name.
/// </summary>
internal static class LeadColumns
{
    public const string Name = "name";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string ExternalId = "externalId";
    public const string Connection = "connection";
    public const string Source = "source";
    public const string Flow = "flow";
    public const string Department = "department";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["name"] = Name, ["full name"] = Name, ["nombre"] = Name, ["nombre completo"] = Name, ["nome"] = Name, ["nome completo"] = Name,
        ["phone"] = Phone, ["phone number"] = Phone, ["mobile"] = Phone, ["whatsapp"] = Phone, ["telefono"] = Phone, ["movil"] = Phone, ["celular"] = Phone, ["telefone"] = Phone, ["fone"] = Phone,
        ["email"] = Email, ["e-mail"] = Email, ["mail"] = Email, ["correo"] = Email, ["correo electronico"] = Email,
        ["id"] = ExternalId, ["external id"] = ExternalId, ["externalid"] = ExternalId, ["id externo"] = ExternalId, ["codigo"] = ExternalId,
        ["connection"] = Connection, ["conexion"] = Connection, ["canal"] = Connection, ["conexao"] = Connection,
        ["source"] = Source, ["origen"] = Source, ["fuente"] = Source, ["origem"] = Source, ["fonte"] = Source,
        ["flow"] = Flow, ["flujo"] = Flow, ["fluxo"] = Flow,
        ["department"] = Department, ["departamento"] = Department, ["setor"] = Department,
    };

    /// <summary>Null for a column of the caller's own.</summary>
    public static string? Meaning(string header) => Known.GetValueOrDefault(Plain(header));

    /// <summary>Lower case, without accents, underscores as blanks.</summary>
    private static string Plain(string header)
    {
        var letters = header.Trim().Replace('_', ' ').ToLowerInvariant().Normalize(NormalizationForm.FormD);
        return new string([.. letters.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)]);
    }
}
