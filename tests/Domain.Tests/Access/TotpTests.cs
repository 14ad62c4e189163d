using System.Text;
using Cairn.Domain.Access;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Access;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the rows of SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1_111_111_109, "07081804")]
    [InlineData(1_111_111_111, "14050471")]
    [InlineData(1_234_567_890, "89005924")]
    [InlineData(2_000_000_000, "69279037")]
    [InlineData(20_000_000_000, "65353130")]
    public void A_code_is_the_one_of_the_RFC(long seconds, string code) =>
        Totp.Code(Secret, Totp.StepAt(Instant.FromUnixTimeSeconds(seconds)), digits: 8).ShouldBe(code);

    /// <summary>RFC 4226, appendix D.</summary>
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(5, "254676")]
    [InlineData(9, "520489")]
    public void Six_digits_are_those_of_HOTP(long step, string code) => Totp.Code(Secret, step).ShouldBe(code);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int off, bool isTaken)
    {
        var now = Instant.FromUnixTimeSeconds(1_700_000_000);
        var step = Totp.StepAt(now) + off;
        Totp.Match(Secret, Totp.Code(Secret, step), now, lastUsed: 0).ShouldBe(isTaken ? step : null);
    }

    [Fact]
    public void A_code_works_once_and_none_before_it_works_any_more()
    {
        var now = Instant.FromUnixTimeSeconds(1_700_000_000);
        var step = Totp.StepAt(now);
        Totp.Match(Secret, Totp.Code(Secret, step), now, lastUsed: step).ShouldBeNull();
        Totp.Match(Secret, Totp.Code(Secret, step - 1), now, lastUsed: step).ShouldBeNull();
        Totp.Match(Secret, Totp.Code(Secret, step + 1), now, lastUsed: step).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("größe!")]
    public void What_is_no_code_matches_nothing(string typed) => Totp.Match(Secret, typed, Instant.FromUnixTimeSeconds(59), lastUsed: 0).ShouldBeNull();

    [Fact]
    public void Blanks_that_apps_show_between_the_digits_do_not_matter() =>
        Totp.Match(Secret, " 287 082 ", Instant.FromUnixTimeSeconds(59), lastUsed: 0).ShouldBe(1);

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_RFC(string plain, string text) => Totp.Base32(Encoding.ASCII.GetBytes(plain)).ShouldBe(text);

    [Fact]
    public void The_uri_says_what_an_app_needs() => Totp.Uri("Cairn", "ada+x@example.com", Secret).ShouldBe(
        "otpauth://totp/Cairn:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Cairn&algorithm=SHA1&digits=6&period=30");

    [Fact]
    public void A_recovery_code_survives_being_typed_by_hand() => Prop.ForAll(
        Gen.Elements(AccessToken.SecretAlphabet.ToCharArray()).ArrayOf(RecoveryCode.Length).Select(characters => new string(characters)).ToArbitrary(),
        canonical => RecoveryCode.Canonical(RecoveryCode.Write(canonical).ToUpperInvariant().Replace('0', 'O').Replace('1', 'I').Replace("-", " - ", StringComparison.Ordinal)) == canonical)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_recovery_code_is_shown_in_groups_of_five() => RecoveryCode.Write("0123456789abcdefghjkmnpqr").ShouldBe("01234-56789-abcde-fghjk-mnpqr");
}
