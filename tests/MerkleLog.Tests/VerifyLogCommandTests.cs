using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Cairn.MerkleLog.Tests;

public sealed class VerifyLogCommandTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    public void An_untouched_log_is_proven(int size)
    {
        using var folder = LogFolder.WithLog(size, size / 2, size);
        var run = Log(folder, "--secret-file", folder["secret"], "--json");
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        var json = JsonNode.Parse(run.Output)!;
        json["counts"]!["entries"]!.GetValue<int>().ShouldBe(size);
        json["counts"]!["receiptsInLog"]!.GetValue<int>().ShouldBe(size);
        json["proven"]!.AsArray().Count.ShouldBe(size == 0 ? 2 : 3);
        json["proven"]![1]!.GetValue<string>().ShouldContain("The log only grew");
    }

    [Fact]
    public void What_was_not_proven_is_said()
    {
        using var folder = LogFolder.WithLog(3);
        File.Delete(folder["receipts.ndjson"]);
        var run = Log(folder);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("no receipts.ndjson");
        run.Output.ShouldContain("no earlier checkpoints");
        run.Output.ShouldContain("same history");
    }

    [Fact]
    public void A_partial_tile_may_be_replaced_by_the_full_one_and_entries_may_be_compressed()
    {
        using var folder = LogFolder.WithLog(512, 300);
        using var signer = Some.Signer();
        folder.Write("checkpoint", File.ReadAllText(folder["checkpoints/300"]));
        Directory.Delete(folder["checkpoints"], recursive: true);
        var lines = File.ReadAllLines(folder["receipts.ndjson"]);
        File.WriteAllLines(folder["receipts.ndjson"], lines.Take(300));
        var plain = File.ReadAllBytes(folder["tile/entries/000"]);
        using (var gzip = new GZipStream(File.Create(folder["tile/entries/000"]), CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        // Level 1 is of width 2 in the larger log; the smaller one needs its first hash alone.
        folder.Write("tile/1/000.p/1", File.ReadAllBytes(folder["tile/1/000.p/2"]).AsSpan(0, 32));
        var run = Log(folder);
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
    }

    [Fact]
    public void Each_tampering_is_found_and_named()
    {
        Found("Entry 0 is not", folder => folder.FlipBit("tile/entries/000", 4));
        Found("tile/0/000 differs", folder => folder.FlipBit("tile/entries/000", 40));
        Found("tile/0/000 differs", folder => folder.FlipBit("tile/0/000", 8));
        Found("tile/1/000.p/1 differs", folder => folder.FlipBit("tile/1/000.p/1", 8));
        Found("tile/0/001.p/44 is missing", folder => File.Delete(folder["tile/0/001.p/44"]));
        Found("tile/0/000 is missing or has a wrong length", folder => folder.Write("tile/0/000", new byte[32]));
        Found("entries/000 are missing", folder => File.Delete(folder["tile/entries/000"]));
        Found("entries/001.p/44 are missing, torn", folder => folder.Write("tile/entries/001.p/44", new byte[3]));
        Found("does not belong to this text", folder => folder.Change("checkpoint", text => text.Replace("\n300\n", "\n299\n", StringComparison.Ordinal)));
        Found("The checkpoint checkpoint:", folder => folder.Write("checkpoint", "x"));
        Found("entries were cut off", folder => folder.Write("checkpoint", File.ReadAllText(folder["checkpoints/200"])));
        Found("history was rewritten", folder => Resign(folder, "checkpoints/100", 100, Some.Leaves(100)));
        Found("do not give the root", folder => Resign(folder, "checkpoint", 300, Some.Leaves(300)));
        Found("Receipt 1 (event", folder => folder.Change("receipts.ndjson", text => text.Replace("\"quantity\":3}", "\"quantity\":4}", StringComparison.Ordinal)));
        Found("no such leaf at its index 299", folder => folder.Change("receipts.ndjson", text => text.Replace("\"index\":0,", "\"index\":299,", StringComparison.Ordinal)));
        Found("no such leaf at its index 300", folder => folder.Change("receipts.ndjson", text => text.Replace("\"index\":0,", "\"index\":300,", StringComparison.Ordinal)));
        Found("Another receipt before it", folder => folder.Change("receipts.ndjson", text => text + text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public void Another_key_is_no_proof_and_no_exported_log_is_wrong_use()
    {
        using var folder = LogFolder.WithLog(3);
        using var stranger = new Ed25519Signer(new byte[32]);
        folder.Write("vkey", VerifierKey.For(Some.Origin, stranger.PublicKey).ToString());
        Log(folder).ExitCode.ShouldBe(1);
        File.Delete(folder["checkpoint"]);
        var run = Log(folder);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("no exported log");
    }

    [Fact]
    public void A_proof_file_places_its_receipt()
    {
        using var folder = LogFolder.WithLog(20);
        using var signer = Some.Signer();
        var leaves = Enumerable.Range(0, 20).Select(index => Some.Receipt(index).LeafHash).ToArray();
        var proof = new TlogProof(7, new NaiveTree(leaves).Path(7, 20), File.ReadAllText(folder["checkpoint"]));
        folder.Write("r.json", Some.Json(Some.Receipt(7)));
        folder.Write("other.json", Some.Json(Some.Receipt(8)));
        folder.Write("moved.json", System.Text.Encoding.UTF8.GetString(Some.Json(Some.Receipt(7))).Replace("\"index\":7", "\"index\":6", StringComparison.Ordinal));
        folder.Write("elsewhere.json", Some.Json(Some.Receipt(7) with { Origin = "log.example/cus_2" }));
        folder.Write("p", proof.Format());
        folder.Write("altered", (proof with { Path = [.. proof.Path.Reverse()] }).Format());
        folder.Write("torn", proof.Format()[..60]);

        var run = Proof(folder, "p", "r.json");
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain("number 7 of the 20 entries");
        run.Output.ShouldContain("no --secret-file was given");
        Proof(folder, "p", "other.json").ExitCode.ShouldBe(1);
        Proof(folder, "p", "moved.json").Output.ShouldContain("says it is entry 6");
        Proof(folder, "p", "elsewhere.json").Output.ShouldContain("says it is in the log log.example/cus_2");
        Proof(folder, "altered", "r.json").Output.ShouldContain("does not lead");
        Proof(folder, "torn", "r.json").ExitCode.ShouldBe(1);
        Proof(folder, "p", "absent.json").ExitCode.ShouldBe(2);
    }

    private static void Found(string part, Action<LogFolder> tamper)
    {
        using var folder = LogFolder.WithLog(300, 100, 200, 300);
        tamper(folder);
        var run = Log(folder, "--json");
        run.ExitCode.ShouldBe(1, part + run.Output + run.Error);
        JsonNode.Parse(run.Output)!["faults"]!.AsArray().Select(fault => fault!.GetValue<string>()).ShouldContain(fault => fault.Contains(part), run.Output);
    }

    private static void Resign(LogFolder folder, string path, long size, Hash256[] leaves)
    {
        using var signer = Some.Signer();
        folder.Write(path, SignedNote.Sign(new Checkpoint(Some.Origin, size, MerkleTree.Root(leaves)).Body, Some.Origin, signer).Format());
    }

    private static VerifyProcess Log(LogFolder folder, params string[] more) =>
        VerifyProcess.Run(["log", folder["."], "--vkey-file", folder["vkey"], .. more]);

    private static VerifyProcess Proof(LogFolder folder, string proof, string receipt) =>
        VerifyProcess.Run("proof", folder[proof], "--receipt", folder[receipt], "--vkey-file", folder["vkey"]);
}
