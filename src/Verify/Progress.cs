using System.Globalization;

namespace Cairn.Verify;

/// <summary>A counter on the error stream for long files, only where a person watches a terminal.</summary>
internal sealed class Progress(string what, long total) : IDisposable
{
    private const int Every = 1 << 16;

    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private bool _isShown;

    public void Show(long count, long done)
    {
        if (_isWatched && count % Every == 0 && count > 0)
        {
            _isShown = true;
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{count:N0} {what}, {100 * done / Math.Max(1, total)} %"));
        }
    }

    public void Dispose()
    {
        if (_isShown)
        {
            Console.Error.WriteLine();
        }
    }
}
