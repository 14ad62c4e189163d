using System.CommandLine;
using System.Globalization;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary><c>cairn-verify log DIR --vkey-file F</c>.</summary>
internal static class LogCommand
{
    public static Command Create(Option<bool> json)
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "An exported log: checkpoint, tile/, and if there checkpoints/ and receipts.ndjson" };
        var keyFile = new Option<FileInfo>("--vkey-file") { Description = "File with the log's verifier key, kept from an earlier day", HelpName = "F", Required = true };
        var secretFile = new Option<FileInfo?>("--secret-file") { Description = "File with the customer's receipt secret, to check the receipts' signatures too", HelpName = "F" };
        var command = new Command(
            "log",
            """
            Recompute a whole log from its entries: every leaf, every tile, the root and the signature over it, every
            earlier checkpoint, and the place of every receipt.

            Examples:
              cairn-verify log exported-log --vkey-file vkey
              cairn-verify log exported-log --vkey-file vkey --secret-file secret.txt --json
            """)
        { folder, keyFile, secretFile };
        command.SetAction(parsed => CommandRun.Run(parsed.GetValue(json), $"Log {parsed.GetValue(folder)}", findings =>
        {
            var key = Inputs.Key(parsed.GetValue(keyFile)!);
            var secret = Inputs.Secret(parsed.GetValue(secretFile));
            Check(new LogDirectory(parsed.GetValue(folder)!), key, secret, findings);
        }));
        return command;
    }

    private static void Check(LogDirectory log, VerifierKey key, byte[] secret, Findings findings)
    {
        if (CheckpointFile.Read(log.Checkpoint, key, findings) is not { } checkpoint)
        {
            return;
        }

        findings.Subject = string.Create(CultureInfo.InvariantCulture, $"Log {checkpoint.Origin} of {checkpoint.Size:N0} entries");
        findings.Count("entries", checkpoint.Size);
        var earlier = EarlierCheckpoints(log, key, checkpoint, findings);
        new LogRecomputation(log, findings).Run(checkpoint, earlier);
        findings.Count("earlierCheckpoints", earlier.Count);
        if (log.Receipts.Exists)
        {
            LogReceipts.Check(log, checkpoint, secret, findings);
        }
        else
        {
            findings.LeaveOpen("There is no receipts.ndjson, so no receipt was compared with the log.");
        }

        findings.LeaveOpen("That the log shows everybody the same history: keep checkpoints, and compare them with those that others hold.");
    }

    private static List<Checkpoint> EarlierCheckpoints(LogDirectory log, VerifierKey key, Checkpoint current, Findings findings)
    {
        var earlier = new List<Checkpoint>();
        foreach (var file in log.EarlierCheckpoints)
        {
            if (CheckpointFile.Read(file, key, findings) is not { } checkpoint)
            {
                continue;
            }

            if (checkpoint.Size > current.Size)
            {
                findings.Fault(string.Create(CultureInfo.InvariantCulture, $"The checkpoint {file.Name} is of {checkpoint.Size:N0} entries, more than the log still has: entries were cut off."));
                continue;
            }

            earlier.Add(checkpoint);
        }

        if (earlier.Count == 0)
        {
            findings.LeaveOpen("There are no earlier checkpoints beside this one, so it was not checked that the log only ever grew.");
        }

        earlier.Sort((one, other) => one.Size.CompareTo(other.Size));
        return earlier;
    }
}

/// <summary>Reads one signed checkpoint; what is wrong with it becomes a fault.</summary>
internal static class CheckpointFile
{
    public static Checkpoint? Read(FileInfo file, VerifierKey key, Findings findings)
    {
        try
        {
            var note = SignedNote.Parse(Inputs.Text(file));
            if (note.WhyNot(key) is { } reason)
            {
                findings.Fault($"The checkpoint {file.Name}: {reason}");
                return null;
            }

            var checkpoint = Checkpoint.Parse(note.Text);
            if (checkpoint.Origin == key.Name)
            {
                return checkpoint;
            }

            findings.Fault($"The checkpoint {file.Name} is of the log {checkpoint.Origin}, the key belongs to {key.Name}.");
        }
        catch (FormatException fault)
        {
            findings.Fault($"The checkpoint {file.Name}: {fault.Message}");
        }

        return null;
    }
}
