using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.MerkleLog.Tests;

public sealed class VerifyReceiptCommandTests
{
    [Fact]
    public void A_receipt_with_its_secret_is_proven_and_the_open_question_named()
    {
        using var folder = LogFolder.Empty();
        folder.Write("r.json", Some.Json(Some.Receipt()));
        folder.Write("secret", Some.Secret);
        var run = VerifyProcess.Run("receipt", folder["r.json"], "--secret-file", folder["secret"]);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("signed that text");
        run.Output.ShouldContain("does not prove that it is in the log");
        run.Output.ShouldNotContain("was not checked");
        run.Output.ShouldNotContain("\u0001", customMessage: "ids of a file must not steer the terminal");
    }

    [Fact]
    public void Without_the_secret_it_says_that_the_signature_was_not_checked()
    {
        using var folder = LogFolder.Empty();
        folder.Write("r.json", Some.Json(Some.Receipt()));
        var run = VerifyProcess.Run("receipt", folder["r.json"]);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("The signature was not checked because no --secret-file was given");
    }

    [Fact]
    public void Each_tampering_ends_with_1()
    {
        using var folder = LogFolder.Empty();
        folder.Write("secret", Some.Secret);
        var receipt = Encoding.UTF8.GetString(Some.Json(Some.Receipt()));
        folder.Write("data.json", receipt.Replace("\"quantity\":3}", "\"quantity\":4}", StringComparison.Ordinal));
        folder.Write("time.json", receipt.Replace("\"timestamp\":\"2026", "\"timestamp\":\"2025", StringComparison.Ordinal));
        folder.Write("signature.json", receipt.Replace(Some.Receipt().Signature, new string('0', 64), StringComparison.Ordinal));
        folder.Write("torn.json", receipt[..^30]);
        folder.Write("nothing.json", "hello");
        folder.Write("empty.json", "");
        foreach (var file in new[] { "data.json", "time.json", "signature.json", "torn.json", "nothing.json", "empty.json" })
        {
            var run = VerifyProcess.Run("receipt", folder[file], "--secret-file", folder["secret"]);
            run.ExitCode.ShouldBe(1, file + run.Output + run.Error);
            run.Output.ShouldContain("DOES NOT HOLD");
        }
    }

    [Fact]
    public void Many_receipts_are_read_from_lines_arrays_and_laid_out_objects()
    {
        using var folder = LogFolder.Empty();
        var receipts = Enumerable.Range(0, 50).Select(index => Encoding.UTF8.GetString(Some.Json(Some.Receipt(index)))).ToList();
        var laidOut = receipts.Select(receipt => JsonNode.Parse(receipt)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true })).ToList();
        folder.Write("lines", string.Join("\n", receipts) + "\n\n");
        folder.Write("windows", string.Join("\r\n", receipts));
        folder.Write("array", "[" + string.Join(",", receipts) + "]\n");
        folder.Write("pretty-array", " [\n" + string.Join(" ,\n", laidOut) + "\n]");
        folder.Write("pretty", string.Join("\n", laidOut));
        foreach (var file in new[] { "lines", "windows", "array", "pretty-array", "pretty" })
        {
            var run = VerifyProcess.Run("receipt", folder[file], "--json");
            run.ExitCode.ShouldBe(0, file + run.Output + run.Error);
            using var json = JsonDocument.Parse(run.Output);
            json.RootElement.GetProperty("counts").GetProperty("receipts").GetInt64().ShouldBe(50);
            json.RootElement.GetProperty("result").GetString().ShouldBe("proven");
        }
    }

    [Fact]
    public void Faults_are_counted_and_the_first_twenty_listed()
    {
        using var folder = LogFolder.Empty();
        var receipts = Enumerable.Range(0, 60).Select(index => Encoding.UTF8.GetString(Some.Json(Some.Receipt(index)))).ToList();
        for (var i = 10; i < 60; i += 2)
        {
            receipts[i] = receipts[i].Replace("\"quantity\":3}", "\"quantity\":4}", StringComparison.Ordinal);
        }

        receipts[3] = "{\"not a receipt\":";
        folder.Write("lines", string.Join("\n", receipts));
        var run = VerifyProcess.Run("receipt", folder["lines"], "--json");
        run.ExitCode.ShouldBe(1);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("faultCount").GetInt64().ShouldBe(26);
        json.RootElement.GetProperty("faults").GetArrayLength().ShouldBe(20);
        json.RootElement.GetProperty("faults")[0].GetString()!.ShouldStartWith("Receipt 4: ");
        json.RootElement.GetProperty("faults")[1].GetString()!.ShouldContain("Receipt 11 (event order \"10\"");
        VerifyProcess.Run("receipt", folder["lines"]).Output.ShouldContain("and 6 more");
    }

    [Fact]
    public void An_array_without_its_end_does_not_hold()
    {
        using var folder = LogFolder.Empty();
        folder.Write("array", "[" + Encoding.UTF8.GetString(Some.Json(Some.Receipt())));
        VerifyProcess.Run("receipt", folder["array"]).Output.ShouldContain("ends in the middle of its JSON array");
        folder.Write("array", "[" + Encoding.UTF8.GetString(Some.Json(Some.Receipt())) + "] x");
        VerifyProcess.Run("receipt", folder["array"]).ExitCode.ShouldBe(1);
    }

    [Fact]
    public void An_erased_receipt_holds_and_says_so()
    {
        using var folder = LogFolder.Empty();
        folder.Write("r.json", Some.Json(Some.Receipt() with { DataRaw = null, Salt = null }));
        var run = VerifyProcess.Run("receipt", folder["r.json"]);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("was erased");
        run.Output.ShouldNotContain("opens the commitment");
    }

    [Fact]
    public void Wrong_use_ends_with_2_and_a_sentence()
    {
        using var folder = LogFolder.Empty();
        folder.Write("r.json", Some.Json(Some.Receipt()));
        folder.Write("blank", " \n");
        Refused("There is no file", "receipt", folder["absent.json"]);
        Refused("There is no file", "receipt", folder["r.json"], "--secret-file", folder["absent"]);
        Refused("does not hold a receipt secret", "receipt", folder["r.json"], "--secret-file", folder["blank"]);
        Refused("--unknown", "receipt", folder["r.json"], "--unknown");
        Refused("--help", "receipt");
        Refused("--help", "verify");
        Refused("--help");
        Refused("is a directory", "receipt", folder["."]);
        Refused("knows no value report bundles yet", "value-report", folder["r.json"]);
        Refused("does not hold a verifier key", "proof", folder["r.json"], "--receipt", folder["r.json"], "--vkey-file", folder["r.json"]);
        Refused("There is no directory", "log", folder["absent"], "--vkey-file", folder["r.json"]);
    }

    [Fact]
    public void Wrong_use_is_json_for_programs()
    {
        var run = VerifyProcess.Run("receipt", "absent.json", "--json");
        run.ExitCode.ShouldBe(2);
        JsonNode.Parse(run.Output)!["result"]!.GetValue<string>().ShouldBe("usage");
    }

    [Theory]
    [InlineData("cairn-verify log exported-log")]
    [InlineData("cairn-verify receipt receipt.json --secret-file secret.txt", "receipt")]
    [InlineData("cairn-verify proof order-1.tlog-proof", "proof")]
    [InlineData("cairn-verify log exported-log --vkey-file vkey", "log")]
    public void Help_teaches_by_example(string example, params string[] command)
    {
        var run = VerifyProcess.Run([.. command, "--help"]);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain(example);
    }

    private static void Refused(string part, params string[] arguments)
    {
        var run = VerifyProcess.Run(arguments);
        run.ExitCode.ShouldBe(2, string.Join(' ', arguments) + run.Output + run.Error);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(part);
        run.Error.ShouldNotContain("   at ");
    }
}
