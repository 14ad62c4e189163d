using Cairn.Domain.Foundation;

namespace Cairn.Domain.Tests.Foundation;

public sealed class NearestWordTests
{
    private static readonly string[] Known = ["effort", "after", "agenda", "audience", "at"];

    [Theory]
    [InlineData("effrot", "effort")]
    [InlineData("Effort", "effort")]
    [InlineData("agendas", "agenda")]
    [InlineData("audeince", "audience")]
    [InlineData("zzzzz", null)]
    [InlineData("", null)]
    public void The_word_that_was_probably_meant(string word, string? meant) => NearestWord.Of(word, Known).ShouldBe(meant);

    [Fact]
    public void A_hint_is_the_end_of_a_sentence()
    {
        NearestWord.Hint("effrot", Known).ShouldBe(" Did you mean 'effort'?");
        NearestWord.Hint("nothing like it", Known).ShouldBe("");
    }
}
