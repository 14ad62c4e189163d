using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>What somebody goes to the provider for.</summary>
internal enum SingleSignOnAim
{
    /// <summary>To come in.</summary>
    SignIn,

    /// <summary>To link who they are there with the account that they are signed in to.</summary>
    Link,

    /// <summary>To prove anew who they are.</summary>
    Prove,
}

/// <summary>What is kept of a request to the provider until the browser comes back.</summary>
/// <param name="State">Ties the way back to this browser.</param>
/// <param name="Nonce">Ties the id_token to this request.</param>
/// <param name="Verifier">Ties the code to this request (PKCE).</param>
/// <param name="Aim">What for.</param>
/// <param name="To">Where to go afterwards: a path of ours.</param>
/// <param name="Session">The session that linking or proving is for.</param>
internal sealed record SingleSignOnTicket(string State, string Nonce, string Verifier, SingleSignOnAim Aim, string To, Guid? Session)
{
    public const string Purpose = "single sign-on";

    /// <summary>As long as somebody may take at the provider.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    public static readonly TicketCookie Cookie = new("cairn-sso");
}

/// <summary>Sends a browser to the provider.</summary>
internal sealed class BeginSingleSignOn(IdentityProvider provider, Tickets tickets, ILogger<BeginSingleSignOn> log)
{
    /// <summary>Where the provider sends the browser back to; the operator registers it there.</summary>
    public const string CallbackPath = "/v1/single-sign-on/callback";

    /// <returns>Where the browser goes, and the ticket for its way back.</returns>
    public async Task<Outcome<(Uri Address, string Ticket)>> Run(SingleSignOnAim aim, string to, SessionId? session, Uri callback, CancellationToken cancel)
    {
        ProviderMetadata known;
        try
        {
            known = await provider.Metadata(cancel);
        }
        catch (ProviderException e)
        {
            AccessLog.ProviderFailed(log, e.Message);
            return SignInProblems.SingleSignOnUnavailable;
        }

        var ticket = new SingleSignOnTicket(Secret(), Secret(), Secret(), aim, to, session?.Value);
        var query = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = provider.Options.ClientId,
            ["redirect_uri"] = callback.ToString(),
            ["scope"] = provider.Options.Scopes,
            ["state"] = ticket.State,
            ["nonce"] = ticket.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(ticket.Verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (aim == SingleSignOnAim.Prove)
        {
            // A session that the provider still has would prove nothing about who sits there now.
            query["prompt"] = "login";
            query["max_age"] = "0";
        }

        var asked = string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var separator = known.Authorization.Query.Length > 0 ? '&' : '?';
        return (new Uri($"{known.Authorization}{separator}{asked}"), tickets.Write(SingleSignOnTicket.Purpose, ticket, SingleSignOnTicket.Life));
    }

    // 256 random bits, in characters that RFC 7636 allows for a verifier.
    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
