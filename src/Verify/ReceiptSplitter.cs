namespace Cairn.Verify;

/// <summary>
/// Cuts a stream into receipts without holding more than one of them: one JSON object in any layout, several
/// one after the other (one a line or not), or a JSON array. It does not judge what it cuts.
/// </summary>
internal sealed class ReceiptSplitter(Stream stream)
{
    /// <summary>An event has at most 256 KiB; what is longer than this is no receipt.</summary>
    private const int MaxReceipt = 16 << 20;
    private const int FirstBuffer = 1 << 20;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private Layout _layout = Layout.Unknown;

    private enum Layout
    {
        Unknown,
        Lines,
        Values,
        Array,
    }

    /// <summary>How many bytes of the stream were consumed, for progress.</summary>
    public long Consumed { get; private set; }

    /// <summary>After the last receipt: whether a JSON array was begun and never closed.</summary>
    public bool IsTorn => _layout == Layout.Array;

    /// <summary>Gives the next receipt; valid until the next call. A torn rest is given as it is, for the verifier to refuse.</summary>
    public bool TryNext(out ReadOnlySpan<byte> receipt)
    {
        receipt = default;
        if (!SkipBlank(_layout == Layout.Array ? " \t\r\n,"u8 : " \t\r\n"u8))
        {
            return false;
        }

        if (_layout == Layout.Unknown && !Recognize())
        {
            return false;
        }

        if (_layout == Layout.Array && _buffer[_start] == ']')
        {
            Advance(1);
            _layout = Layout.Values;
            return TryNext(out receipt);
        }

        var length = _layout == Layout.Lines ? LineLength() : ValueLength();
        receipt = _buffer.AsSpan(_start, length);
        Advance(length);
        return true;
    }

    private bool Recognize()
    {
        if (_buffer[_start] == '[')
        {
            _layout = Layout.Array;
            Advance(1);
            return SkipBlank(" \t\r\n"u8);
        }

        // A line that opens and closes an object is one of many; a laid-out object has its brace alone.
        var line = _buffer.AsSpan(_start, LineLength()).TrimEnd("\r "u8);
        _layout = line.Length > 1 && line[0] == '{' && line[^1] == '}' ? Layout.Lines : Layout.Values;
        return true;
    }

    private int LineLength()
    {
        for (var from = 0; ;)
        {
            var at = _buffer.AsSpan(_start + from, _end - _start - from).IndexOf((byte)'\n');
            if (at >= 0)
            {
                return from + at;
            }

            from = _end - _start;
            if (!Fill())
            {
                return from;
            }
        }
    }

    // The length up to the brace that closes the first one, or of everything up to a line's end where no object starts.
    private int ValueLength()
    {
        if (_buffer[_start] != '{')
        {
            return Math.Max(1, LineLength());
        }

        var depth = 0;
        var inString = false;
        for (var at = 0; ; at++)
        {
            if (at == _end - _start && !Fill())
            {
                return at;
            }

            var sign = _buffer[_start + at];
            if (sign == '\\' && inString)
            {
                at++;
                if (at == _end - _start && !Fill())
                {
                    return at;
                }
            }
            else if (sign == '"')
            {
                inString = !inString;
            }
            else if (!inString && sign is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (!inString && sign is (byte)'}' or (byte)']' && --depth == 0)
            {
                return at + 1;
            }
        }
    }

    private bool SkipBlank(ReadOnlySpan<byte> blank)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var first = rest.IndexOfAnyExcept(blank);
            if (first >= 0)
            {
                Advance(first);
                return true;
            }

            Advance(rest.Length);
            if (!Fill())
            {
                return false;
            }
        }
    }

    private void Advance(int count)
    {
        _start += count;
        Consumed += count;
    }

    private bool Fill()
    {
        if (_isAtEnd || _end - _start >= MaxReceipt)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
        return read > 0;
    }
}
