using System.Text.Json;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Entities;

/// <summary>
/// One field of an entity as far as its changes are known: what it was last set to, and what was added since. Because
/// additions commute, a late one is taken in at once; only a late setting that other additions stand behind needs the
/// history again.
/// </summary>
/// <param name="SetTo">The last set value as JSON; <see langword="null"/> when it never was.</param>
/// <param name="SetAt">Where that setting stands.</param>
/// <param name="Sum">What was added after it.</param>
/// <param name="AddedAt">Where the last addition stands; <see langword="null"/> when there is none after the setting.</param>
public sealed record FieldState(string? SetTo, EventPosition? SetAt, ExactDecimal Sum, EventPosition? AddedAt)
{
    /// <summary>A field that nothing was said about.</summary>
    public static FieldState Empty { get; } = new(null, null, default, null);

    /// <summary>Takes a change in; <see langword="null"/> when only the whole history can tell the value.</summary>
    public FieldState? Apply(FieldChange change, EventPosition at)
    {
        if (SetAt is { } set && at < set)
        {
            // It was overwritten by a setting that stands after it.
            return this;
        }

        if (change.Added is { } amount)
        {
            return this with { Sum = AddedAt is null ? amount : Sum + amount, AddedAt = AddedAt is { } last && last > at ? last : at };
        }

        return AddedAt is { } added && added > at ? null : new FieldState(change.SetTo, at, default, null);
    }

    /// <summary>
    /// The value as JSON; <see langword="null"/> when nothing was said. Adding to null or to nothing begins at zero; adding
    /// to a text, a list or an object leaves it as it is.
    /// </summary>
    public string? Value()
    {
        if (SetTo is null or "null")
        {
            return AddedAt is null ? SetTo : Sum.ToString();
        }

        return AddedAt is not null && IsNumber(SetTo, out var number) ? (number + Sum).ToString() : SetTo;
    }

    private static bool IsNumber(string json, out ExactDecimal number)
    {
        // Amounts of money are texts in JSON; a set amount can be added to as well.
        var text = json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json) ?? "" : json;
        return JsonNumber.TryRead(text, out number);
    }
}
