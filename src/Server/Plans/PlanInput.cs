using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>Reads plans and items from JSON.</summary>
internal static class PlanInput
{
    private const int LongestKey = 100;
    private const int HighestVersion = 1_000_000;

    /// <summary>What a new plan is to be.</summary>
    public static Outcome<PlanStartOrder> Order(JsonInput input)
    {
        var faults = input.Faults;
        var playbook = faults.Required("/playbook", input.Text("playbook"), LongestKey);
        var start = input.Text("start");
        if (start is null && !faults.Any)
        {
            faults.Add("/start", InputFaults.MemberMissing, "'start' is required: day 1, as 2026-03-02.");
        }

        var order = new PlanStartOrder(
            playbook, input.Whole("version", 1, HighestVersion), JsonPart.DateOf(start, "/start", faults) ?? default,
            input.Has("title") ? faults.Optional("/title", input.Text("title"), PlanLimits.TitleLength) : input.Skip<string?>("title", null))
        {
            // The input ends before the order does.
            Parameters = (input.Members("parameters") ?? []).ToDictionary(member => member.Name, member => member.Value.Clone()),
            Owners = Owners(input),
        };
        input.Finish();
        return faults.Any ? faults.ToProblem() : order;
    }

    /// <summary>A new item; what it follows is found in the plan.</summary>
    public static AddedItemDraft NewItem(JsonInput input, PlanNames names, InputFaults faults)
    {
        var draft = new AddedItemDraft
        {
            Kind = input.Text("kind"),
            Phase = input.Text("phase"),
            Start = JsonPart.DateOf(input.Text("start"), "/start", input.Faults),
            Finish = JsonPart.DateOf(input.Text("finish"), "/finish", input.Faults),
            WorkingDays = input.Whole("workingDays", 0, PlanLimits.LongestItem),
            After = [.. JsonPart.List(input.Element("after"), "/after", input.Faults).Select(part => part.Dependency(names)).OfType<PlanDependency>()],
            Details = new PlanItemDraft
            {
                Title = input.Text("title"),
                Details = input.Text("details"),
                Role = input.Text("role"),
                Owner = input.Text("owner"),
                Audience = input.Text("audience"),
                EffortHours = JsonPart.Hours(input.Element("effortHours"), "/effortHours", input.Faults),
            },
        };
        if (draft.After.Count > PlanLimits.MostPredecessors)
        {
            input.Faults.Add("/after", "too-many", $"An item follows at most {PlanLimits.MostPredecessors} others.");
        }

        input.Finish();
        faults.AddRange(input.Faults);
        return draft;
    }

    /// <summary>Lays the members of the input over an item as it stands; says whether it names a percentage.</summary>
    public static (PlanItemDraft Draft, bool SaysPercent) Over(JsonInput input, PlanItemDraft standing, InputFaults faults)
    {
        string? Text(string name, string? stands) => input.Has(name) ? input.Text(name) : input.Skip(name, stands);

        var draft = standing with
        {
            Title = Text("title", standing.Title),
            Details = Text("details", standing.Details),
            State = Text("state", standing.State),
            PercentDone = input.Whole("percentDone", 0, 100) ?? standing.PercentDone,
            Role = Text("role", standing.Role),
            Owner = Text("owner", standing.Owner),
            Audience = Text("audience", standing.Audience),
            EffortHours = input.Has("effortHours") ? JsonPart.Hours(input.Element("effortHours"), "/effortHours", input.Faults) : input.Skip("effortHours", standing.EffortHours),
            Checklist = Ticks(input),
        };
        input.Finish();
        faults.AddRange(input.Faults);
        return (draft, input.Has("percentDone"));
    }

    private static Dictionary<string, bool> Ticks(JsonInput input)
    {
        var ticks = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var part in JsonPart.List(input.Element("checklist"), "/checklist", input.Faults))
        {
            var (id, isDone) = (part.Text("id"), part.Flag("done"));
            part.Finish();
            if (id is null || isDone is null)
            {
                input.Faults.Add(part.Pointer, InputFaults.MemberMissing, "An entry is ticked by its 'id' and 'done'.");
            }
            else
            {
                ticks[id] = isDone.Value;
            }
        }

        return ticks;
    }

    private static Dictionary<string, PersonId> Owners(JsonInput input)
    {
        var owners = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        foreach (var (role, value) in input.Members("owners") ?? [])
        {
            var text = value.ValueKind == JsonValueKind.Null ? null : input.TextOf(value, $"/owners/{role}");
            if (!JobRoles.Exists(role))
            {
                input.Faults.Add($"/owners/{role}", "job-role-unknown", $"'{InputFaults.Shorten(role)}' is no role of ours; ours are {string.Join(", ", JobRoles.All)}.");
            }
            else if (text is not null && TypedId.TryParse<PersonId>(text, out var person))
            {
                owners[role] = person;
            }
            else if (text is not null)
            {
                input.Faults.Add($"/owners/{role}", "person-unknown", "No member of the staff has that id, or they left.");
            }
        }

        return owners;
    }
}
