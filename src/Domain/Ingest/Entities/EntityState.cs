namespace Cairn.Domain.Ingest.Entities;

/// <summary>The state of one entity: its fields, and which of its changes come first and last. Not for several threads.</summary>
public sealed class EntityState
{
    private readonly SortedDictionary<string, FieldState> fields = new(StringComparer.Ordinal);

    /// <summary>The fields by name.</summary>
    public IReadOnlyDictionary<string, FieldState> Fields => fields;

    /// <summary>How many changes it has seen.</summary>
    public long Changes { get; private set; }

    /// <summary>Where its first change stands.</summary>
    public EventPosition? First { get; private set; }

    /// <summary>Where its last change stands.</summary>
    public EventPosition? Last { get; private set; }

    /// <summary>A state as it was stored.</summary>
    public static EntityState Of(IEnumerable<(string Name, FieldState State)> fields, long changes, EventPosition? first, EventPosition? last)
    {
        var state = new EntityState { Changes = changes, First = first, Last = last };
        foreach (var (name, field) in fields)
        {
            state.fields[name] = field;
        }

        return state;
    }

    /// <summary>The state after all changes, given in order.</summary>
    public static EntityState Fold(IEnumerable<EntityChange> inOrder)
    {
        var state = new EntityState();
        foreach (var change in inOrder)
        {
            if (!state.Apply(change))
            {
                throw new ArgumentException("The changes are not in order.", nameof(inOrder));
            }
        }

        return state;
    }

    /// <summary>
    /// Takes one change in, in whatever order it comes, but each only once. False when it comes late in a way that only the
    /// whole history can settle: then the state is no longer right and <see cref="Fold"/> must make it anew.
    /// </summary>
    public bool Apply(EntityChange change)
    {
        var isSettled = true;
        foreach (var field in change.Fields)
        {
            var next = fields.GetValueOrDefault(field.Field, FieldState.Empty).Apply(field, change.At);
            isSettled &= next is not null;
            fields[field.Field] = next ?? fields[field.Field];
        }

        Changes++;
        First = First is { } first && first < change.At ? first : change.At;
        Last = Last is { } last && last > change.At ? last : change.At;
        return isSettled;
    }

    /// <summary>The values by field, as JSON.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values()
    {
        foreach (var (name, state) in fields)
        {
            if (state.Value() is { } value)
            {
                yield return new(name, value);
            }
        }
    }
}
