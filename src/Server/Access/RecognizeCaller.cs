using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Portal;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>Says who makes a request: by its key, or by its session when it shows no key.</summary>
internal sealed class RecognizeCaller(
    Database database, KnownApiKeys keys, RecognizePortalCaller portal, IPortfolioLookup portfolios, Clock clock, ILogger<RecognizeCaller> log) : ICallerRecognizer
{
    private const string Scheme = "Bearer ";

    public ValueTask<Outcome<Caller>> Recognize(HttpContext context)
    {
        var shown = context.Request.Headers.Authorization;
        if (shown.Count > 0)
        {
            return ByKey(shown.Count == 1 ? shown[0] : null);
        }

        // A browser may be signed in to both. Each session is good where it belongs; elsewhere it is refused by the policy.
        var staff = SessionCookie.Read(context.Request);
        var person = PortalCookies.ReadSession(context.Request);
        var isPortal = context.GetEndpoint()?.Metadata.GetMetadata<Policy>()?.IsPortal == true;
        return isPortal && context.Request.Headers[PortalTokens.ViewHeader] is [{ } view] ? ByView(staff, view, SessionDevice.Of(context))
            : person is not null && (isPortal || staff is null) ? portal.BySession(person)
            : staff is not null ? BySession(staff, SessionDevice.Of(context))
            : new(Caller.Anonymous);
    }

    private async ValueTask<Outcome<Caller>> ByView(string? staff, string view, SessionDevice device)
    {
        var looker = staff is null ? Caller.Anonymous : await BySession(staff, device);
        return looker.IsOk ? await portal.ByView(looker.Value, view) : looker.Problem;
    }

    private async ValueTask<Outcome<Caller>> ByKey(string? header)
    {
        var now = clock.Now;
        if (header is null
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !AccessToken.TryParse(AccessToken.ApiKeyWord, header.AsSpan(Scheme.Length).Trim(), out var token)
            || await keys.Find(token) is not { } known
            || !known.Matches(token.Secret, now))
        {
            return AccessProblems.KeyUnknown;
        }

        if (known.Key.RefusalAt(now) is { } refusal)
        {
            return refusal;
        }

        if (known.ClaimTouch(now))
        {
            await Touch(known.Key, now);
        }

        return known.Caller;
    }

    private async Task Touch(ApiKey key, Instant now)
    {
        try
        {
            await database.ForCustomer(key.Customer, work => AccessStore.TouchKey(work, key.Customer, key.Id, now));
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            // A full disk must not stop reading; the next minute's use is written down instead.
            AccessLog.UseNotNoted(log, key.Id.ToString(), e.Message);
        }
    }

    private async ValueTask<Outcome<Caller>> BySession(string text, SessionDevice device)
    {
        if (!AccessToken.TryParse(AccessToken.SessionWord, text, out var token) || !token.Customer.IsInstallation)
        {
            return AccessProblems.SessionEnded;
        }

        var session = new SessionId(token.Id);
        var now = clock.Now;
        var found = await database.ForCustomer<Outcome<SessionRow>>(CustomerId.Installation, async work =>
        {
            if (await AccessStore.FindSession(work, session) is not { } row || !AccessSecrets.Matches(token.Secret, row.SecretHash))
            {
                return AccessProblems.SessionEnded;
            }

            var life = row.ToSession();
            if (!life.LivesAt(now))
            {
                // For good, so that a clock set back revives nothing.
                await AccessStore.EndSession(work, session, now);
                return AccessProblems.SessionEnded;
            }

            if (life.IsDueAt(now) || row.Agent != device.Agent)
            {
                await AccessStore.TouchSession(work, session, now, device.Agent, device.Address);
            }

            return row;
        });
        return found.IsOk ? await CallerOf(found.Value) : found.Problem;
    }

    private async Task<Caller> CallerOf(SessionRow row)
    {
        var person = new PersonId(row.PersonId);
        var reach = AccessStore.ToReach(row.Reach, row.ReachCustomers);
        return new Caller
        {
            Kind = CallerKind.Person,
            Role = Enum.Parse<StaffRole>(row.Role),
            Person = person,
            Reach = reach.Kind switch
            {
                ReachKind.All => null,
                ReachKind.Portfolio => await portfolios.PortfolioOf(person, CancellationToken.None),
                ReachKind.Named => reach.Customers.ToHashSet(),
                _ => throw new InvalidOperationException($"Nobody knows the reach '{row.Reach}'."),
            },
            Actor = new Actor("person", person.ToString(), row.Name),
        };
    }
}
