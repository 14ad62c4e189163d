using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>
/// What plans tell people: one message a person and change, however many items it is about, and none to whoever made the
/// change. Somebody hears of an item when it can be worked on, not before.
/// </summary>
internal static class PlanMessages
{
    /// <summary>More items than this are counted instead of listed.</summary>
    private const int MostListed = 30;

    /// <summary>A plan was started: what of it is theirs, and which of that they can begin with.</summary>
    public static IReadOnlyList<OutgoingMessage> OfStart(CustomerId customer, string customerName, Plan plan, Actor by)
    {
        var ready = PlanReadiness.ReadyIn(plan);
        return ForOwners(customer, plan, "plan-started", plan.Items.Where(item => item.Owner is not null), by, (items, _) => (
            $"New plan for {customerName}: {plan.Title}",
            $"{items.Count} {(items.Count == 1 ? "item is" : "items are")} yours, from {PlanText.Of(plan.Start)}. You will hear of each when it can be worked on.",
            [.. items.Where(item => ready.Contains(item.Id)).Select(item => $"Ready now: {Line(item)}")]));
    }

    /// <summary>A reflow moved items: all of theirs in one message.</summary>
    public static IReadOnlyList<OutgoingMessage> OfReflow(CustomerId customer, Plan plan, IReadOnlyList<PlanMove> moves, (Actor By, string Reason, bool IsUndo) reflow)
    {
        var moved = moves.ToDictionary(move => move.Item);
        return ForOwners(customer, plan, "plan-reflowed", plan.Items.Where(item => moved.ContainsKey(item.Id)), reflow.By, (items, _) => (
            $"{plan.Title}: {items.Count} of your dates {(reflow.IsUndo ? "are as before" : "moved")}",
            $"{reflow.By.Name ?? reflow.By.Id} {(reflow.IsUndo ? "undid a reflow" : "moved dates")}: {reflow.Reason}",
            [.. items.Select(item => $"{item.Title}: {(moved[item.Id].From is { } from ? PlanText.Of(from.Start) : "no date")} → {PlanText.Of(moved[item.Id].To.Start)}, until {PlanText.Of(moved[item.Id].To.Finish)}")]));
    }

    /// <summary>Items can be worked on now, because what they waited for is done.</summary>
    public static IReadOnlyList<OutgoingMessage> OfReadiness(CustomerId customer, Plan before, Plan after, Actor by) =>
        ForOwners(customer, after, "plan-items-ready", PlanReadiness.NewlyReady(before, after), by, (items, _) => (
            items.Count == 1 ? $"You can begin: {items[0].Title}" : $"{after.Title}: you can begin with {items.Count} items",
            "What they waited for is done.",
            [.. items.Select(Line)]));

    /// <summary>Somebody was given an item that can be worked on.</summary>
    public static IReadOnlyList<OutgoingMessage> OfOwner(CustomerId customer, Plan after, PlanItem item, Actor by) =>
        !item.IsLive || (item.State == PlanItemState.Open && !PlanReadiness.ReadyIn(after).Contains(item.Id))
            ? []
            : ForOwners(customer, after, "plan-item-assigned", [item], by, (_, _) => ($"Yours now: {item.Title}", $"In the plan '{after.Title}'.", [Line(item)]));

    private static IReadOnlyList<OutgoingMessage> ForOwners(
        CustomerId customer, Plan plan, string kind, IEnumerable<PlanItem> items, Actor by, Func<List<PlanItem>, PersonId, (string Subject, string Text, string[] Lines)> write) =>
    [
        .. items.Where(item => item.Owner is not null && item.Owner.ToString() != by.Id).GroupBy(item => item.Owner!.Value).Select(own =>
        {
            var (subject, text, lines) = write([.. own.OrderBy(item => item.Start).ThenBy(item => item.Title, StringComparer.Ordinal)], own.Key);
            var listed = lines.Length > MostListed ? [.. lines.Take(MostListed), $"… and {lines.Length - MostListed} more"] : lines;
            return new OutgoingMessage
            {
                Customer = customer,
                Kind = kind,
                Inbox = own.Key,
                Subject = subject,
                Text = listed.Length == 0 ? text : $"{text}\n\n{string.Join('\n', listed)}",
                Path = $"/customers/{customer}/plans/{plan.Id}",
            };
        }),
    ];

    private static string Line(PlanItem item) => item.Finish is { } finish ? $"{item.Title}, until {PlanText.Of(finish)}" : item.Title;
}
