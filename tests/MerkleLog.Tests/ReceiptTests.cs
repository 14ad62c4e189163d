using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.MerkleLog.Tests;

public sealed class ReceiptTests
{
    [Fact]
    public void A_whole_receipt_with_its_secret_is_proven_in_every_check()
    {
        var report = ReceiptVerifier.Verify(Some.Json(Some.Receipt(5)), Some.Secret);
        report.Checks.Select(check => check.Check).ShouldBe(Enum.GetValues<ReceiptCheck>());
        report.Checks.ShouldAllBe(check => check.State == CheckState.Proven);
        report.Index.ShouldBe(5);
        report.Origin.ShouldBe(Some.Origin);
        report.Leaf.ShouldBe(Some.Receipt(5).LeafHash);
        report.NotCovered.ShouldBeEmpty();
    }

    [Fact]
    public void The_members_stand_in_their_order()
    {
        using var json = JsonDocument.Parse(Some.Json(Some.Receipt()));
        json.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(
        [
            "v", "event_id", "source", "customer_id", "transaction_type", "timestamp", "verification_timestamp", "system_metadata",
            "data_commitment", "data", "data_raw", "salt", "signed_text", "signature", "log",
        ]);
        json.RootElement.GetProperty("log").EnumerateObject().Select(member => member.Name).ShouldBe(["origin", "index", "leaf_hash", "kind"]);
        json.RootElement.GetProperty("signed_text").GetString().ShouldBe(Encoding.UTF8.GetString(Some.Receipt().SignedText.Span));
        json.RootElement.GetProperty("event_id").GetString().ShouldBe(Some.Fields(0, default).EventId);
    }

    [Fact]
    public void Without_the_secret_all_but_the_signature_is_proven()
    {
        var report = ReceiptVerifier.Verify(Some.Json(Some.Receipt()), []);
        report.HasFailed.ShouldBeFalse();
        report[ReceiptCheck.Signature].State.ShouldBe(CheckState.NotChecked);
    }

    [Fact]
    public void After_erasure_everything_but_the_commitment_still_holds()
    {
        var report = ReceiptVerifier.Verify(Some.Json(Some.Receipt() with { DataRaw = null, Salt = null }), Some.Secret);
        report.HasFailed.ShouldBeFalse();
        report.IsErased.ShouldBeTrue();
        report[ReceiptCheck.Commitment].State.ShouldBe(CheckState.NotChecked);
        report[ReceiptCheck.DataEqualsRaw].State.ShouldBe(CheckState.NotChecked);
        report[ReceiptCheck.Signature].State.ShouldBe(CheckState.Proven);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("")]
    [InlineData("{\"a\":")]
    public void Data_that_is_not_json_is_shown_as_null(string data)
    {
        var json = Some.Json(Some.Receipt(0, data));
        JsonNode.Parse(json)!["data"].ShouldBeNull();
        ReceiptVerifier.Verify(json, Some.Secret).HasFailed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(" {\"a\" : 1.50 }", " {\"a\" : 1.50 }")]
    [InlineData("{\n  \"a\": 1,\r\n  \"b\": \"x y\"\n}\n", "{   \"a\": 1,    \"b\": \"x y\" } ")]
    [InlineData("null", "null")]
    [InlineData("12345678901234567890123.50", "12345678901234567890123.50")]
    public void Data_is_shown_as_it_came_but_on_one_line(string data, string shown)
    {
        var json = Some.Json(Some.Receipt(0, data));
        Encoding.UTF8.GetString(json).ShouldContain("\"data\":" + shown + ",\"data_raw\"");
        ReceiptVerifier.Verify(json, Some.Secret).HasFailed.ShouldBeFalse();
    }

    [Fact]
    public void A_line_break_inside_a_string_is_no_json_and_is_not_mistaken_for_a_space()
    {
        var receipt = Some.Receipt(0, "\"a\nb\"");
        Encoding.UTF8.GetString(Some.Json(receipt)).ShouldContain("\"data\":null,");
        var altered = Replace(receipt, "\"data\":null,", "\"data\":\"a b\",");
        ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(altered), Some.Secret)[ReceiptCheck.DataEqualsRaw].State.ShouldBe(CheckState.Failed);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_kept_too() =>
        ReceiptVerifier.Verify(Some.Json(Some.Receipt(0, [0xff, 0, 1, 2])), Some.Secret).HasFailed.ShouldBeFalse();

    [Fact]
    public void Another_layout_of_the_same_json_still_verifies()
    {
        var node = JsonNode.Parse(Some.Json(Some.Receipt()))!;
        var pretty = node.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        var report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(pretty), Some.Secret);
        report.FirstFailure.ShouldBeNull();
        var members = node.AsObject().Reverse().Select(member => $"{JsonSerializer.Serialize(member.Key)} : {member.Value?.ToJsonString() ?? "null"}");
        ReceiptVerifier.Verify(Encoding.UTF8.GetBytes("{" + string.Join("\n,", members) + "}"), Some.Secret).FirstFailure.ShouldBeNull();
    }

    [Theory]
    [InlineData("event_id", "\"other\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("source", "\"other\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("customer_id", "\"cus_2\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("transaction_type", "\"x\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("timestamp", "\"2026-03-02T09:00:00.0Z\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("verification_timestamp", "\"x\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("system_metadata", "{\"secret_version\":2}", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("system_metadata", "{\"secret_version\":1,\"x\":1}", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("data_commitment", "\"00\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("v", "2", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("data", "{\"sku\":\"A-1\"}", ReceiptCheck.DataEqualsRaw)]
    [InlineData("data", "null", ReceiptCheck.DataEqualsRaw)]
    [InlineData("data_raw", "\"e30=\"", ReceiptCheck.Commitment)]
    [InlineData("salt", "\"0000000000000000000000000000000000000000000000000000000000000000\"", ReceiptCheck.Commitment)]
    [InlineData("signature", "\"0000000000000000000000000000000000000000000000000000000000000000\"", ReceiptCheck.Signature)]
    [InlineData("signed_text", "\"{}\"", ReceiptCheck.MembersEqualSignedText)]
    [InlineData("event_id", "1", ReceiptCheck.WellFormed)]
    [InlineData("data_raw", "null", ReceiptCheck.WellFormed)]
    [InlineData("salt", "null", ReceiptCheck.WellFormed)]
    [InlineData("salt", "\"00\"", ReceiptCheck.WellFormed)]
    [InlineData("data_raw", "\"e3 0=\"", ReceiptCheck.WellFormed)]
    [InlineData("data_raw", "\"*\"", ReceiptCheck.WellFormed)]
    [InlineData("signature", "\"ABCD\"", ReceiptCheck.WellFormed)]
    [InlineData("log", "{}", ReceiptCheck.WellFormed)]
    [InlineData("log", "null", ReceiptCheck.WellFormed)]
    public void Each_altered_member_is_found_by_its_check(string member, string value, ReceiptCheck check)
    {
        var altered = Altered(Some.Receipt(), node => node[member] = JsonNode.Parse(value));
        ReceiptVerifier.Verify(altered, Some.Secret)[check].State.ShouldBe(CheckState.Failed);
    }

    [Theory]
    [InlineData("leaf_hash", "\"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d\"", ReceiptCheck.LeafHash)]
    [InlineData("kind", "\"other\"", ReceiptCheck.LeafHash)]
    [InlineData("index", "-1", ReceiptCheck.WellFormed)]
    [InlineData("index", "1.5", ReceiptCheck.WellFormed)]
    [InlineData("index", "\"1\"", ReceiptCheck.WellFormed)]
    [InlineData("origin", "1", ReceiptCheck.WellFormed)]
    [InlineData("leaf_hash", "\"x\"", ReceiptCheck.WellFormed)]
    public void Each_altered_member_of_log_is_found(string member, string value, ReceiptCheck check)
    {
        var altered = Altered(Some.Receipt(), node => node["log"]![member] = JsonNode.Parse(value));
        ReceiptVerifier.Verify(altered, Some.Secret)[check].State.ShouldBe(CheckState.Failed);
    }

    [Fact]
    public void A_number_that_a_double_cannot_tell_apart_is_still_told_apart()
    {
        var receipt = Some.Receipt(0, """{"n":9007199254740993}""");
        var altered = Replace(receipt, """{"n":9007199254740993}""", """{"n":9007199254740992}""");
        ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(altered), Some.Secret)[ReceiptCheck.DataEqualsRaw].State.ShouldBe(CheckState.Failed);
    }

    [Fact]
    public void A_signed_text_that_is_not_canonical_is_refused()
    {
        var receipt = Some.Receipt();
        var spaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt.SignedText.Span).Replace("\":", "\": ", StringComparison.Ordinal));
        var forged = receipt with { SignedText = spaced, Signature = ReceiptSignature.Sign(Some.Secret, spaced), LeafHash = LeafEntry.Hash("event", Hash256.OfData(spaced)) };
        ReceiptVerifier.Verify(Some.Json(forged), Some.Secret).FirstFailure!.Value.Check.ShouldBe(ReceiptCheck.Canonical);
    }

    [Theory]
    [InlineData("{\"v\":1,", "{\"v\":1,\"v\":1,")]
    [InlineData("\"source\":", "\"event_i\\u0064\":\"x\",\"source\":")]
    [InlineData("\"index\":", "\"index\":0,\"index\":")]
    [InlineData("\"source\":", "\"x\":1,\"x\":2,\"source\":")]
    [InlineData("\"secret_version\":1}", "\"secret_version\":1,\"secret_version\":1}")]
    [InlineData("{\"sku\":\"A-1\",", "{\"sku\":\"B-2\",\"sku\":\"A-1\",")]
    public void Repeated_members_fail(string at, string with) =>
        ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(Replace(Some.Receipt(), at, with)), Some.Secret).HasFailed.ShouldBeTrue();

    [Fact]
    public void Unknown_members_are_reported_as_not_covered()
    {
        var altered = Altered(Some.Receipt(), node =>
        {
            node["note"] = "please pay elsewhere";
            node["log"]!["mirror"] = "x";
        });
        var report = ReceiptVerifier.Verify(altered, Some.Secret);
        report.HasFailed.ShouldBeFalse();
        report.NotCovered.ShouldBe(["note", "log.mirror"], ignoreOrder: true);
    }

    [Fact]
    public void The_wrong_secret_fails() =>
        ReceiptVerifier.Verify(Some.Json(Some.Receipt()), "other"u8)[ReceiptCheck.Signature].State.ShouldBe(CheckState.Failed);

    [Fact]
    public void No_single_altered_byte_passes_and_none_throws()
    {
        var json = Some.Json(Some.Receipt(0, """{"a":"b"}"""));
        var plain = JsonNode.Parse(json)!.ToJsonString();
        foreach (var at in Enumerable.Range(0, json.Length))
        {
            foreach (var value in "\0 \"\\{}[],:019azA=\u00ff".Select(sign => (byte)sign).Append((byte)(json[at] ^ 1)))
            {
                var altered = json.ToArray();
                altered[at] = value;
                var report = ReceiptVerifier.Verify(altered, Some.Secret);

                // The space leads past the quick reader: both readers must come to the same.
                var general = ReceiptVerifier.Verify([(byte)' ', .. altered], Some.Secret);
                general.Checks.Select(check => check.State).ShouldBe(report.Checks.Select(check => check.State));
                general.Index.ShouldBe(report.Index);
                if (!report.HasFailed && report.NotCovered.Count == 0)
                {
                    // What passes must say the same; only index and origin are for a proof to check.
                    var said = JsonNode.Parse(altered)!;
                    said["log"]!["index"] = JsonNode.Parse(json)!["log"]!["index"]!.DeepClone();
                    said["log"]!["origin"] = JsonNode.Parse(json)!["log"]!["origin"]!.DeepClone();
                    said.ToJsonString().ShouldBe(plain);
                }
            }
        }
    }

    [Fact]
    public void Hostile_input_gives_a_report() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes => ReceiptVerifier.Verify(bytes, Some.Secret).HasFailed).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"v\":1}x")]
    public void Other_json_is_no_receipt(string json) =>
        ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(json), [])[ReceiptCheck.WellFormed].State.ShouldBe(CheckState.Failed);

    [Theory]
    [InlineData("\"signed_text\":\"")]
    [InlineData("\"event_id\":\"")]
    [InlineData("\"origin\":\"")]
    [InlineData("\"kind\":\"")]
    public void A_lone_surrogate_is_refused_wherever_it_stands(string at)
    {
        var altered = Encoding.UTF8.GetBytes(Replace(Some.Receipt(), at, at + "\\ud800"));
        ReceiptVerifier.Verify(altered, Some.Secret)[ReceiptCheck.WellFormed].State.ShouldBe(CheckState.Failed);
    }

    [Fact]
    public void Bottomless_nesting_is_no_receipt() =>
        ReceiptVerifier.Verify(Encoding.ASCII.GetBytes("{\"data\":" + new string('[', 1_000_000)), []).HasFailed.ShouldBeTrue();

    [Fact]
    public void The_signed_text_equals_the_canonical_form_of_its_members() => Prop.ForAll(
        ArbMap.Default.ArbFor<Tuple<NonNull<string>, NonNull<string>, NonNull<string>, int>>(),
        sample =>
        {
            var texts = new[] { sample.Item1.Get, sample.Item2.Get, sample.Item3.Get }.Select(WellFormed).ToArray();
            var metadata = Jcs.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["secret_version"] = sample.Item4, ["é" + texts[2]] = texts[0] }));
            var fields = new ReceiptFields(texts[0], texts[1], texts[2], texts[1], texts[2], texts[0], metadata, Hash256.OfData(metadata));
            var source = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
            {
                ["v"] = 1,
                ["event_id"] = texts[0],
                ["source"] = texts[1],
                ["customer_id"] = texts[2],
                ["transaction_type"] = texts[1],
                ["timestamp"] = texts[2],
                ["verification_timestamp"] = texts[0],
                ["system_metadata"] = JsonNode.Parse(metadata)!,
                ["data_commitment"] = Hash256.OfData(metadata).ToHex(),
            });
            return SignedText.Write(fields).SequenceEqual(Jcs.Canonicalize(source));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_commitment_is_SHA256_of_salt_and_data()
    {
        var salt = Some.Leaf(1).ToArray();
        foreach (var length in new[] { 0, 1, 900, 992, 993, 5000 })
        {
            var data = new byte[length];
            SignedText.Commitment(salt, data).ShouldBe(Hash256.OfData([.. salt, .. data]));
        }

        Should.Throw<ArgumentException>(() => SignedText.Commitment(salt.AsSpan(1), []));
    }

    [Fact]
    public void The_leaf_entry_holds_kind_hash_and_version_alone()
    {
        var hash = Hash256.OfData("text"u8);
        Encoding.UTF8.GetString(LeafEntry.Write("event", hash)).ShouldBe($$"""{"kind":"event","sha256":"{{hash.ToHex()}}","v":1}""");
        foreach (var kind in new[] { "event", "", "a\"b\n", "ü😀", new string('k', 500) })
        {
            var entry = LeafEntry.Write(kind, hash);
            Jcs.IsCanonical(entry).ShouldBeTrue();
            LeafEntry.Hash(kind, hash).ShouldBe(MerkleTree.LeafHash(entry));
            LeafEntry.TryParse(entry, out var readKind, out var readHash).ShouldBeTrue();
            (readKind, readHash).ShouldBe((kind, hash));
        }
    }

    [Fact]
    public void No_altered_leaf_entry_is_read_as_the_same()
    {
        var hash = Hash256.OfData("text"u8);
        var entry = LeafEntry.Write("event", hash);
        for (var at = 0; at < entry.Length; at++)
        {
            foreach (var value in "\"\\a0F ,}é".Select(sign => (byte)sign))
            {
                var altered = entry.ToArray();
                altered[at] = value;
                var isSame = altered.SequenceEqual(entry);
                var isRead = LeafEntry.TryParse(altered, out var kind, out var read) && (kind, read) == ("event", hash);
                isRead.ShouldBe(isSame);
            }
        }

        LeafEntry.TryParse([], out _, out _).ShouldBeFalse();
        LeafEntry.TryParse([.. entry, (byte)' '], out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_signature_is_what_openssl_prints()
    {
        var text = Some.Receipt().SignedText.ToArray();
        var start = new ProcessStartInfo("openssl", ["dgst", "-sha256", "-hmac", Encoding.ASCII.GetString(Some.Secret)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("openssl is not on the PATH.");
        }

        using (process!)
        {
            process!.StandardInput.BaseStream.Write(text);
            process.StandardInput.Close();
            var printed = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            printed.ShouldEndWith(ReceiptSignature.Sign(Some.Secret, text));
        }
    }

    [Fact]
    public void A_signature_is_compared_as_exact_text()
    {
        var signature = ReceiptSignature.Sign(Some.Secret, "x"u8);
        ReceiptSignature.Verify(Some.Secret, "x"u8, signature).ShouldBeTrue();
        ReceiptSignature.Verify(Some.Secret, "y"u8, signature).ShouldBeFalse();
        ReceiptSignature.Verify(Some.Secret, "x"u8, signature[1..]).ShouldBeFalse();
        ReceiptSignature.Verify(Some.Secret, "x"u8, signature.Replace(signature[0], 'é')).ShouldBeFalse();
        ReceiptSignature.Verify(Some.Secret, "x"u8, signature.ToUpperInvariant()).ShouldBeFalse();
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Altered(Receipt receipt, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(Some.Json(receipt))!;
        change(node);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    private static string Replace(Receipt receipt, string part, string with)
    {
        var json = Encoding.UTF8.GetString(Some.Json(receipt));
        json.ShouldContain(part);
        var at = json.IndexOf(part, StringComparison.Ordinal);
        return string.Concat(json.AsSpan(0, at), with, json.AsSpan(at + part.Length));
    }
}
