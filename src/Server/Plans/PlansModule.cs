using Cairn.Server.Plans.Checklists;
using Cairn.Server.Plans.Hours;
using Cairn.Server.Plans.Live;
using Cairn.Server.Plans.Mine;
using Cairn.Server.Plans.Reflows;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>The front door of Plans: plans from playbooks, their dates and reflows, hours, checklists, and everybody's day.</summary>
internal static class PlansModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<PlansViews>()
        .AddSingleton<SavePlan>()
        .AddSingleton<PlanOwners>()
        .AddSingleton<StartPlan>()
        .AddSingleton<ChangePlan>()
        .AddSingleton<ChangePlanItem>()
        .AddSingleton<AddPlanItem>()
        .AddSingleton<ReflowPlan>()
        .AddSingleton<ReverseReflow>()
        .AddSingleton<LogTime>()
        .AddSingleton<TickChecklist>()
        .AddSingleton<MineViews>();

    /// <summary>What only a running server needs.</summary>
    public static IServiceCollection AddJobs(IServiceCollection services) => services
        .AddSingleton<PlanSignals>()
        .AddSingleton<INotificationListener>(provider => provider.GetRequiredService<PlanSignals>())
        .AddSingleton<PlanStream>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        PlansEndpoints.Map(routes);
        ReflowsEndpoints.Map(routes);
        HoursEndpoints.Map(routes);
        ChecklistsEndpoints.Map(routes);
        LiveEndpoints.Map(routes);
        MineEndpoints.Map(routes);
    }
}
