using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>What somebody asks of a new key, unchecked.</summary>
/// <param name="Name">What it is for, in words that tell it from others.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">When it ends; <see langword="null"/> means never.</param>
public sealed record ApiKeyDraft(string? Name, IReadOnlyList<string>? Scopes, Instant? ExpiresAt);

/// <summary>A key that a program shows to be recognised. It belongs to one customer, or to the operator (the installation).</summary>
public sealed record ApiKey
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Which key.</summary>
    public required ApiKeyId Id { get; init; }

    /// <summary>Whose key.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do, in the order of <see cref="Scopes.All"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Since when.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it ends by itself; the key holds before this instant, not at it.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>When somebody ended it.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>Checks a draft; all faults at once.</summary>
    public static Outcome<ApiKey> Create(ApiKeyDraft draft, ApiKeyId id, CustomerId customer, Instant now, InputFaults faults)
    {
        var name = faults.Required("/name", draft.Name, NameLength);
        var scopes = CheckScopes(draft.Scopes, faults);
        if (draft.ExpiresAt <= now)
        {
            faults.Add("/expiresAt", "expiry-past", "The key would have expired already: give an instant in the future, or none.");
        }

        return faults.Any
            ? faults.ToProblem()
            : new ApiKey { Id = id, Customer = customer, Name = name, Scopes = scopes, CreatedAt = now, ExpiresAt = draft.ExpiresAt };
    }

    /// <summary>How long the text before a rotation works when nothing else is said: a day to move programs.</summary>
    public const int OverlapHours = 24;

    /// <summary>The longest overlap: thirty days.</summary>
    public const int MostOverlapHours = 30 * 24;

    /// <summary>Why the key does not hold at this instant; <see langword="null"/> when it does. A revoked key stays revoked after its expiry.</summary>
    public Problem? RefusalAt(Instant now) =>
        RevokedAt is not null ? AccessProblems.KeyRevoked
        : ExpiresAt <= now ? AccessProblems.KeyExpired
        : null;

    private static IReadOnlyList<string> CheckScopes(IReadOnlyList<string>? given, InputFaults faults)
    {
        const string pointer = "/scopes";
        var all = string.Join(", ", Foundation.Scopes.All);
        if (given is null)
        {
            faults.Add(pointer, InputFaults.MemberMissing, $"'scopes' is required: a list of {all}.");
            return [];
        }

        if (given.Count == 0)
        {
            faults.Add(pointer, "scopes-empty", $"A key without a scope can do nothing: give at least one of {all}.");
        }

        for (var at = 0; at < given.Count; at++)
        {
            faults.OneOf($"{pointer}/{at}", given[at], Foundation.Scopes.All, "scope-unknown");
        }

        return [.. Foundation.Scopes.All.Where(given.Contains)];
    }
}
