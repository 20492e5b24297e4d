using System.Collections.Frozen;

namespace FlowEngine.WaSim.Faults;

/// <summary>Misfortunes that tests and demos call by name.</summary>
public static class NamedFaults
{
    public static FrozenDictionary<string, Fault> All { get; } = new Dictionary<string, Fault>
    {
        ["lost_response"] = new(FaultStage.AfterAccept, FaultKind.Silence),
        ["lost_request"] = new(FaultStage.BeforeAccept, FaultKind.Silence),
        ["reset_after_accept"] = new(FaultStage.AfterAccept, FaultKind.Silence) { Wait = TimeSpan.Zero },
        ["truncated_response"] = new(FaultStage.AfterAccept, FaultKind.Truncated),
        ["status_first"] = new(FaultStage.AfterAccept, FaultKind.Slow) { Wait = TimeSpan.FromSeconds(1) },
        ["server_error"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Code = 131000, HttpStatus = 500 },
        ["server_error_without_body"] = new(FaultStage.BeforeAccept, FaultKind.Empty) { HttpStatus = 500 },
        ["gateway_page"] = new(FaultStage.BeforeAccept, FaultKind.Html) { HttpStatus = 502 },
        ["gateway_page_after_accept"] = new(FaultStage.AfterAccept, FaultKind.Html) { HttpStatus = 504 },
        ["portal_page"] = new(FaultStage.AfterAccept, FaultKind.Html) { HttpStatus = 200 },
        ["provider_outage"] = new(FaultStage.BeforeAuth, FaultKind.Error, Times: 0) { Code = 2, HttpStatus = 503 },
        ["token_expired"] = new(FaultStage.BeforeAuth, FaultKind.Error, Times: 0) { Code = 190, Subcode = 463 },
        ["window_closed"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Code = 131047 },
        ["throughput_burst"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Code = 130429 },
        ["throughput_burst_429"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Code = 130429, HttpStatus = 429, RetryAfter = 30 },
        ["pair_burst"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Code = 131056 },
        ["number_banned"] = new(FaultStage.BeforeAccept, FaultKind.Error, Times: 0) { Code = 131031, HttpStatus = 403 },
        ["media_unknown"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Call = GraphCall.MediaUrl, Code = 100, Subcode = 33 },
        ["media_url_expired"] = new(FaultStage.BeforeAccept, FaultKind.Empty) { Call = GraphCall.MediaBytes, HttpStatus = 404 },
        ["media_download_refused"] = new(FaultStage.BeforeAccept, FaultKind.Error, Times: 0) { Call = GraphCall.MediaBytes, Code = 131052 },
        ["media_slow"] = new(FaultStage.AfterAccept, FaultKind.Slow) { Call = GraphCall.MediaBytes, Wait = TimeSpan.FromSeconds(20) },
        ["media_truncated"] = new(FaultStage.AfterAccept, FaultKind.Truncated) { Call = GraphCall.MediaBytes },
        ["media_damaged"] = new(FaultStage.AfterAccept, FaultKind.Damaged) { Call = GraphCall.MediaBytes },
        ["media_upload_refused"] = new(FaultStage.BeforeAccept, FaultKind.Error) { Call = GraphCall.MediaUpload, Code = 131053 },
        ["media_upload_lost"] = new(FaultStage.AfterAccept, FaultKind.Silence) { Call = GraphCall.MediaUpload },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
