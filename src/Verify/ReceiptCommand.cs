using System.CommandLine;
using System.Globalization;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary><c>cairn-verify receipt FILE [--secret-file F]</c>.</summary>
internal static class ReceiptCommand
{
    public static Command Create(Option<bool> json)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A receipt, or many: one a line (NDJSON) or a JSON array" };
        var secretFile = new Option<FileInfo?>("--secret-file") { Description = "File with the customer's receipt secret, to check the signature too", HelpName = "F" };
        var command = new Command(
            "receipt",
            """
            Check receipts: that nothing in them was altered, and with the secret that Cairn signed them.

            Examples:
              cairn-verify receipt receipt.json --secret-file secret.txt
              cairn-verify receipt receipts.ndjson --json
            """)
        { file, secretFile };
        command.SetAction(parsed => CommandRun.Run(parsed.GetValue(json), $"Receipt {parsed.GetValue(file)}", findings =>
            Check(parsed.GetValue(file)!, Inputs.Secret(parsed.GetValue(secretFile)), findings)));
        return command;
    }

    private static void Check(FileInfo file, byte[] secret, Findings findings)
    {
        using var stream = Inputs.Open(file);
        using var progress = new Progress("receipts", stream.Length);
        var splitter = new ReceiptSplitter(stream);
        var tally = new ReceiptTally(findings, hasSecret: secret.Length > 0);
        while (splitter.TryNext(out var receipt))
        {
            tally.Add(ReceiptVerifier.Verify(receipt, secret));
            progress.Show(tally.Receipts, splitter.Consumed);
        }

        if (splitter.IsTorn)
        {
            findings.Fault("The file ends in the middle of its JSON array.");
        }

        if (tally.Receipts == 0)
        {
            findings.Fault("The file holds no receipt.");
        }

        tally.Conclude(string.Create(CultureInfo.InvariantCulture, $"{tally.Receipts:N0} receipts of {file}"));
    }
}
