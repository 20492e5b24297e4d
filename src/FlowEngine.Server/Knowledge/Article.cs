namespace FlowEngine.Server.Knowledge;

/// <summary>An article as it stands.</summary>
/// <param name="Body">Markdown.</param>
/// <param name="Language">es, pt-BR or en.</param>
/// <param name="Labels">Words by which leads ask for it, beside those of the text.</param>
/// <param name="Active">An inactive article is found by nobody.</param>
/// <param name="Version">Give it back with an edit.</param>
public sealed record Article(
    Guid Id, string Title, string Body, string Language, IReadOnlyCollection<string> Labels, bool Active, long Version,
    string CreatedBy, DateTimeOffset CreatedAt, string ChangedBy, DateTimeOffset ChangedAt);

/// <summary>An article in a list: everything but its text.</summary>
public sealed record ArticleLine(
    Guid Id, string Title, string Language, IReadOnlyCollection<string> Labels, bool Active, long Version, string ChangedBy, DateTimeOffset ChangedAt);

/// <summary>What somebody writes of an article.</summary>
/// <param name="Version">The version that was edited; not for a new one.</param>
public sealed record ArticleInput(
    string? Title, string? Body, string? Language, IReadOnlyCollection<string>? Labels = null, bool Active = true, long? Version = null);

/// <summary>Which articles a list shows; a null condition does not filter.</summary>
/// <param name="Title">Part of the title; accents and capitals do not matter.</param>
/// <param name="Language">es, pt-BR or en.</param>
public sealed record ArticleFilter(string? Title = null, string? Language = null, bool? Active = null);
