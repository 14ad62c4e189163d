namespace Cairn.MerkleLog.Tests;

public sealed class NoteTests
{
    private const string Text = "log.example/cus_1\n5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n";

    [Fact]
    public void A_note_is_the_text_an_empty_line_and_signature_lines()
    {
        using var signer = Some.Signer();
        var note = SignedNote.Sign(Text, Some.Origin, signer);
        note.Format().ShouldStartWith(Text + "\n\u2014 log.example/cus_1 ");
        note.Format().ShouldEndWith("\n");
        var read = SignedNote.Parse(note.Format());
        read.Text.ShouldBe(Text);
        read.Format().ShouldBe(note.Format());
        read.Verify(Some.Key(signer)).ShouldBeTrue();
    }

    [Fact]
    public void Other_signatures_are_ignored_and_a_bad_known_one_rejects()
    {
        using var signer = Some.Signer();
        using var other = new Ed25519Signer(new byte[32]);
        var key = Some.Key(signer);
        var own = SignedNote.Sign(Text, Some.Origin, signer).Signatures[0];
        var foreign = SignedNote.Sign(Text, "witness.example/w", other).Signatures[0];
        var bad = own with { Signature = foreign.Signature };
        var sameNameOtherKey = SignedNote.Sign(Text, Some.Origin, other).Signatures[0] with { Signature = new byte[64] };

        new SignedNote(Text, [foreign, own]).Verify(key).ShouldBeTrue();
        new SignedNote(Text, [sameNameOtherKey, own]).Verify(key).ShouldBeTrue();
        new SignedNote(Text, [own, bad]).Verify(key).ShouldBeFalse();
        new SignedNote(Text, [foreign]).WhyNot(key).ShouldNotBeNull().ShouldContain("no signature");
        new SignedNote(Text + "more\n", [own]).WhyNot(key).ShouldNotBeNull().ShouldContain("does not belong");
    }

    [Fact]
    public void Sixteen_signatures_are_read()
    {
        using var signer = Some.Signer();
        var own = SignedNote.Sign(Text, Some.Origin, signer).Signatures[0];
        var many = new SignedNote(Text, [.. Enumerable.Range(0, 16).Select(i => own with { Name = $"w{i}" }), own]);
        SignedNote.Parse(many.Format()).Verify(Some.Key(signer)).ShouldBeTrue();
        var tooMany = new SignedNote(Text, [.. Enumerable.Repeat(own, SignedNote.MaxSignatures + 1)]);
        Should.Throw<FormatException>(() => SignedNote.Parse(tooMany.Format())).Message.ShouldContain("signature lines");
    }

    [Fact]
    public void The_last_empty_line_splits()
    {
        using var signer = Some.Signer();
        var note = SignedNote.Sign("one\n\ntwo\n", Some.Origin, signer);
        SignedNote.Parse(note.Format()).Text.ShouldBe("one\n\ntwo\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name QUJDREVG")]
    [InlineData("text\n\n— name QUJDRA==\n")]
    [InlineData("text\n\n- name QUJDREVG\n")]
    [InlineData("text\n\n— na+me QUJDREVG\n")]
    [InlineData("text\n\n— na\u00a0me QUJDREVG\n")]
    [InlineData("text\n\n—  QUJDREVG\n")]
    [InlineData("text\n\n— name  QUJDREVG\n")]
    [InlineData("text\n\n— name QUJDREV\n")]
    [InlineData("text\n\n— name QUJDREVG \n")]
    [InlineData("te\txt\n\n— name QUJDREVG\n")]
    [InlineData("text\r\n\n— name QUJDREVG\n")]
    public void Malformed_notes_are_refused(string note) => Should.Throw<FormatException>(() => SignedNote.Parse(note));

    // Not a row of the table above, because attributes cannot hold a lone surrogate.
    [Fact]
    public void A_note_with_a_lone_surrogate_is_refused() =>
        Should.Throw<FormatException>(() => SignedNote.Parse("te\ud800xt\n\n\u2014 name QUJDREVG\n")).Message.ShouldContain("Unicode");

    [Fact]
    public void A_verifier_key_is_read_back_even_when_its_base64_holds_plus_signs()
    {
        var keys = Enumerable.Range(0, 200).Select(i => VerifierKey.For("log.example/a", Some.Leaf(i).ToArray())).ToList();
        keys.ShouldContain(key => key.ToString().Split('+').Length > 3);
        keys.ShouldAllBe(key => VerifierKey.Parse(key.ToString() + "\n") == key);
    }

    [Fact]
    public void The_example_shape_of_the_specification_has_its_id()
    {
        // From the Go documentation of signed notes: one known key with its published id.
        var key = VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        key.Name.ShouldBe("PeterNeumann");
        key.KeyId.ShouldBe(0xc74f20a3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumenn+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void Altered_verifier_keys_are_refused(string vkey) => Should.Throw<FormatException>(() => VerifierKey.Parse(vkey));

    [Fact]
    public void A_checkpoint_is_read_back()
    {
        Checkpoint.Parse(Text).Body.ShouldBe(Text);
        Checkpoint.Parse(Text).Size.ShouldBe(5);
        Checkpoint.Parse(Text + "extension\n").Body.ShouldBe(Text + "extension\n");
    }

    [Theory]
    [InlineData("origin\n5\n")]
    [InlineData("\n5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n")]
    [InlineData("origin\n05\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n")]
    [InlineData("origin\n-5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n")]
    [InlineData("origin\n 5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n")]
    [InlineData("origin\n9223372036854775808\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n")]
    [InlineData("origin\n5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI\n")]
    [InlineData("origin\n5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=")]
    [InlineData("origin\n5\nnND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=\n\n")]
    public void Malformed_checkpoints_are_refused(string body) => Should.Throw<FormatException>(() => Checkpoint.Parse(body));

    [Fact]
    public void A_proof_file_is_read_back_and_proves_its_leaf()
    {
        using var signer = Some.Signer();
        var proof = ProofOf(7, 20, signer);
        var read = TlogProof.Parse(proof.Format());
        read.Format().ShouldBe(proof.Format());
        proof.Format().ShouldStartWith("c2sp.org/tlog-proof@v1\nindex 7\n");
        read.Verify(Some.Leaf(7), Some.Key(signer)).IsProven.ShouldBeTrue();
        var extra = proof with { Extra = [1, 2, 3] };
        TlogProof.Parse(extra.Format()).Format().ShouldBe(extra.Format());
    }

    [Fact]
    public void A_failing_proof_names_its_reason()
    {
        using var signer = Some.Signer();
        using var stranger = new Ed25519Signer(new byte[32]);
        var key = Some.Key(signer);
        var proof = ProofOf(7, 20, signer);
        Failure(proof, 8, key).ShouldBe(ProofFailure.PathMisses);
        Failure(proof with { Index = 8 }, 7, key).ShouldBe(ProofFailure.PathMisses);
        Failure(proof with { Index = 20 }, 7, key).ShouldBe(ProofFailure.IndexOutsideTree);
        Failure(proof with { Path = [.. proof.Path.Skip(1)] }, 7, key).ShouldBe(ProofFailure.PathMisses);
        Failure(proof, 7, VerifierKey.For(Some.Origin, stranger.PublicKey)).ShouldBe(ProofFailure.CheckpointNotSigned);
        Failure(proof with { CheckpointNote = proof.CheckpointNote.Replace("\n20\n", "\n21\n", StringComparison.Ordinal) }, 7, key).ShouldBe(ProofFailure.CheckpointNotSigned);
        Failure(proof with { CheckpointNote = "nothing" }, 7, key).ShouldBe(ProofFailure.CheckpointMalformed);
        var otherLog = SignedNote.Sign(new Checkpoint("other", 20, default).Body, Some.Origin, signer).Format();
        Failure(proof with { CheckpointNote = otherLog }, 7, key).ShouldBe(ProofFailure.OriginDiffers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\nx")]
    [InlineData("c2sp.org/tlog-proof@v1\n\nx")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\nx")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra ***\nindex 0\n\nx")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n")]
    public void Malformed_proof_files_are_refused(string text) => Should.Throw<FormatException>(() => TlogProof.Parse(text));

    internal static TlogProof ProofOf(int index, int size, Ed25519Signer signer)
    {
        var tree = NaiveTree.Of(size);
        var checkpoint = new Checkpoint(Some.Origin, size, tree.Root(size));
        return new TlogProof(index, tree.Path(index, size), SignedNote.Sign(checkpoint.Body, Some.Origin, signer).Format());
    }

    private static ProofFailure Failure(TlogProof proof, int leaf, VerifierKey key)
    {
        var result = proof.Verify(Some.Leaf(leaf), key);
        result.Explanation.ShouldEndWith(".");
        return result.Failure;
    }
}
