using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>What a browser carries from one step of a sign-in to the next.</summary>
/// <param name="Id">Names it once it is used up.</param>
/// <param name="ExpiresAt">It holds before this instant.</param>
/// <param name="Content">What the step before found out.</param>
internal sealed record Ticket<T>(Guid Id, Instant ExpiresAt, T Content);

/// <summary>
/// Writes and reads tickets. They are sealed, so that the browser can neither read nor change them, and nothing is stored
/// for somebody who only begins a sign-in. What was used up is remembered until it would have expired, so that each works
/// once on all servers.
/// </summary>
internal sealed class Tickets(SecretBox box, Clock clock)
{
    /// <summary>A longer text is no ticket of ours.</summary>
    private const int LongestText = 4_000;

    /// <param name="purpose">Which step it is for; it opens for no other.</param>
    public string Write<T>(string purpose, T content, Duration life)
    {
        var sealedText = box.Seal(
            Purpose(purpose),
            JsonSerializer.SerializeToUtf8Bytes(new Written<T>(NewId.Next(), (clock.Now + life).ToUnixTimeMilliseconds(), content)));
        return Convert.ToBase64String(sealedText).Replace('+', '-').Replace('/', '_').TrimEnd('=');
    }

    /// <summary>The ticket, or <see langword="null"/> when it is none of this purpose, or its time is over. Whether it was used up is for <see cref="Spend{T}"/>.</summary>
    public Ticket<T>? Read<T>(string purpose, string? text)
    {
        if (text is null || text.Length > LongestText)
        {
            return null;
        }

        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out var length) || Open<T>(purpose, bytes.AsSpan(0, length)) is not { } written)
        {
            return null;
        }

        var expires = Instant.FromUnixTimeMilliseconds(written.Expires);
        return clock.Now < expires ? new Ticket<T>(written.Id, expires, written.Content) : null;
    }

    /// <summary>Uses a ticket up, in the transaction of what it was for; false when it was before.</summary>
    public Task<bool> Spend<T>(DbWork work, Ticket<T> ticket) => SecondFactorsStore.SpendTicket(work, ticket.Id, ticket.ExpiresAt, clock.Now);

    private Written<T>? Open<T>(string purpose, ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<Written<T>>(box.Unseal(Purpose(purpose), text));
        }
        catch (MasterKeyException)
        {
            // Somebody made it up, or the master key was changed in the minutes since: either way it is no ticket.
            return null;
        }
    }

    private static string Purpose(string purpose) => "ticket for " + purpose;

    private sealed record Written<T>(Guid Id, long Expires, T Content);
}
