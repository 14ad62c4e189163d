using Dapper;

namespace Cairn.Server.Platform;

/// <summary>What a process manager and a load balancer ask.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok\n"))
            .WithName("GetHealth").WithTags("Health").WithSummary("The process lives")
            .Produces<string>(contentType: "text/plain").RequirePolicy(Policies.Public);
        routes.MapGet("/readyz", Ready)
            .WithName("GetReadiness").WithTags("Health").WithSummary("The database answers")
            .Produces<string>(contentType: "text/plain").Refuses(503).RequirePolicy(Policies.Public);
    }

    private static async Task<IResult> Ready(Database database, HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        try
        {
            await using var connection = await database.Connect(limit.Token);
            await connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", cancellationToken: limit.Token));
            return TypedResults.Text("ready\n");
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e) || e is OperationCanceledException)
        {
            return ProblemResults.From(PlatformProblems.DatabaseUnavailable);
        }
    }
}
