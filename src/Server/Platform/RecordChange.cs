using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Domain.Foundation;
using Cairn.MerkleLog;

namespace Cairn.Server.Platform;

/// <summary>
/// A change of a record of ours, for the audit trail: who did what to which record, and its members before and after.
/// Never put a secret in either.
/// </summary>
/// <param name="Action">Noun and past participle, for instance <c>customer.created</c>.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="SubjectKind">The kind of record, for instance <c>customer</c>.</param>
/// <param name="SubjectId">Its id as shown.</param>
internal sealed record RecordChange(string Action, Actor Actor, string SubjectKind, string SubjectId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public string? SubjectName { get; init; }

    /// <summary>The members before; <see langword="null"/> for a new record.</summary>
    public object? Before { get; init; }

    /// <summary>The members after; <see langword="null"/> for one that is gone.</summary>
    public object? After { get; init; }

    /// <summary><see cref="LedgerKind.Record"/>, or <see cref="LedgerKind.Read"/> for a logged read.</summary>
    public string Kind { get; init; } = LedgerKind.Record;

    /// <summary>Where entries of our own come from; the sender of an event may not use it.</summary>
    public const string Source = "cairn:records";

    public LedgerDraft ToDraft(Guid id) => new()
    {
        Kind = Kind,
        EventId = "rec_" + Crockford.Encode(id),
        Source = Source,
        Type = Action,
        Subject = SubjectId,
        Data = Jcs.Canonicalize(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
            new
            {
                actor = new { kind = Actor.Kind, id = Actor.Id, name = Actor.Name },
                subject = new { kind = SubjectKind, id = SubjectId, name = SubjectName },
                before = Before,
                after = After,
            },
            Json))),
        DataIsJson = true,
        Actor = Actor.Id,
    };
}

/// <summary>Who acts: a person, a key, the command line on the server's own machine, or the program itself.</summary>
internal sealed record Actor(string Kind, string Id, string? Name)
{
    public static readonly Actor CommandLine = new("command-line", "command line", Environment.UserName);

    public static readonly Actor System = new("system", "system", "Cairn");
}
