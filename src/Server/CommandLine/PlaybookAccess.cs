using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Server.Playbooks;

namespace Cairn.Server.CommandLine;

/// <summary>Opens an installation for the playbook commands only when its own versions are asked for.</summary>
internal static class PlaybookAccess
{
    public static Option<bool> OwnOption() => new("--own") { Description = "With the installation's own versions; this opens the installation" };

    /// <summary>Runs a command over named playbooks. The installation is opened when it is asked for, or when neither a file nor the shipped ones have one of them.</summary>
    public static Task<int> Run(
        CommandContext context,
        ParseResult parsed,
        IReadOnlyList<PlaybookReference> references,
        bool isOwn,
        Func<Func<PlaybookReference, Task<Outcome<FoundPlaybook>>>, Output, Task<int>> work,
        CancellationToken stop)
    {
        var shipped = new ShippedPlaybooks();
        return !isOwn && references.All(reference => reference.IsAtHand(shipped) || reference.Version is null)
            ? context.Guard(parsed, (output, cancel) => work(reference => reference.Find(shipped, null, cancel), output), stop)
            : context.Run(parsed, (services, output, cancel) => work(reference => reference.Find(shipped, services.GetRequiredService<PlaybooksDirectory>(), cancel), output), stop);
    }

    /// <summary>Runs a command over all playbooks in force.</summary>
    public static Task<int> RunAll(CommandContext context, ParseResult parsed, bool isOwn, Func<IReadOnlyList<FoundPlaybook>, Output, int> work, CancellationToken stop) => isOwn
        ? context.Run(parsed, async (services, output, cancel) => work(await services.GetRequiredService<PlaybooksDirectory>().All(cancel), output), stop)
        : context.Guard(parsed, (output, _) => Task.FromResult(work([.. new ShippedPlaybooks().ById.Select(pair => new FoundPlaybook(pair.Key, pair.Value, null))], output)), stop);
}
