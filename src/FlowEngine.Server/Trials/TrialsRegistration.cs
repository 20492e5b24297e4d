namespace FlowEngine.Server.Trials;

public static class TrialsRegistration
{
    /// <summary>Trials of flows; each lives with the page that holds it.</summary>
    public static IServiceCollection AddFlowEngineTrials(this IServiceCollection services) => services.AddSingleton<TrialWorks>().AddSingleton<TrialFlows>();
}
