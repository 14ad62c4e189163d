using System.Globalization;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// One line on a terminal that says how far the import has come: a bar, rows, rows a second, time left. It goes to standard
/// error, so that <c>--json</c> stays clean, and is silent where standard error is not a terminal.
/// </summary>
internal sealed class ImportProgressBar : IDisposable
{
    private const int Width = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter to;
    private readonly TimeProvider clock;
    private readonly bool isShown;
    private readonly long started;
    private long lastShown;
    private int lastLength;

    public ImportProgressBar(TextWriter to, TimeProvider clock)
    {
        this.to = to;
        this.clock = clock;
        started = clock.GetTimestamp();
        isShown = ReferenceEquals(to, Console.Error) && !Console.IsErrorRedirected;
    }

    /// <summary>The line for a moment of the import.</summary>
    public static string Line(ImportProgress at, TimeSpan elapsed)
    {
        var share = at.BytesTotal == 0 ? 1 : Math.Min(1, (double)at.BytesDone / at.BytesTotal);
        var filled = (int)(share * Width);
        var speed = elapsed > TimeSpan.Zero ? at.Rows / elapsed.TotalSeconds : 0;
        var left = share > 0 ? TimeSpan.FromSeconds(elapsed.TotalSeconds * (1 - share) / share) : TimeSpan.Zero;
        var rejected = at.Rejected > 0 ? string.Create(CultureInfo.InvariantCulture, $", {at.Rejected:N0} rejected") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{new string('█', filled)}{new string('░', Width - filled)} {share * 100:0} %  {at.Rows:N0} rows{rejected}, {speed:N0}/s, {left:m\\:ss} left");
    }

    public void Show(ImportProgress at)
    {
        // A terminal that is written to at every chunk would slow the import down.
        if (!isShown || (lastShown != 0 && clock.GetElapsedTime(lastShown) < Pause))
        {
            return;
        }

        lastShown = clock.GetTimestamp();
        var line = Line(at, clock.GetElapsedTime(started));
        to.Write("\r" + line.PadRight(lastLength));
        lastLength = line.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (lastLength > 0)
        {
            to.Write("\r" + new string(' ', lastLength) + "\r");
            lastLength = 0;
        }
    }
}
