namespace FlowEngine.Engine.Errors;

/// <summary>What is known of one error: its cause for the Error tab, whether to repeat, and what a person can do about it.</summary>
/// <param name="Code">The provider's number, a range like 200-299, or one of ours beginning with FE_.</param>
/// <param name="Category">provider_api, auth, automation, window_closed, rate_limit, recipient, template, policy_account, transient.</param>
/// <param name="PausesConnection">The cause concerns the whole connection.</param>
public sealed record ErrorEntry(
    string Code, string Name, string Category, RetryRule Retry, bool PausesConnection, string Meaning, Cure Cure);

/// <summary>What an operator can do about it, in the languages of the desk.</summary>
public sealed record Cure(string Es, string Pt, string En)
{
    /// <param name="language">Two letters; an unknown one reads English.</param>
    public string In(string language) => language switch { "es" => Es, "pt" => Pt, _ => En };
}

/// <param name="Policy">auto, never, after_fix, manual, manual_after_wait, reconcile_first.</param>
/// <param name="MaxAttempts">How many repeats the rule allows; 0 unless the policy is auto.</param>
public sealed record RetryRule(string Policy, TimeSpan First, int Factor, TimeSpan Max, int MaxAttempts)
{
    public static readonly RetryRule None = new("never", TimeSpan.Zero, 1, TimeSpan.Zero, 0);

    public bool IsAutomatic => Policy == "auto";

    /// <summary>The wait after attempt number <paramref name="attempt"/> (from 1) failed; null when the list of delays is used up.</summary>
    /// <param name="chance">From 0 up to 1; spreads the wait by 20 % to either side.</param>
    public TimeSpan? After(int attempt, double chance)
    {
        var repeat = Math.Max(0, attempt - 1);
        if (!IsAutomatic || repeat >= MaxAttempts)
            return null;

        var wait = Math.Min(First.TotalSeconds * Math.Pow(Factor, repeat), Max.TotalSeconds);
        return TimeSpan.FromSeconds(wait * (0.8 + 0.4 * chance));
    }
}
