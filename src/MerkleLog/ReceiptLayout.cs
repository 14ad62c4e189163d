using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Cairn.MerkleLog;

/// <summary>
/// Steps through a receipt that is laid out as <see cref="Receipt.WriteTo"/> writes it, or through the signed text in it,
/// by comparing with what must stand there instead of parsing. Any other layout (and any fault) makes it give up, and the
/// general reader takes over: it decides nothing that the general reader would decide otherwise.
/// </summary>
internal ref struct ReceiptLayout(ReadOnlySpan<byte> text)
{
    private const int MaxDigits = 18;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    public readonly bool IsAtEnd => _at == _text.Length;

    /// <summary>Notes the place of every member but the log, and stops before it.</summary>
    public bool Members(ref MemberValues values)
    {
        for (var member = ReceiptMember.V; member < ReceiptMember.Log; member++)
        {
            if (!Expect(Lead(member)))
            {
                return false;
            }

            var start = _at;
            var isThere = member switch
            {
                ReceiptMember.V => Digits(out _),
                ReceiptMember.SystemMetadata => _at < _text.Length && _text[_at] == '{' && Value(),
                ReceiptMember.Data => Value(),
                ReceiptMember.DataRaw or ReceiptMember.Salt => Expect("null"u8) || PlainString(out _),
                ReceiptMember.SignedText => Quoted(),
                ReceiptMember.EventId or ReceiptMember.Source or ReceiptMember.CustomerId or ReceiptMember.TransactionType
                    or ReceiptMember.Timestamp or ReceiptMember.VerificationTimestamp or ReceiptMember.DataCommitment
                    or ReceiptMember.Signature or ReceiptMember.Log => PlainString(out _),
            };
            if (!isThere)
            {
                return false;
            }

            values.Set(member, (start, _at));
        }

        return true;
    }

    /// <summary>Notes the place of every member of a signed text that has these members in this order and nothing else.</summary>
    public bool SignedMembers(ReadOnlySpan<byte> order, ref MemberValues values)
    {
        var lead = "{\""u8;
        foreach (var named in order)
        {
            var member = (ReceiptMember)named;
            if (!Expect(lead) || !Expect(ReceiptMembers.Name(member)) || !Expect("\":"u8))
            {
                return false;
            }

            var start = _at;
            var isThere = member switch
            {
                ReceiptMember.V => Digits(out _),
                ReceiptMember.SystemMetadata => _at < _text.Length && _text[_at] == '{' && Value(),
                _ => PlainString(out _),
            };
            if (!isThere)
            {
                return false;
            }

            values.Set(member, (start, _at));
            lead = ",\""u8;
        }

        return Expect("}"u8) && IsAtEnd;
    }

    /// <summary>Steps over this text if it stands here.</summary>
    public bool Expect(ReadOnlySpan<byte> expected)
    {
        var matches = _text[_at..].StartsWith(expected);
        _at += matches ? expected.Length : 0;
        return matches;
    }

    /// <summary>A string without escapes, given without its quotes.</summary>
    public bool PlainString(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!Expect("\""u8))
        {
            return false;
        }

        var length = _text[_at..].IndexOfAny(JsonText.StringStops);
        if (length < 0 || _text[_at + length] != '"')
        {
            return false;
        }

        content = _text.Slice(_at, length);
        _at += length + 1;
        return true;
    }

    /// <summary>A number from zero on without leading zeros.</summary>
    public bool Digits(out long number)
    {
        var isNumber = Utf8Parser.TryParse(_text[_at..], out number, out var used) && number >= 0 && used <= MaxDigits && (used == 1 || _text[_at] is not ((byte)'0' or (byte)'+' or (byte)'-'));
        _at += used;
        return isNumber && _at < _text.Length && _text[_at] is (byte)',' or (byte)'}';
    }

    // A string whose only escapes are those of quote and backslash, as in a quoted canonical text.
    private bool Quoted()
    {
        if (!Expect("\""u8))
        {
            return false;
        }

        while (_text[_at..].IndexOfAny(JsonText.StringStops) is >= 0 and var length)
        {
            _at += length;
            if (_text[_at] == '"')
            {
                _at++;
                return true;
            }

            if (_text[_at] != '\\' || _at + 1 >= _text.Length || _text[_at + 1] is not ((byte)'"' or (byte)'\\'))
            {
                return false;
            }

            _at += 2;
        }

        return false;
    }

    // An object, array, string or null; other values are rare here and left to the general reader. A fault
    // inside is a fault of the receipt, so the exception may pass.
    private bool Value()
    {
        if (Expect("null"u8))
        {
            return true;
        }

        if (_at >= _text.Length || _text[_at] is not ((byte)'{' or (byte)'[' or (byte)'"'))
        {
            return false;
        }

        var reader = new Utf8JsonReader(_text[_at..], new JsonReaderOptions { MaxDepth = Jcs.MaxDepth + 1 });
        reader.Read();
        reader.Skip();
        _at += (int)reader.BytesConsumed;
        return true;
    }

    private static ReadOnlySpan<byte> Lead(ReceiptMember member) => member switch
    {
        ReceiptMember.V => "{\"v\":"u8,
        ReceiptMember.EventId => ",\"event_id\":"u8,
        ReceiptMember.Source => ",\"source\":"u8,
        ReceiptMember.CustomerId => ",\"customer_id\":"u8,
        ReceiptMember.TransactionType => ",\"transaction_type\":"u8,
        ReceiptMember.Timestamp => ",\"timestamp\":"u8,
        ReceiptMember.VerificationTimestamp => ",\"verification_timestamp\":"u8,
        ReceiptMember.SystemMetadata => ",\"system_metadata\":"u8,
        ReceiptMember.DataCommitment => ",\"data_commitment\":"u8,
        ReceiptMember.Data => ",\"data\":"u8,
        ReceiptMember.DataRaw => ",\"data_raw\":"u8,
        ReceiptMember.Salt => ",\"salt\":"u8,
        ReceiptMember.SignedText => ",\"signed_text\":"u8,
        ReceiptMember.Signature => ",\"signature\":"u8,
        ReceiptMember.Log => ",\"log\":"u8,
    };
}
