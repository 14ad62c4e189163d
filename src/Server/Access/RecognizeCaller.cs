using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>Says who makes a request: by its key, or by its session when it shows no key.</summary>
internal sealed class RecognizeCaller(Database database, KnownApiKeys keys, Clock clock, ILogger<RecognizeCaller> log) : ICallerRecognizer
{
    private const string Scheme = "Bearer ";

    public ValueTask<Outcome<Caller>> Recognize(HttpContext context)
    {
        var shown = context.Request.Headers.Authorization;
        if (shown.Count > 0)
        {
            return ByKey(shown.Count == 1 ? shown[0] : null);
        }

        return SessionCookie.Read(context.Request) is { } text ? BySession(text) : new(Caller.Anonymous);
    }

    private async ValueTask<Outcome<Caller>> ByKey(string? header)
    {
        if (header is null
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !AccessToken.TryParse(AccessToken.ApiKeyWord, header.AsSpan(Scheme.Length).Trim(), out var token)
            || await keys.Find(token) is not { } known
            || !known.IsProvenBy(token.Secret))
        {
            return AccessProblems.KeyUnknown;
        }

        var now = clock.Now;
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
            AccessLog.UseNotNoted(log, key.Id.ToString(), e);
        }
    }

    private async ValueTask<Outcome<Caller>> BySession(string text)
    {
        if (!AccessToken.TryParse(AccessToken.SessionWord, text, out var token) || !token.Customer.IsInstallation)
        {
            return AccessProblems.SessionEnded;
        }

        var session = new SessionId(token.Id);
        var now = clock.Now;
        return await database.ForCustomer<Outcome<Caller>>(CustomerId.Installation, async work =>
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

            if (life.IsDueAt(now))
            {
                await AccessStore.TouchSession(work, session, now);
            }

            return new Caller
            {
                Kind = CallerKind.Person,
                Role = Enum.Parse<StaffRole>(row.Role),
                Actor = new Actor("person", new PersonId(row.PersonId).ToString(), row.Name),
            };
        });
    }
}
