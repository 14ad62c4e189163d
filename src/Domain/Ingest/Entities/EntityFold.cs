using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Entities;

/// <summary>What an event did to one field, resolved: exactly one of the two is there.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="SetTo">The new value as JSON.</param>
/// <param name="Added">What was added (negative for subtracted).</param>
public readonly record struct FieldChange(string Field, string? SetTo, ExactDecimal? Added);

/// <summary>What an event did to one entity, resolved from the payload, so that it can be folded again without it.</summary>
/// <param name="EntityType">The kind of thing.</param>
/// <param name="EntityId">Which one.</param>
/// <param name="At">Where the event stands.</param>
/// <param name="Fields">The changed fields; never empty.</param>
public sealed record EntityChange(string EntityType, string EntityId, EventPosition At, IReadOnlyList<FieldChange> Fields);

/// <summary>Resolves events into changes by their model. Pure: the same event and model always give the same changes and faults.</summary>
public static class EntityFold
{
    /// <summary>The fault code of an event that does not say which entity it is about.</summary>
    public const string IdMissing = "entity-id-missing";

    /// <summary>The fault code of an id over its limit.</summary>
    public const string IdTooLong = "entity-id-too-long";

    /// <summary>The fault code of a value that should be added and is no number.</summary>
    public const string NotANumber = "entity-value-not-a-number";

    /// <summary>The fault code of a value over its limit.</summary>
    public const string ValueTooLarge = "entity-value-too-large";

    /// <summary>The changes of one event. What is at fault changes nothing and is noted; everything else of the event still counts.</summary>
    public static IReadOnlyList<EntityChange> Resolve(EventModel model, EventView view, List<Fault> faults)
    {
        var changes = new List<EntityChange>(model.Entities.Count);
        for (short at = 0; at < model.Entities.Count; at++)
        {
            var rule = model.Entities[at];
            if (!All(rule.When, view) || IdOf(rule, view, faults) is not { } id)
            {
                continue;
            }

            var fields = FieldsOf(rule, view, faults);
            if (fields.Count > 0)
            {
                changes.Add(new EntityChange(rule.EntityType, id, view.At with { Ordinal = at }, fields));
            }
        }

        return changes;
    }

    private static string? IdOf(EntityRule rule, EventView view, List<Fault> faults)
    {
        var text = new StringBuilder();
        foreach (var (literal, path) in rule.Id.Parts)
        {
            var part = literal ?? path!.Of(view).Plain();
            if (string.IsNullOrWhiteSpace(part))
            {
                if (!rule.IsOptional)
                {
                    faults.Add(new Fault(Pointer(path!), IdMissing, $"'{path!.Text}' is missing, so it is not known which {rule.EntityType} changed. Send it as text or a number."));
                }

                return null;
            }

            text.Append(part);
        }

        var id = text.ToString();
        if (Encoding.UTF8.GetByteCount(id) <= EntityLimits.IdBytes)
        {
            return id;
        }

        faults.Add(new Fault("", IdTooLong, $"The id of the {rule.EntityType} is longer than {EntityLimits.IdBytes} bytes. Shorten it."));
        return null;
    }

    private static List<FieldChange> FieldsOf(EntityRule rule, EventView view, List<Fault> faults)
    {
        var fields = new List<FieldChange>(rule.Fields.Count);
        foreach (var fold in rule.Fields)
        {
            if (!All(fold.When, view))
            {
                continue;
            }

            if ((fold.Kind == FoldKind.Set ? Set(fold, view, faults) : Added(fold, view, faults)) is { } change)
            {
                fields.Add(change);
            }
        }

        return fields;
    }

    private static FieldChange? Set(FieldFold fold, EventView view, List<Fault> faults)
    {
        var term = fold.Factors[0];
        if (fold.Factors.Count > 1 || term.Path is null)
        {
            return Product(fold, view, faults) is { } number ? new FieldChange(fold.Field, number.ToString(), null) : null;
        }

        var value = term.Path.Of(view);
        if (value.IsAbsent || (fold.IgnoresNull && value.IsBlank))
        {
            return null;
        }

        var json = value.Json();
        if (Encoding.UTF8.GetByteCount(json) <= EntityLimits.ValueBytes)
        {
            return new FieldChange(fold.Field, json, null);
        }

        faults.Add(new Fault(Pointer(term.Path), ValueTooLarge, $"'{term.Path.Text}' is larger than {EntityLimits.ValueBytes} bytes, so '{fold.Field}' stays as it was. The whole value is in the event."));
        return null;
    }

    private static FieldChange? Added(FieldFold fold, EventView view, List<Fault> faults) => Product(fold, view, faults) is { } number
        ? new FieldChange(fold.Field, null, fold.Kind == FoldKind.Subtract ? -number : number)
        : null;

    /// <summary>The product of the factors; nothing when one of them is absent or null, as an unknown amount changes nothing.</summary>
    private static ExactDecimal? Product(FieldFold fold, EventView view, List<Fault> faults)
    {
        ExactDecimal? product = null;
        foreach (var term in fold.Factors)
        {
            var number = term.Number;
            if (term.Path is { } path)
            {
                var value = path.Of(view);
                if (value.IsBlank)
                {
                    return null;
                }

                if (!value.TryNumber(out number))
                {
                    faults.Add(new Fault(Pointer(path), NotANumber, $"'{path.Text}' is no plain number, so '{fold.Field}' stays as it was. Send a number of at most {ImportLimits.NumberDigits} digits."));
                    return null;
                }
            }

            product = product is { } so ? so * number : number;
        }

        return product;
    }

    private static bool All(IReadOnlyList<PathCondition> conditions, EventView view)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(view))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The JSON pointer into the payload, or the attribute's own name.</summary>
    private static string Pointer(EventPath path) => path.Steps.Count == 0 && path.Text != "data"
        ? path.Text
        : string.Concat(path.Steps.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
