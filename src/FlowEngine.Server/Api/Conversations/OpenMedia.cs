using FlowEngine.Server.Access;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>The file of a message, for whoever works here.</summary>
internal static class OpenMedia
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/messages/{id:guid}/media", Handle)
        .RequireAuthorization(Policies.Speak)
        .WithSummary("The file of a message: in place where a browser may show it, else as a download")
        .WithTags("Conversations")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, bool? download, HttpResponse response, InboxQueries inbox, MediaShelf shelf, CancellationToken cancel)
    {
        if (await inbox.FindMedia(id, cancel) is not var (connection, media))
        {
            return Problems.NotFound("file");
        }

        var found = await shelf.Open(connection, media, cancel);
        if (found.Path is not { } path)
        {
            response.Headers.CacheControl = "no-store";
            return Problems.Of(StatusCodes.Status404NotFound, "mediaGone", found.Why ?? "The file is not here.");
        }

        return MediaAnswer.Of(response, path, found, media.FileName ?? id.ToString("N"), download == true);
    }
}
