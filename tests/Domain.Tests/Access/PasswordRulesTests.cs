using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Domain.Tests.Access;

public sealed class PasswordRulesTests
{
    private static readonly HashSet<string> Common = ["unbelievable", "password", "dragon", "letmein"];

    [Theory]
    [InlineData("elevenchars", "password-length")]
    [InlineData("Unbelievable", "password-common")]
    [InlineData("dragon123456", "password-common")]
    [InlineData("2024Password!!", "password-common")]
    [InlineData("P@ssw0rd2024!", "password-common")]
    [InlineData("aaaaaaaaaaaaaaaa", "password-common")]
    [InlineData("ab12ab12ab12", "password-common")]
    [InlineData("1234567890123", "password-common")]
    [InlineData("cairn cairn 2026", "password-guessable")]
    [InlineData("Hopper-Grace-99", "password-guessable")]
    [InlineData("example.com-grace", "password-guessable")]
    public void A_weak_password_is_refused_and_not_quoted(string password, string code)
    {
        var fault = Faults(password).ShouldHaveSingleItem();
        fault.Code.ShouldBe(code);
        fault.Detail.ShouldNotContain(password);
    }

    [Theory]
    [InlineData("four small words")]
    [InlineData("            ")]
    [InlineData("пароль из слов")]
    [InlineData("my dragon eats cairn stones")]
    [InlineData("grace likes long sentences")]
    [InlineData("Zq7#Zq8$Zq9%x")]
    public void Length_is_all_that_is_asked_for(string password)
    {
        // Blanks alone are one piece over and over; everything else here is fine.
        Faults(password).Select(fault => fault.Code).ShouldBe(string.IsNullOrWhiteSpace(password) ? ["password-common"] : []);
    }

    [Fact]
    public void Length_counts_characters_as_people_do()
    {
        Faults(string.Concat(Enumerable.Repeat("🪨🌊🌳", 4))).ShouldNotBeEmpty("three signs over and over are one piece");
        Faults("🪨🌊🌳🔥🍄🌙⭐🌧️🌈🍂🌱").ShouldBeEmpty();
        Faults(string.Concat(Enumerable.Range(0, 256).Select(at => (char)('a' + (at * at % 23))))).ShouldBeEmpty();
        Faults(string.Concat(Enumerable.Range(0, 257).Select(at => (char)('a' + (at * at % 23))))).ShouldHaveSingleItem().Code.ShouldBe("password-length");
    }

    [Fact]
    public void No_text_breaks_the_check() => Prop.ForAll<string?>(text =>
    {
        var faults = Faults(text);
        return faults.Count <= 1;
    }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<Fault> Faults(string? password)
    {
        var faults = new InputFaults();
        PasswordRules.Check(password, ["Grace Hopper", "grace@example.com"], Common.Contains, faults);
        return faults.List;
    }
}
