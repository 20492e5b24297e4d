using FlowEngine.Server.Access;
using FlowEngine.Server.Media;
using Microsoft.AspNetCore.Http.Features;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>Takes a file that a message shall carry. It is kept by its hash: the same bytes twice are one file.</summary>
internal static class KeepMedia
{
    /// <summary>What a form needs around the file.</summary>
    private const int Envelope = 64 * 1024;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/media", Handle)
        .RequireAuthorization(Policies.Speak)
        .DisableAntiforgery()
        .WithSummary("Keep a file (form field file); its answer goes into media of a message")
        .WithTags("Conversations")
        .Accepts<IFormFile>("multipart/form-data")
        .Produces<KeptFile>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> Handle(HttpContext http, KeepFile files, CancellationToken cancel)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = files.MaxBytes + Envelope;
        }

        if (http.Request.ContentLength > files.MaxBytes + Envelope)
        {
            return TooLarge(files);
        }

        var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = files.MaxBytes + Envelope }, cancel);
        if (form.Files is not [{ Length: > 0 } file])
        {
            return Problems.BadRequest("file", "is one file with at least a byte");
        }

        await using var bytes = file.OpenReadStream();
        return await files.Keep(bytes, file.ContentType, file.FileName, cancel) is { } kept ? Results.Json(kept, statusCode: StatusCodes.Status201Created) : TooLarge(files);
    }

    private static IResult TooLarge(KeepFile files) =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, "tooLarge", $"A file has at most {files.MaxBytes / (1024 * 1024)} MB.");
}
