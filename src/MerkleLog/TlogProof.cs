using System.Globalization;
using System.Text;

namespace Cairn.MerkleLog;

/// <summary>
/// A <c>.tlog-proof</c> file (c2sp.org/tlog-proof): the index of an entry, its audit path and the signed
/// checkpoint that the path leads to. It needs no contact with the log.
/// </summary>
public sealed record TlogProof(long Index, IReadOnlyList<Hash256> Path, string CheckpointNote)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraStart = "extra ";
    private const string IndexStart = "index ";

    /// <summary>A path for a tree of 2^63 leaves has 63 hashes; more are refused.</summary>
    private const int MaxPath = 63;

    /// <summary>The optional extra data of the file. Nothing authenticates it.</summary>
    public byte[]? Extra { get; init; }

    /// <summary>The file's text.</summary>
    public string Format()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null)
        {
            text.Append(ExtraStart).Append(Convert.ToBase64String(Extra)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{IndexStart}{Index}\n");
        foreach (var hash in Path)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return text.Append('\n').Append(CheckpointNote).ToString();
    }

    /// <summary>Reads a file; nothing is verified yet.</summary>
    /// <exception cref="FormatException">The sentence says what is wrong.</exception>
    public static TlogProof Parse(string text)
    {
        // The first empty line ends the proof; the checkpoint after it has an empty line of its own.
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = split < 0 ? default : text.AsSpan(0, split + 1);
        if (!NextLine(ref lines).SequenceEqual(Header))
        {
            throw new FormatException($"A proof file starts with the line {Header} and has an empty line before its checkpoint.");
        }

        var line = NextLine(ref lines);
        byte[]? extra = null;
        if (line.StartsWith(ExtraStart, StringComparison.Ordinal))
        {
            extra = StrictBase64.Decode(line[ExtraStart.Length..].ToString()) ?? throw new FormatException("The extra line of a proof file is base64.");
            line = NextLine(ref lines);
        }

        var hashes = lines.Count('\n');
        if (!line.StartsWith(IndexStart, StringComparison.Ordinal) || hashes > MaxPath)
        {
            throw new FormatException($"A proof file has an index line, followed by at most {MaxPath} hashes.");
        }

        var index = DecimalText.Parse(line[IndexStart.Length..].ToString(), "The index of a proof");
        var path = new Hash256[hashes];
        for (var at = 0; at < path.Length; at++)
        {
            path[at] = Hash256.FromBase64(NextLine(ref lines));
        }

        return new TlogProof(index, path, text[(split + 2)..]) { Extra = extra };
    }

    // Cuts the first line off; every line here ends with a line feed.
    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> lines)
    {
        var end = lines.IndexOf('\n');
        var line = end < 0 ? default : lines[..end];
        lines = lines[(end + 1)..];
        return line;
    }

    /// <summary>
    /// Whether the key signed a checkpoint of its own log (key name = origin) and the path leads from this
    /// leaf to the checkpoint's root.
    /// </summary>
    public ProofResult Verify(Hash256 leaf, VerifierKey key)
    {
        Checkpoint checkpoint;
        try
        {
            var note = SignedNote.Parse(CheckpointNote);
            if (note.WhyNot(key) is { } reason)
            {
                return new ProofResult(ProofFailure.CheckpointNotSigned, reason, null);
            }

            checkpoint = Checkpoint.Parse(note.Text);
        }
        catch (FormatException fault)
        {
            return new ProofResult(ProofFailure.CheckpointMalformed, fault.Message, null);
        }

        return VerifyAgainst(checkpoint, in leaf, key);
    }

    private ProofResult VerifyAgainst(Checkpoint checkpoint, in Hash256 leaf, VerifierKey key)
    {
        if (checkpoint.Origin != key.Name)
        {
            return new ProofResult(ProofFailure.OriginDiffers, $"The checkpoint is of the log {checkpoint.Origin}, the key belongs to {key.Name}.", checkpoint);
        }

        if (Index >= checkpoint.Size)
        {
            return new ProofResult(ProofFailure.IndexOutsideTree, $"The index {Index} is outside the checkpoint's tree of {checkpoint.Size} entries.", checkpoint);
        }

        return Proofs.VerifyInclusion(Index, checkpoint.Size, in leaf, Path is Hash256[] path ? path : [.. Path], checkpoint.Root)
            ? new ProofResult(ProofFailure.None, $"The entry is number {Index} of the {checkpoint.Size} entries that {key.Name} signed for.", checkpoint)
            : new ProofResult(ProofFailure.PathMisses, "The path does not lead from this entry to the root of the checkpoint.", checkpoint);
    }
}

/// <summary>Why a proof does not hold, in the order in which the checks run.</summary>
public enum ProofFailure
{
    None,
    CheckpointNotSigned,
    CheckpointMalformed,
    OriginDiffers,
    IndexOutsideTree,
    PathMisses,
}

/// <summary>The outcome of a proof, with a sentence for a person. The checkpoint is given only when its signature is good.</summary>
public sealed record ProofResult(ProofFailure Failure, string Explanation, Checkpoint? Checkpoint)
{
    public bool IsProven => Failure == ProofFailure.None;
}
