using Cairn.Domain.Access;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Tests.Access;

public sealed class AccessTokenTests
{
    private const string Secret = "0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjk";

    private static readonly AccessToken Token = new(
        new CustomerId(Guid.Parse("01935000-0000-7000-8000-00000000000a")), Guid.Parse("01935000-0000-7000-8000-00000000000b"), Secret);

    [Fact]
    public void A_key_reads_back_what_was_written_and_names_its_customer()
    {
        var text = Token.Write(AccessToken.ApiKeyWord);

        text.ShouldStartWith("cairn_" + Crockford.Encode(Token.Customer.Value) + "_");
        AccessToken.TryParse(AccessToken.ApiKeyWord, text, out var read).ShouldBeTrue();
        read.ShouldBe(Token);
    }

    [Fact]
    public void A_token_shown_in_a_log_line_does_not_show_its_secret() => $"{Token}".ShouldNotContain(Secret[..8]);

    [Theory]
    [InlineData("")]
    [InlineData("cairn")]
    [InlineData("cairn_")]
    [InlineData("Bearer cairn_x")]
    public void Text_that_is_no_token_is_not_read(string text) =>
        AccessToken.TryParse(AccessToken.ApiKeyWord, text, out _).ShouldBeFalse();

    [Fact]
    public void A_session_is_no_key_and_a_key_is_no_session()
    {
        AccessToken.TryParse(AccessToken.ApiKeyWord, Token.Write(AccessToken.SessionWord), out _).ShouldBeFalse();
        AccessToken.TryParse(AccessToken.SessionWord, Token.Write(AccessToken.ApiKeyWord), out _).ShouldBeFalse();
    }

    [Fact]
    public void No_change_of_a_single_character_reads_as_the_same_token()
    {
        var text = Token.Write(AccessToken.ApiKeyWord);
        for (var at = 0; at < text.Length; at++)
        {
            var changed = text[..at] + (text[at] == '7' ? '8' : '7') + text[(at + 1)..];
            (AccessToken.TryParse(AccessToken.ApiKeyWord, changed, out var read) && read == Token).ShouldBeFalse($"position {at}");
        }
    }

    [Fact]
    public void A_token_cut_short_or_made_longer_is_not_read()
    {
        var text = Token.Write(AccessToken.ApiKeyWord);
        AccessToken.TryParse(AccessToken.ApiKeyWord, text.AsSpan(0, text.Length - 1), out _).ShouldBeFalse();
        AccessToken.TryParse(AccessToken.ApiKeyWord, text + "0", out _).ShouldBeFalse();
    }
}
