using Cairn.Server.Access;

namespace Cairn.Server.CommandLine;

/// <summary>Sees to it at start that somebody can sign in, and prints the one-time link when nobody can yet.</summary>
internal static class FirstAdministrator
{
    /// <summary>The administrator to make if there is none; both members <see langword="null"/> asks for a link.</summary>
    internal sealed record Named(string? Email, string? Password)
    {
        public static Named FromEnvironment()
        {
            static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
            return new Named(Read(EnsureAdministrator.EmailVariable), Read(EnsureAdministrator.PasswordVariable));
        }
    }

    public static async Task Ensure(IServiceProvider services, string url, Named named, CancellationToken cancel)
    {
        var token = await services.GetRequiredService<EnsureAdministrator>().Run(named.Email, named.Password, cancel);
        if (token is not null)
        {
            // To standard error: it is for the person at the terminal, and a document on standard output stays pure.
            await Console.Error.WriteLineAsync(
                $"""
                No administrator yet. Open this link once, within a day, to become the first one:
                  {url.TrimEnd('/')}/setup#{token}
                """);
        }
    }
}
