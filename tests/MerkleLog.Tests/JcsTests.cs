using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.MerkleLog.Tests;

public sealed class JcsTests
{
    // IEEE bits and the text of RFC 8785, appendix B, then other edges of ECMAScript's layout.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_laid_out_as_ECMAScript_does(ulong bits, string expected)
    {
        var source = BitConverter.UInt64BitsToDouble(bits).ToString("G17", System.Globalization.CultureInfo.InvariantCulture);
        Canonical(source).ShouldBe(expected);
        Jcs.IsCanonical(Encoding.ASCII.GetBytes(expected)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("1E30", "1e+30")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("100", "100")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1", "0.1")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("1e400", null)]
    public void Number_texts_are_read_as_doubles(string source, string? expected)
    {
        if (expected is null)
        {
            Refused(source).ShouldContain("double");
            return;
        }

        Canonical(source).ShouldBe(expected);
        Jcs.IsCanonical(Encoding.ASCII.GetBytes(source)).ShouldBe(source == expected);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":1,"\u0061":2}""", "")]
    [InlineData("""{"x":{"a":1,"a":1}}""", "")]
    [InlineData("""["\ud800"]""", "surrogate")]
    [InlineData("""{"\udc00":1}""", "surrogate")]
    [InlineData("[1,]", "")]
    [InlineData("[1] x", "")]
    [InlineData("", "")]
    [InlineData("[01]", "")]
    [InlineData("NaN", "")]
    [InlineData("/* no */ 1", "")]
    public void Texts_without_a_canonical_form_are_refused(string source, string word)
    {
        Refused(source).ShouldContain(word);
        Jcs.IsCanonical(Encoding.UTF8.GetBytes(source)).ShouldBeFalse();
    }

    [Fact]
    public void Invalid_UTF8_and_bottomless_nesting_are_refused()
    {
        Should.Throw<FormatException>(() => Jcs.Canonicalize([(byte)'"', 0xff, (byte)'"'])).Message.ShouldContain("UTF-8");
        Should.Throw<FormatException>(() => Jcs.Canonicalize([(byte)'"', 0xed, 0xa0, 0x80, (byte)'"'])).Message.ShouldContain("UTF-8");
        Jcs.IsCanonical([(byte)'"', 0xff, (byte)'"']).ShouldBeFalse();
        var deep = Encoding.ASCII.GetBytes(new string('[', 100_000) + new string(']', 100_000));
        Should.Throw<FormatException>(() => Jcs.Canonicalize(deep));
        Jcs.IsCanonical(deep).ShouldBeFalse();
        var fits = Encoding.ASCII.GetBytes(new string('[', Jcs.MaxDepth) + new string(']', Jcs.MaxDepth));
        Jcs.Canonicalize(fits).ShouldBe(fits);
        Jcs.IsCanonical(fits).ShouldBeTrue();
    }

    [Fact]
    public void Names_are_sorted_by_UTF16_units_not_by_code_points()
    {
        // U+FB33 is below U+1F600 as a code point, but above its first surrogate as a UTF-16 unit.
        Canonical("{\"\uFB33\":1,\"\U0001F600\":2,\"a\":3,\"\":4}").ShouldBe("{\"\":4,\"a\":3,\"\U0001F600\":2,\"\uFB33\":1}");
        Jcs.IsCanonical(Encoding.UTF8.GetBytes("{\"\uFB33\":1,\"\U0001F600\":2}")).ShouldBeFalse();
        Jcs.IsCanonical("""{"\n":1,"\u001f":2,"b":3}"""u8).ShouldBeTrue();
        Jcs.IsCanonical("""{"\u001f":1,"\n":2}"""u8).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\b\t\n\f\r\"\\/", """
        "\b\t\n\f\r\"\\/"
        """)]
    [InlineData("\u0000\u001f\u007f", "\"\\u0000\\u001f\u007f\"")]
    [InlineData("", "\"\"")]
    [InlineData("é\u2028😀", "\"é\u2028😀\"")]
    public void Strings_escape_only_what_they_must(string text, string expected)
    {
        var to = new ArrayBufferWriter<byte>();
        Jcs.WriteString(to, text);
        Encoding.UTF8.GetString(to.WrittenSpan).ShouldBe(expected.Trim(' ', '\n'));
        Jcs.IsCanonical(to.WrittenSpan).ShouldBeTrue();
    }

    [Fact]
    public void A_lone_surrogate_is_not_written() =>
        Should.Throw<FormatException>(() => Jcs.WriteString(new ArrayBufferWriter<byte>(), "a\ud800b")).Message.ShouldContain("surrogate");

    [Theory]
    [InlineData(""" {"a":1}""", false)]
    [InlineData("""{"a": 1}""", false)]
    [InlineData("""{"b":1,"a":2}""", false)]
    [InlineData("""["\u000a"]""", false)]
    [InlineData("""["\u001F"]""", false)]
    [InlineData("""["\/"]""", false)]
    [InlineData("""["\u0041"]""", false)]
    [InlineData("[1.0]", false)]
    [InlineData("""{"a":[],"b":{},"c":[true,false,null,"x"]}""", true)]
    public void Only_the_one_spelling_is_canonical(string text, bool expected) => Jcs.IsCanonical(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    [Fact]
    public void Canonical_text_is_recognised_and_stays_as_it_is() => Prop.ForAll(
        ArbMap.Default.ArbFor<Dictionary<NonNull<string>, Tuple<NonNull<string>, double, int[]>>>(),
        values =>
        {
            var source = JsonSerializer.SerializeToUtf8Bytes(values
                .Where(pair => IsWellFormed(pair.Key.Get) && IsWellFormed(pair.Value.Item1.Get) && double.IsFinite(pair.Value.Item2))
                .GroupBy(pair => pair.Key.Get)
                .ToDictionary(group => group.Key, group => new { text = group.First().Value.Item1.Get, number = group.First().Value.Item2, list = group.First().Value.Item3 }));
            var canonical = Jcs.Canonicalize(source);
            return Jcs.IsCanonical(canonical)
                && Jcs.Canonicalize(canonical).SequenceEqual(canonical)
                && JsonText.AreSame(canonical, source)
                && Jcs.IsCanonical(source) == source.SequenceEqual(canonical);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_altered_byte_gets_the_same_answer_from_scanner_and_canonicalizer()
    {
        var text = Jcs.Canonicalize("""{"a":[1,-2.5e-9,"x\n\u0001\"\\é"],"b":{"c":null,"d":true},"😀":0}"""u8);
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var value in Enumerable.Range(0, 256))
            {
                var altered = text.ToArray();
                altered[at] = (byte)value;
                Jcs.IsCanonical(altered).ShouldBe(IsOwnCanonicalForm(altered), $"byte {at} = {value}");
            }
        }
    }

    private static bool IsOwnCanonicalForm(byte[] text)
    {
        try
        {
            return Jcs.Canonicalize(text).SequenceEqual(text);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Canonical(string source) => Encoding.UTF8.GetString(Jcs.Canonicalize(Encoding.UTF8.GetBytes(source)));

    private static string Refused(string source) => Should.Throw<FormatException>(() => Jcs.Canonicalize(Encoding.UTF8.GetBytes(source))).Message;
}
