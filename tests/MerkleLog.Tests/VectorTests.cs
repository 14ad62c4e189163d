using System.Text.Json;
using Cairn.Testing;

namespace Cairn.MerkleLog.Tests;

/// <summary>Public test vectors, read where they lie beside the checkout.</summary>
public sealed class VectorTests
{
    [Fact]
    public void All_merkle_inclusion_vectors_hold()
    {
        var files = Directory.GetFiles(Folder("merkle"), "*.json", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThan(90);
        foreach (var file in files)
        {
            using var vector = JsonDocument.Parse(File.ReadAllBytes(file));
            IsProven(vector.RootElement).ShouldBe(!vector.RootElement.GetProperty("wantErr").GetBoolean(), file);
        }
    }

    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    public void All_canonical_json_vectors_hold(string name)
    {
        var folder = Folder("jcs");
        var expected = File.ReadAllBytes(Path.Combine(folder, name + ".output.json"));
        Jcs.Canonicalize(File.ReadAllBytes(Path.Combine(folder, name + ".input.json"))).ShouldBe(expected);
        Jcs.IsCanonical(expected).ShouldBeTrue();
    }

    // Some vectors carry a leaf, root or path hash that is no hash at all; reading it is then the refusal.
    private static bool IsProven(JsonElement vector)
    {
        var proof = vector.GetProperty("proof");
        var texts = proof.ValueKind == JsonValueKind.Null ? [] : proof.EnumerateArray().Select(hash => hash.GetString() ?? "").ToList();
        try
        {
            return Proofs.VerifyInclusion(
                vector.GetProperty("leafIdx").GetInt64(),
                vector.GetProperty("treeSize").GetInt64(),
                Hash256.FromBase64(vector.GetProperty("leafHash").GetString() ?? ""),
                [.. texts.Select(text => Hash256.FromBase64(text))],
                Hash256.FromBase64(vector.GetProperty("root").GetString() ?? ""));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Folder(string name)
    {
        Assert.SkipWhen(Repository.SharedData is null, "The public vectors (shared/data/vectors) are not beside this checkout.");
        return Path.Combine(Repository.SharedData!, "vectors", name);
    }
}
