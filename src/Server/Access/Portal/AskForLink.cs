using System.Threading.Channels;
using Cairn.Domain.Access;
using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>Somebody wants to sign in under a mail address.</summary>
/// <param name="Email">The address in its canonical form.</param>
/// <param name="BrowserHash">Of the secret that the asking browser keeps.</param>
internal sealed record LinkAsk(string Email, byte[] BrowserHash);

/// <summary>
/// Mails sign-in links to whoever has come in under an address before: one for each customer. Whoever asks is answered
/// before anything is looked up, so that neither the answer nor its time tells whether the address is known.
/// </summary>
internal sealed class AskForLink(Database database, ICustomerLookup customers, PortalMail mail, PortalAskGuard guard, Clock clock)
{
    /// <summary>As many asks wait at most; beyond it the next is told to try again.</summary>
    private const int MostWaiting = 1_000;

    /// <summary>The most customers whose portals one address is answered for.</summary>
    private const int MostCustomers = 20;

    private readonly Channel<LinkAsk> asks = Channel.CreateBounded<LinkAsk>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Those that wait. A crash forgets them; the person asks again.</summary>
    public ChannelReader<LinkAsk> Waiting => asks.Reader;

    /// <summary>Takes an ask from an address of the network; a refusal when there were too many from there.</summary>
    public Problem? Take(LinkAsk ask, string address)
    {
        var wait = guard.Take(address, clock.Now);
        return wait > Duration.Zero ? PortalProblems.AskWait(wait)
            : asks.Writer.TryWrite(ask) ? null
            : PortalProblems.AskWait(PortalAskGuard.Window);
    }

    /// <summary>Answers an ask by mail, if there is anybody to write to.</summary>
    public async Task Answer(LinkAsk ask, CancellationToken cancel)
    {
        foreach (var row in await database.ForOperator(work => PortalStore.ByEmail(work, ask.Email, MostCustomers), cancel))
        {
            var person = row.ToPerson();
            var name = await customers.NameOf(person.Customer, cancel);
            await database.ForCustomer(person.Customer, work => Send(work, person, name, ask.BrowserHash), cancel);
        }
    }

    private async Task<bool> Send(DbWork work, PortalPerson person, string customer, byte[] browserHash)
    {
        var token = new AccessToken(person.Customer, NewId.Next(), AccessSecrets.New());
        if (!await PortalEntryStore.AddLink(work, person, token.Id, AccessSecrets.Hash(token.Secret), browserHash, clock.Now))
        {
            return false;
        }

        await mail.SendLink(work, person, customer, PortalTokens.EntryPath(token.Write(PortalTokens.LinkWord)));
        return true;
    }
}

/// <summary>Counts asks for links by the place they come from, in this process's memory.</summary>
internal sealed class PortalAskGuard
{
    /// <summary>As many a place may ask for within <see cref="Window"/>: an office behind one address signs in on a Monday morning.</summary>
    public const int Most = 30;

    /// <summary>The time in which asks are counted.</summary>
    public static readonly Duration Window = Duration.FromMinutes(15);

    private const int MostPlaces = 10_000;

    private readonly Dictionary<string, (Instant Since, int Count)> places = [];
    private readonly Lock gate = new();

    /// <summary>Counts an ask; returns how long to wait instead, or zero when it may be made.</summary>
    public Duration Take(string address, Instant now)
    {
        lock (gate)
        {
            var (since, count) = places.GetValueOrDefault(address, (now, 0));
            if (now >= since + Window)
            {
                (since, count) = (now, 0);
            }

            if (count >= Most)
            {
                return since + Window - now;
            }

            if (places.Count >= MostPlaces)
            {
                places.Clear();
            }

            places[address] = (since, count + 1);
            return Duration.Zero;
        }
    }
}
