using System.IO.Pipelines;
using System.Text;
using Cairn.Domain.Ingest;
using Cairn.Server.Ingest;

namespace Cairn.Server.Tests.Ingest;

/// <summary>Streams are cut into lines, whatever their lines and their ends look like.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\r\n\n  \nb", "1:a\r 4:b")]
    [InlineData("0123456789abc\nb\n", "1:- 2:b")]
    [InlineData("a\n0123456789abc", "1:a 2:-")]
    [InlineData("", "")]
    public async Task Lines_keep_their_numbers_and_long_ones_are_left_out(string text, string expected) =>
        string.Join(' ', (await Lines(text, streamLimit: 1_000)).Select(line => $"{line.Number}:{(line.Content is { } content ? Encoding.UTF8.GetString(content.Span) : "-")}"))
            .ShouldBe(expected);

    [Fact]
    public async Task A_stream_beyond_its_limit_is_given_up_and_its_sender_told_what_to_do()
    {
        await Should.ThrowAsync<StreamTooLongException>(() => Lines("aaaa\nbbbb\ncccc\n", streamLimit: 9));
        var problem = IngestProblems.StreamTooLarge();
        problem.Code.ShouldBe("stream-too-large");
        problem.Detail.ShouldContain("send the rest");
    }

    private static async Task<List<StreamLine>> Lines(string text, long streamLimit)
    {
        var lines = new List<StreamLine>();
        await foreach (var line in LineReader.Read(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text))), 10, streamLimit, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }
}
