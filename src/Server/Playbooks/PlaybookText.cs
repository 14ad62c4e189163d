using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Foundation;
using Cairn.Domain.Playbooks;
using Cairn.Server.Platform;

namespace Cairn.Server.Playbooks;

/// <summary>A playbook as text, and what it came to when it was read.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Sha256">Of the text in UTF-8, 64 lowercase hex digits.</param>
/// <param name="Root">The tree; <see langword="null"/> for a text that is no YAML or no map.</param>
/// <param name="Reading">The playbook and all faults.</param>
internal sealed record PlaybookText(string Text, string Sha256, FileMap? Root, PlaybookReading Reading)
{
    /// <summary>Reads and lints a text; never fails. <paramref name="fileName"/> is the name that its id must equal, if any.</summary>
    public static PlaybookText Read(string text, string? fileName)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (bytes.Length > PlaybookLimits.Bytes)
        {
            return Refused(text, sha256, new PlaybookFault(1, 1, "playbook-too-long", $"The file has {bytes.Length / 1024} KiB.", $"A playbook has at most {PlaybookLimits.Bytes / 1024} KiB: split it."));
        }

        var (root, refusal) = YamlTree.Read(text, PlaybookLimits.Nesting);
        return root is not null
            ? new PlaybookText(text, sha256, root as FileMap, PlaybookLint.Check(root, fileName))
            : Refused(text, sha256, new PlaybookFault(refusal!.Line, refusal.Column, refusal.Code, refusal.Detail, refusal.Fix));
    }

    private static PlaybookText Refused(string text, string sha256, PlaybookFault fault) => new(text, sha256, null, new PlaybookReading(null, [fault]));
}
