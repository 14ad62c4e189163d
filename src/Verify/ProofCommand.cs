using System.CommandLine;
using System.Globalization;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary><c>cairn-verify proof FILE --receipt FILE --vkey-file F</c>.</summary>
internal static class ProofCommand
{
    public static Command Create(Option<bool> json)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The .tlog-proof file" };
        var receipt = new Option<FileInfo>("--receipt") { Description = "The receipt that the proof is about", HelpName = "FILE", Required = true };
        var keyFile = new Option<FileInfo>("--vkey-file") { Description = "File with the log's verifier key, kept from an earlier day", HelpName = "F", Required = true };
        var secretFile = new Option<FileInfo?>("--secret-file") { Description = "File with the customer's receipt secret, to check the signature too", HelpName = "F" };
        var command = new Command(
            "proof",
            """
            Check that a receipt is in the log: the proof leads from the receipt to a checkpoint that the log signed.

            Example:
              cairn-verify proof order-1.tlog-proof --receipt order-1.json --vkey-file vkey
            """)
        { file, receipt, keyFile, secretFile };
        command.SetAction(parsed => CommandRun.Run(parsed.GetValue(json), $"Proof {parsed.GetValue(file)}", findings =>
        {
            var key = Inputs.Key(parsed.GetValue(keyFile)!);
            var secret = Inputs.Secret(parsed.GetValue(secretFile));
            var text = Inputs.Text(parsed.GetValue(file)!);
            Check(text, ReceiptVerifier.Verify(Inputs.Small(parsed.GetValue(receipt)!), secret), key, secret.Length > 0, findings);
        }));
        return command;
    }

    private static void Check(string text, ReceiptReport receipt, VerifierKey key, bool hasSecret, Findings findings)
    {
        foreach (var check in receipt.Checks.Where(check => check.State == CheckState.Failed))
        {
            findings.Fault("The receipt: " + check.Why);
        }

        if (receipt.Leaf is not { } leaf)
        {
            return;
        }

        findings.Subject = $"Proof for the receipt of the event {receipt.EventId} of customer {receipt.CustomerId}";
        try
        {
            var proof = TlogProof.Parse(text);
            var result = proof.Verify(leaf, key);
            if (!result.IsProven)
            {
                findings.Fault("The proof: " + result.Explanation);
            }

            ComparePlaces(proof, result.Checkpoint, receipt, findings);
            Conclude(result, receipt, key, hasSecret, findings);
        }
        catch (FormatException fault)
        {
            findings.Fault("The proof: " + fault.Message);
        }
    }

    // The signature does not cover origin and index of a receipt, so that only here they are found out.
    private static void ComparePlaces(TlogProof proof, Checkpoint? checkpoint, ReceiptReport receipt, Findings findings)
    {
        if (proof.Index != receipt.Index)
        {
            findings.Fault(string.Create(CultureInfo.InvariantCulture, $"The receipt says it is entry {receipt.Index}, the proof is about entry {proof.Index}."));
        }

        if (checkpoint is not null && checkpoint.Origin != receipt.Origin)
        {
            findings.Fault($"The receipt says it is in the log {receipt.Origin}, the proof is about the log {checkpoint.Origin}.");
        }
    }

    private static void Conclude(ProofResult result, ReceiptReport receipt, VerifierKey key, bool hasSecret, Findings findings)
    {
        if (result.IsProven && !receipt.HasFailed && findings.Holds)
        {
            findings.Prove($"The log {key.Name} signed for this receipt: {result.Explanation}");
            findings.Prove("What the receipt shows is what the signed text says, and the entry in the log stands for that text.");
            if (!receipt.IsErased)
            {
                findings.Prove("The data is what was received: it opens the commitment inside the signed text.");
            }

            if (hasSecret)
            {
                findings.Prove("The receipt's own signature was made with the receipt secret.");
            }
        }

        if (!hasSecret)
        {
            findings.LeaveOpen("The receipt's own signature was not checked because no --secret-file was given. The log's signature covers the same text.");
        }

        if (receipt.IsErased)
        {
            findings.LeaveOpen("The data of this receipt was erased; what it was can no longer be shown, all else still can.");
        }

        if (receipt.NotCovered.Count > 0)
        {
            findings.LeaveOpen($"These members are none of a receipt, and no signature covers them: {string.Join(", ", receipt.NotCovered)}.");
        }

        findings.LeaveOpen("That the log shows everybody the same history: keep checkpoints, and compare them with those that others hold.");
    }
}
