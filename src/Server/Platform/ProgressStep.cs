using System.Diagnostics;
using System.Globalization;

namespace Cairn.Server.Platform;

/// <summary>One line for a step that a person waits for: what is being done, then how long it took.</summary>
internal sealed class ProgressStep : IDisposable
{
    private readonly TextWriter? writer;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private bool isClosed;

    public ProgressStep(TextWriter? writer, string what)
    {
        this.writer = writer;
        writer?.Write($"cairn: {what} …");
        writer?.Flush();
    }

    public void Done() => Close(string.Create(CultureInfo.InvariantCulture, $" {watch.Elapsed.TotalSeconds:0.0} s"));

    /// <summary>Ends the line of a step that did not finish.</summary>
    public void Dispose() => Close(" failed");

    private void Close(string text)
    {
        if (!isClosed)
        {
            isClosed = true;
            writer?.WriteLine(text);
        }
    }
}
