using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

internal enum CallerKind
{
    /// <summary>Nobody in particular.</summary>
    Anonymous,

    /// <summary>A program that showed an API key.</summary>
    ApiKey,

    /// <summary>A member of the staff who signed in.</summary>
    Person,

    /// <summary>Somebody at the server's own command line, who holds its files and so may do everything.</summary>
    CommandLine,
}

/// <summary>Who makes a request, as recognised; what they may do is for the <see cref="Policy"/> of the route to say.</summary>
internal sealed record Caller
{
    public required CallerKind Kind { get; init; }

    /// <summary>The one customer whose rows they may touch; <see langword="null"/> for operator keys and staff, who say which.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>What an API key may do; empty for everyone else.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What a person may do; <see langword="null"/> for everyone else.</summary>
    public StaffRole? Role { get; init; }

    /// <summary>Which member of the staff; <see langword="null"/> for everyone else.</summary>
    public PersonId? Person { get; init; }

    /// <summary>The customers whose records a member of the staff may see; <see langword="null"/> when it is not limited so.</summary>
    public IReadOnlySet<CustomerId>? Reach { get; init; }

    /// <summary>How much a key may send; <see langword="null"/> for everyone else.</summary>
    public RateLimit? Limit { get; init; }

    /// <summary>How the ledger names them.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Whether they may work on more than one customer.</summary>
    public bool IsOperator => Customer is null && Kind != CallerKind.Anonymous;

    /// <summary>Whether this customer's records are there for them at all. For everybody else they are not found, never forbidden.</summary>
    public bool Reaches(CustomerId customer) => Customer is { } own ? own == customer : Reach is null || Reach.Contains(customer);

    public static Caller Anonymous { get; } = new() { Kind = CallerKind.Anonymous, Actor = new Actor("anonymous", "anonymous", null) };

    public static Caller CommandLine { get; } = new() { Kind = CallerKind.CommandLine, Actor = Actor.CommandLine };
}

internal static class CallerOfRequest
{
    /// <summary>Who makes this request. On a public route nobody is recognised, so that it is anonymous whatever it shows.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Platform.Caller.Anonymous;
}

/// <summary>
/// Turns what a request shows (a key, a cookie) into a caller: <see cref="Caller.Anonymous"/> when it shows nothing, a
/// refusal when it shows something that does not hold. Called for every request of a route that is not public, so it
/// must be quick and must not cache a recognition beyond its revocation.
/// </summary>
internal interface ICallerRecognizer
{
    ValueTask<Outcome<Caller>> Recognize(HttpContext context);
}
