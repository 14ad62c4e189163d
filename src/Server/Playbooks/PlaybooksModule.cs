using Cairn.Server.Platform;

namespace Cairn.Server.Playbooks;

/// <summary>The front door of Playbooks: processes as files, shipped and of the installation's own.</summary>
internal static class PlaybooksModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton(new ShippedPlaybooks())
        .AddSingleton<PlaybooksDirectory>()
        .AddSingleton<IPlaybookCompiler>(services => services.GetRequiredService<PlaybooksDirectory>())
        .AddSingleton<PutPlaybook>();

    public static void Map(IEndpointRouteBuilder routes) => PlaybooksEndpoints.Map(routes);
}
