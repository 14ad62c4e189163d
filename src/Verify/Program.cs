using System.CommandLine;
using Cairn.Verify;

var json = new Option<bool>("--json") { Description = "Print one JSON document for programs", Recursive = true };
var root = new RootCommand(
    """
    Checks receipts, proofs and logs of Cairn without any server and says what is proven and what is not.

    Examples:
      cairn-verify receipt receipt.json --secret-file secret.txt
      cairn-verify receipt receipts.ndjson
      cairn-verify proof order-1.tlog-proof --receipt receipt.json --vkey-file vkey
      cairn-verify log exported-log --vkey-file vkey

    Exit code: 0 everything that could be checked holds, 1 something was altered or does not fit, 2 wrong use
    (an unknown option, a missing or unreadable file).
    """)
{
    json,
    ReceiptCommand.Create(json),
    ProofCommand.Create(json),
    LogCommand.Create(json),
    ValueReportCommand.Create(json),
};

return CommandRun.Invoke(root, args, json);
