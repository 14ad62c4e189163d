namespace Cairn.Server.Tests.Support;

/// <summary>For what happens soon but not at once: asks again until it holds, with a generous limit that only a failure reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task Holds(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"It did not hold within {Limit.TotalSeconds} seconds.");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
