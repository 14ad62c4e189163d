namespace Cairn.MerkleLog;

/// <summary>
/// Checks everything about a receipt that the receipt itself (and the secret, where given) can show. Whether
/// its leaf is in the log takes a proof: see <see cref="TlogProof"/>.
/// </summary>
public static class ReceiptVerifier
{
    private const string Unreadable = "The receipt could not be read.";
    private const string Erased = "Data and salt were erased from this receipt; the commitment stays but cannot be opened any more.";
    private const string NoSecret = "No receipt secret was given.";

    private static readonly CheckResult[] ProvenChecks = [.. Enum.GetValues<ReceiptCheck>().Select(check => new CheckResult(check, CheckState.Proven, ""))];

    /// <summary>Verifies one receipt. The input may be anything; the outcome is always a report, never an exception.</summary>
    /// <param name="receiptJson">The receipt's JSON text, in any layout.</param>
    /// <param name="secretOrEmpty">The printed ASCII text of the customer's receipt secret; empty leaves the signature unchecked.</param>
    public static ReceiptReport Verify(ReadOnlySpan<byte> receiptJson, ReadOnlySpan<byte> secretOrEmpty)
    {
        using var secret = secretOrEmpty.IsEmpty ? null : new ReceiptSecret(secretOrEmpty);
        return Verify(receiptJson, secret);
    }

    /// <summary>The same for many receipts of one secret; <see langword="null"/> leaves the signatures unchecked.</summary>
    public static ReceiptReport Verify(ReadOnlySpan<byte> receiptJson, ReceiptSecret? secret)
    {
        if (ReceiptReader.Read(receiptJson, out var receipt) is { } fault)
        {
            return Malformed(fault);
        }

        using (receipt)
        {
            return Verify(in receipt, secret);
        }
    }

    private static ReceiptReport Verify(in ReceiptReader receipt, ReceiptSecret? secret)
    {
        var checks = new CheckResult[ProvenChecks.Length];
        ProvenChecks.CopyTo(checks, 0);
        var leaf = LeafEntry.Hash(receipt.Kind, Hash256.OfData(receipt.SignedText));
        var hasMembers = SignedTextMembers.TryRead(receipt.SignedText, out var signed, out var isCanonical);
        Fail(checks, ReceiptCheck.Canonical, isCanonical ? null : "The signed text is not canonical JSON.");
        Fail(checks, ReceiptCheck.MembersEqualSignedText, hasMembers ? Differing(in receipt, signed) : "The signed text has other members than a signed text must have.");
        CheckData(checks, in receipt, signed);
        Fail(checks, ReceiptCheck.LeafHash, receipt.LeafHash == leaf ? null : "The leaf hash does not follow from the signed text and the kind.");
        CheckSignature(checks, in receipt, secret);
        return new ReceiptReport(checks)
        {
            NotCovered = receipt.Unknown ?? (IReadOnlyList<string>)[],
            EventId = receipt.EventId,
            CustomerId = receipt.CustomerId,
            Origin = receipt.Origin,
            Index = receipt.Index,
            Leaf = leaf,
            IsErased = receipt.IsErased,
        };
    }

    private static string? Differing(in ReceiptReader receipt, MemberValues signed)
    {
        for (var member = ReceiptMember.V; member <= ReceiptMember.DataCommitment; member++)
        {
            if (!JsonText.AreSame(receipt.Values[member], signed[member]))
            {
                return $"The member {System.Text.Encoding.UTF8.GetString(ReceiptMembers.Name(member))} differs from the signed text.";
            }
        }

        return signed[ReceiptMember.V].SequenceEqual("1"u8) ? null : "The receipt has a version that this verifier does not know.";
    }

    private static void CheckData(CheckResult[] checks, in ReceiptReader receipt, MemberValues signed)
    {
        if (receipt.IsErased)
        {
            checks[(int)ReceiptCheck.Commitment] = new CheckResult(ReceiptCheck.Commitment, CheckState.NotChecked, Erased);
            checks[(int)ReceiptCheck.DataEqualsRaw] = new CheckResult(ReceiptCheck.DataEqualsRaw, CheckState.NotChecked, Erased);
            return;
        }

        // The commitment inside the signed text counts, not the one beside it.
        Span<byte> expected = stackalloc byte[(2 * Hash256.Size) + 2];
        expected[0] = expected[^1] = (byte)'"';
        Convert.TryToHexStringLower(SignedText.Commitment(receipt.Salt, receipt.DataRaw).ToArray(), expected[1..^1], out _);
        var opens = signed.Has(ReceiptMember.DataCommitment) && expected.SequenceEqual(signed[ReceiptMember.DataCommitment]);
        Fail(checks, ReceiptCheck.Commitment, opens ? null : "The raw data and salt do not give the data commitment of the signed text.");

        // Nearly always the bytes are the same; only a receipt that some tool laid out anew is read as JSON.
        var data = receipt.Values[ReceiptMember.Data];
        var raw = receipt.DataRaw.Trim(" \t\r\n"u8);
        var shown = data.SequenceEqual(raw) || (JsonText.IsValid(raw) ? IsOnOneLine(data, raw) || JsonText.AreSame(data, raw) : data.SequenceEqual("null"u8));
        Fail(checks, ReceiptCheck.DataEqualsRaw, shown ? null : "The readable data differs from the raw data.");
    }

    // A receipt is one line, so that its writer shows the line breaks between the tokens of the raw JSON as spaces.
    private static bool IsOnOneLine(ReadOnlySpan<byte> data, ReadOnlySpan<byte> raw)
    {
        if (data.Length != raw.Length)
        {
            return false;
        }

        for (var i = 0; i < raw.Length; i++)
        {
            if (data[i] != raw[i] && !(data[i] == ' ' && raw[i] is (byte)'\n' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckSignature(CheckResult[] checks, in ReceiptReader receipt, ReceiptSecret? secret)
    {
        if (secret is null)
        {
            checks[(int)ReceiptCheck.Signature] = new CheckResult(ReceiptCheck.Signature, CheckState.NotChecked, NoSecret);
            return;
        }

        var isRight = secret.Verify(receipt.SignedText, receipt.Signature);
        Fail(checks, ReceiptCheck.Signature, isRight ? null : "The signature does not belong to this signed text and secret.");
    }

    private static void Fail(CheckResult[] checks, ReceiptCheck check, string? why)
    {
        if (why is not null)
        {
            checks[(int)check] = new CheckResult(check, CheckState.Failed, why);
        }
    }

    private static ReceiptReport Malformed(string fault) => new(
    [
        new CheckResult(ReceiptCheck.WellFormed, CheckState.Failed, fault),
        .. ProvenChecks[1..].Select(check => new CheckResult(check.Check, CheckState.NotChecked, Unreadable)),
    ]);
}
