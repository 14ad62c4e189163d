using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Playbooks;
using Cairn.Server.Playbooks;

namespace Cairn.Server.CommandLine;

/// <summary>How a command names a playbook: a file, an id, or an id with a version (<c>implementation-30-day@2</c>).</summary>
internal sealed record PlaybookReference(string Text, string Id, int? Version, bool IsFile)
{
    public static PlaybookReference Parse(string text)
    {
        if (text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || File.Exists(text))
        {
            return new PlaybookReference(text, Path.GetFileNameWithoutExtension(text), null, true);
        }

        var at = text.LastIndexOf('@');
        return at > 0 && int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new PlaybookReference(text, text[..at], version, false)
            : new PlaybookReference(text, text, null, false);
    }

    /// <summary>Whether a file or a shipped playbook answers it, so that no installation has to be opened.</summary>
    public bool IsAtHand(ShippedPlaybooks shipped) =>
        IsFile || (shipped.ById.TryGetValue(Id, out var text) && (Version is null || new FoundPlaybook(Id, text, null).Version == Version));

    /// <summary>The playbook; of the installation's own where one is open.</summary>
    public async Task<Outcome<FoundPlaybook>> Find(ShippedPlaybooks shipped, PlaybooksDirectory? directory, CancellationToken cancel)
    {
        if (IsFile)
        {
            return new FoundPlaybook(Id, PlaybookText.Read(await File.ReadAllTextAsync(Text, cancel), Id), null);
        }

        return directory is not null ? await directory.Find(Id, Version, cancel)
            : IsAtHand(shipped) ? new FoundPlaybook(Id, shipped.ById[Id], null)
            : PlaybooksProblems.NotFound(Id, shipped.ById.Keys);
    }
}
