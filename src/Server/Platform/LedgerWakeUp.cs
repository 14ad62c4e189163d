using System.Threading.Channels;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// Tells the publisher of this process that a log grew. Only a hint: the publisher also sweeps all heads, so a lost
/// wake-up (another process appended, a crash) costs a second and nothing else.
/// </summary>
internal sealed class LedgerWakeUp
{
    private readonly Channel<CustomerId> grown = Channel.CreateBounded<CustomerId>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<CustomerId> Grown => grown.Reader;

    public void Wake(CustomerId customer) => grown.Writer.TryWrite(customer);
}
