using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cairn.MerkleLog;

/// <summary>
/// A receipt taken apart without judging it: every member is there once and of its type, nothing more. Holds
/// pooled memory; dispose it once.
/// </summary>
internal ref struct ReceiptReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Jcs.MaxDepth + 2 };

    private byte[] _memory;
    private int _textLength;
    private int _dataStart;
    private int _dataLength;
    private byte[] _salt;
    private bool _isOwnLayout;

    public MemberValues Values;

    public string EventId { get; private set; }

    public string CustomerId { get; private set; }

    public string Origin { get; private set; }

    public long Index { get; private set; }

    public string Kind { get; private set; }

    public Hash256 LeafHash { get; private set; }

    public List<string>? Unknown { get; private set; }

    public bool IsErased { get; private set; }

    public readonly ReadOnlySpan<byte> SignedText => _memory.AsSpan(0, _textLength);

    public readonly ReadOnlySpan<byte> DataRaw => _memory.AsSpan(_dataStart, _dataLength);

    public readonly ReadOnlySpan<byte> Salt => _salt;

    /// <summary>The signature's text between its quotes.</summary>
    public readonly ReadOnlySpan<byte> Signature => Values[ReceiptMember.Signature][1..^1];

    /// <summary>Gives what is wrong as a sentence, or null and a receipt to dispose.</summary>
    public static string? Read(ReadOnlySpan<byte> json, out ReceiptReader receipt)
    {
        receipt = new ReceiptReader { Values = new MemberValues(json), _memory = [], _salt = [], EventId = "", CustomerId = "", Origin = "", Kind = "" };
        if (!Utf8.IsValid(json))
        {
            return "The receipt is not valid UTF-8.";
        }

        try
        {
            var fault = receipt.OwnLayout(json)
                ? receipt.Texts() ?? receipt.Data()
                : receipt.Members(json) ?? receipt.Types() ?? receipt.Texts() ?? receipt.Data() ?? receipt.Log();
            if (fault is not null)
            {
                receipt.Dispose();
            }

            return fault;
        }
        catch (JsonException fault)
        {
            receipt.Dispose();
            return "The receipt is not valid JSON: " + fault.Message;
        }
        catch (InvalidOperationException)
        {
            // The framework reports an escaped lone surrogate this way.
            receipt.Dispose();
            return "A text of the receipt contains a lone surrogate.";
        }
    }

    public void Dispose()
    {
        if (_memory.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_memory);
            _memory = [];
        }
    }

    // The quick way for receipts as this product writes them; leaves nothing behind when it gives up.
    private bool OwnLayout(ReadOnlySpan<byte> json)
    {
        var layout = new ReceiptLayout(json);
        if (layout.Members(ref Values)
            && layout.Expect(",\"log\":{\"origin\":"u8) && layout.PlainString(out var origin)
            && layout.Expect(",\"index\":"u8) && layout.Digits(out var index)
            && layout.Expect(",\"leaf_hash\":"u8) && layout.PlainString(out var hash)
            && layout.Expect(",\"kind\":"u8) && layout.PlainString(out var kind)
            && layout.Expect("}}"u8) && layout.IsAtEnd && TryLeafHash(hash))
        {
            _isOwnLayout = true;
            (Origin, Index, Kind) = (Encoding.UTF8.GetString(origin), index, kind.SequenceEqual("event"u8) ? "event" : Encoding.UTF8.GetString(kind));
            return true;
        }

        Values = new MemberValues(json);
        return false;
    }

    private bool TryLeafHash(ReadOnlySpan<byte> hex)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        var isHash = hex.Length == 2 * Hash256.Size
            && !hex.ContainsAnyExcept(JsonText.LowerHex)
            && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
        LeafHash = isHash ? Hash256.From(bytes) : default;
        return isHash;
    }

    private string? Members(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "A receipt is a JSON object.";
        }

        for (var expected = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; expected++)
        {
            if (ReceiptMembers.Find(ref reader, expected, ReceiptMembers.Count) is { } member)
            {
                if (Values.Has(member))
                {
                    return $"The member {reader.GetString()} occurs twice.";
                }

                Values.Set(member, ReceiptMembers.Skip(ref reader));
            }
            else if (NoteUnknown(reader.GetString() ?? "", "") is { } fault)
            {
                return fault;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // Reading on finds anything after the object.
        reader.Read();
        return null;
    }

    private string? NoteUnknown(string name, string prefix)
    {
        Unknown ??= [];
        if (Unknown.Contains(prefix + name))
        {
            return $"The member {prefix}{name} occurs twice.";
        }

        Unknown.Add(prefix + name);
        return null;
    }

    private readonly string? Types()
    {
        for (var member = ReceiptMember.V; member <= ReceiptMember.Log; member++)
        {
            if (!Values.Has(member))
            {
                return $"The member {Encoding.UTF8.GetString(ReceiptMembers.Name(member))} is missing.";
            }

            if (!IsOfType(member, Values[member][0]))
            {
                return $"The member {Encoding.UTF8.GetString(ReceiptMembers.Name(member))} has the wrong type.";
            }
        }

        return null;
    }

    private static bool IsOfType(ReceiptMember member, byte start) => member switch
    {
        ReceiptMember.V => start is >= (byte)'0' and <= (byte)'9',
        ReceiptMember.SystemMetadata or ReceiptMember.Log => start == '{',
        ReceiptMember.Data => true,
        ReceiptMember.DataRaw or ReceiptMember.Salt => start is (byte)'"' or (byte)'n',
        ReceiptMember.EventId or ReceiptMember.Source or ReceiptMember.CustomerId or ReceiptMember.TransactionType
            or ReceiptMember.Timestamp or ReceiptMember.VerificationTimestamp or ReceiptMember.DataCommitment
            or ReceiptMember.SignedText or ReceiptMember.Signature => start == '"',
    };

    private string? Texts()
    {
        EventId = JsonText.Unquote(Values[ReceiptMember.EventId]);
        CustomerId = JsonText.Unquote(Values[ReceiptMember.CustomerId]);
        var quoted = Values[ReceiptMember.SignedText];
        var raw = Values[ReceiptMember.DataRaw];
        _memory = ArrayPool<byte>.Shared.Rent(quoted.Length + raw.Length);
        _textLength = _isOwnLayout ? Unescape(quoted[1..^1], _memory) : CopyString(quoted, _memory);
        return Signature.Length == 2 * Hash256.Size && !Signature.ContainsAnyExcept(JsonText.LowerHex)
            ? null
            : "The signature is not 64 lowercase hex digits.";
    }

    private static int CopyString(ReadOnlySpan<byte> quoted, Span<byte> to)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.CopyString(to);
    }

    // In our own layout a backslash stands only before a quote or another backslash, and means just that.
    private static int Unescape(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var length = 0;
        for (var stop = from.IndexOf((byte)'\\'); stop >= 0; stop = from.IndexOf((byte)'\\'))
        {
            from[..stop].CopyTo(to[length..]);
            to[length + stop] = from[stop + 1];
            length += stop + 1;
            from = from[(stop + 2)..];
        }

        from.CopyTo(to[length..]);
        return length + from.Length;
    }

    private string? Data()
    {
        var raw = Values[ReceiptMember.DataRaw];
        var salt = Values[ReceiptMember.Salt];
        IsErased = raw[0] == 'n' && salt[0] == 'n';
        if (IsErased)
        {
            return Values[ReceiptMember.Data][0] == 'n' ? null : "The raw data and salt are erased, but the readable data is still there.";
        }

        if (raw[0] == 'n' || salt[0] == 'n')
        {
            return "Of raw data and salt only one is erased; neither shows anything without the other.";
        }

        salt = salt[1..^1];
        if (salt.Length != 2 * MerkleLog.SignedText.SaltSize || salt.ContainsAnyExcept(JsonText.LowerHex))
        {
            return "The salt is not 64 lowercase hex digits.";
        }

        _salt = new byte[MerkleLog.SignedText.SaltSize];
        Convert.FromHexString(salt, _salt, out _, out _);
        _dataStart = _textLength;
        return DecodeRaw(raw) ? null : "The raw data is not base64.";
    }

    private bool DecodeRaw(ReadOnlySpan<byte> quoted)
    {
        // Other writers may escape the slash of base64, so the text is taken as JSON reads it.
        byte[]? unescaped = quoted.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(JsonText.Unquote(quoted)) : null;
        var text = unescaped is null ? quoted[1..^1] : unescaped;
        return !text.ContainsAny(" \t\r\n"u8)
            && Base64.DecodeFromUtf8(text, _memory.AsSpan(_dataStart), out var used, out _dataLength) == OperationStatus.Done
            && used == text.Length;
    }

    private string? Log()
    {
        var reader = new Utf8JsonReader(Values[ReceiptMember.Log], Options);
        reader.Read();
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueTextEquals("origin"u8) ? 1 : reader.ValueTextEquals("index"u8) ? 2 : reader.ValueTextEquals("leaf_hash"u8) ? 4 : reader.ValueTextEquals("kind"u8) ? 8 : 0;
            var fault = (seen & field) != 0 ? $"The member log.{reader.GetString()} occurs twice." : field == 0 ? NoteUnknown(reader.GetString() ?? "", "log.") : null;
            seen |= field;
            reader.Read();
            if ((fault ?? LogField(field, ref reader)) is { } found)
            {
                return found;
            }

            reader.Skip();
        }

        return seen == 15 ? null : "The member log has no origin, index, leaf_hash or kind.";
    }

    private string? LogField(int field, ref Utf8JsonReader reader)
    {
        if (field == 2)
        {
            var isIndex = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var index) && index >= 0 && (Index = index) == index;
            return isIndex ? null : "The member log.index is not an index.";
        }

        if (field != 0 && reader.TokenType != JsonTokenType.String)
        {
            return "A member of log has the wrong type.";
        }

        switch (field)
        {
            case 1:
                Origin = reader.GetString() ?? "";
                return null;
            case 4:
                return TryLeafHash(reader.ValueSpan) ? null : "The member log.leaf_hash is not 64 lowercase hex digits.";
            case 8:
                Kind = reader.GetString() ?? "";
                return null;
            default:
                return null;
        }
    }
}
