using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Plans;

/// <summary>A plan as stored, without what is in it.</summary>
internal sealed class PlanRow
{
    public Guid PlanId { get; init; }

    public string Title { get; init; } = "";

    public string Playbook { get; init; } = "";

    public int PlaybookVersion { get; init; }

    public string PlaybookSha256 { get; init; } = "";

    public string PlaybookTitle { get; init; } = "";

    public string State { get; init; } = "";

    public DateOnly StartDate { get; init; }

    public Guid? GoLiveItemId { get; init; }

    public string Budget { get; init; } = "[]";

    public decimal? OurHours { get; init; }

    public decimal? CustomerHours { get; init; }

    public string Targets { get; init; } = "[]";

    public DateTimeOffset StartedAt { get; init; }

    public long Version { get; init; }

    public Plan ToPlan() => new()
    {
        Id = new PlanId(PlanId),
        Title = Title,
        Source = new PlanSource(Playbook, PlaybookVersion, PlaybookSha256, PlaybookTitle),
        State = PlanWords.PlanStateOf(State),
        Start = LocalDate.FromDateOnly(StartDate),
        GoLive = GoLiveItemId is { } item ? new PlanItemId(item) : null,
        Budget = [.. PlanJson.Read<BudgetRow[]>(Budget).Select(row => row.ToBudget())],
        OurHours = OurHours,
        CustomerHours = CustomerHours,
        Targets = [.. PlanJson.Read<TargetRow[]>(Targets).Select(row => row.ToTarget())],
        Version = Version,
    };
}

/// <summary>The hours of a role as stored.</summary>
internal sealed record BudgetRow(string Role, bool Customers, decimal? Hours, bool PerWeek)
{
    public static BudgetRow Of(RoleBudget budget) => new(budget.Role, budget.IsCustomers, budget.Hours, budget.IsPerWeek);

    public RoleBudget ToBudget() => new(Role, Customers, Hours, PerWeek);
}

/// <summary>A target as stored.</summary>
internal sealed record TargetRow(string Id, string Title, string Date, string Formula, string Goal, string? Unit)
{
    public static TargetRow Of(CompiledTarget target) => new(target.Id, target.Title, PlanText.Of(target.Date), target.Formula, target.Goal, target.Unit);

    public CompiledTarget ToTarget() => new(Id, Title, LocalDatePattern.Iso.Parse(Date).Value, Formula, Goal, Unit);
}

/// <summary>A phase as stored.</summary>
internal sealed class PhaseRow
{
    public string PhaseKey { get; init; } = "";

    public string Title { get; init; } = "";

    public string? Goal { get; init; }

    public string[] Follows { get; init; } = [];

    public DateOnly BaselineStart { get; init; }

    public DateOnly BaselineFinish { get; init; }

    public PlanPhase ToPhase() => new(PhaseKey, Title, Goal, Follows, LocalDate.FromDateOnly(BaselineStart), LocalDate.FromDateOnly(BaselineFinish));

    public static object Stored(PlanPhase phase, int ordinal) => new
    {
        PhaseKey = phase.Key,
        ordinal,
        phase.Title,
        phase.Goal,
        Follows = phase.After,
        BaselineStart = PlanText.Of(phase.BaselineStart),
        BaselineFinish = PlanText.Of(phase.BaselineFinish),
    };
}

/// <summary>An item as stored.</summary>
internal sealed class ItemRow
{
    private const int MinutesOfAnHour = 60;

    public Guid ItemId { get; init; }

    public string ItemKey { get; init; } = "";

    public string Kind { get; init; } = "";

    public string PhaseKey { get; init; } = "";

    public string Title { get; init; } = "";

    public string? Details { get; init; }

    public string? JobRole { get; init; }

    public bool IsCustomers { get; init; }

    public Guid? OwnerId { get; init; }

    public string Audience { get; init; } = "";

    public string State { get; init; } = "";

    public int PercentDone { get; init; }

    public DateOnly? DoneOn { get; init; }

    public DateOnly? StartDate { get; init; }

    public DateOnly? FinishDate { get; init; }

    public int? AtMinute { get; init; }

    public int? Minutes { get; init; }

    public int WorkingDays { get; init; }

    public decimal? EffortHours { get; init; }

    public bool IsPinned { get; init; }

    public DateOnly? BaselineStart { get; init; }

    public DateOnly? BaselineFinish { get; init; }

    public string Checklist { get; init; } = "[]";

    public string Why { get; init; } = "[]";

    public long Version { get; init; }

    public PlanItem ToItem(IReadOnlyList<PlanDependency> after) => new()
    {
        Id = new PlanItemId(ItemId),
        Key = ItemKey,
        Kind = Kind,
        Phase = PhaseKey,
        Title = Title,
        Details = Details,
        Role = JobRole,
        IsCustomers = IsCustomers,
        Owner = OwnerId is { } owner ? new PersonId(owner) : null,
        Audience = Audience,
        State = PlanWords.ItemStateOf(State),
        PercentDone = PercentDone,
        DoneOn = Date(DoneOn),
        Start = Date(StartDate),
        Finish = Date(FinishDate),
        At = AtMinute is { } minute ? new LocalTime(minute / MinutesOfAnHour, minute % MinutesOfAnHour) : null,
        Minutes = Minutes,
        WorkingDays = WorkingDays,
        EffortHours = EffortHours,
        IsPinned = IsPinned,
        BaselineStart = Date(BaselineStart),
        BaselineFinish = Date(BaselineFinish),
        After = after,
        Checklist = [.. PlanJson.Read<EntryRow[]>(Checklist).Select(row => row.ToEntry())],
        Why = [.. PlanJson.Read<StepRow[]>(Why).Select(row => row.ToStep())],
        Version = Version,
    };

    /// <summary>The columns of a row, by name.</summary>
    public static object Stored(PlanItem item, int ordinal) => new
    {
        ItemId = item.Id.Value,
        ItemKey = item.Key,
        ordinal,
        item.Kind,
        PhaseKey = item.Phase,
        item.Title,
        item.Details,
        JobRole = item.Role,
        item.IsCustomers,
        OwnerId = item.Owner?.Value,
        item.Audience,
        State = PlanWords.Of(item.State),
        item.PercentDone,
        DoneOn = PlanText.Of(item.DoneOn),
        StartDate = PlanText.Of(item.Start),
        FinishDate = PlanText.Of(item.Finish),
        AtMinute = item.At is { } at ? (int?)((at.Hour * MinutesOfAnHour) + at.Minute) : null,
        item.Minutes,
        item.WorkingDays,
        item.EffortHours,
        item.IsPinned,
        BaselineStart = PlanText.Of(item.BaselineStart),
        BaselineFinish = PlanText.Of(item.BaselineFinish),
        Checklist = item.Checklist.Select(EntryRow.Of),
        Why = item.Why.Select(StepRow.Of),
        item.Version,
    };

    private static LocalDate? Date(DateOnly? date) => date is { } day ? LocalDate.FromDateOnly(day) : null;
}

/// <summary>What an item follows, as stored.</summary>
internal sealed class DependencyRow
{
    public Guid ItemId { get; init; }

    public Guid PredecessorId { get; init; }

    public string Kind { get; init; } = "";

    public int LagDays { get; init; }

    public PlanDependency ToDependency() => new(new PlanItemId(PredecessorId), PlanWords.DependencyKindOf(Kind), LagDays);

    public static IEnumerable<object> Stored(PlanItem item) => item.After.DistinctBy(one => (one.Item, one.Kind)).Select((one, ordinal) => (object)new
    {
        ItemId = item.Id.Value,
        PredecessorId = one.Item.Value,
        Kind = PlanWords.Of(one.Kind),
        one.LagDays,
        ordinal,
    });
}

/// <summary>Something to tick off, as stored.</summary>
internal sealed record EntryRow(string Id, string Text, bool Done, string? By, string? At)
{
    public static EntryRow Of(ChecklistEntry entry) => new(entry.Id, entry.Text, entry.IsDone, entry.By, entry.At is { } at ? Rfc3339.Format(at) : null);

    public ChecklistEntry ToEntry() => new(Id, Text, Done, By, At is { } at ? Rfc3339.Parse(at) : null);
}

/// <summary>A step of a derivation, as stored.</summary>
internal sealed record StepRow(string Text, string? Value, IReadOnlyList<StepRow>? Parts)
{
    public static StepRow Of(DerivationStep step) => new(step.Text, step.Value, step.Parts.Count == 0 ? null : [.. step.Parts.Select(Of)]);

    public DerivationStep ToStep() => new(Text, Value) { Parts = [.. (Parts ?? []).Select(part => part.ToStep())] };
}

/// <summary>What a version of a plan changed, as stored.</summary>
internal sealed class ChangeRow
{
    public long Version { get; init; }

    public Guid[] Items { get; init; } = [];

    public string ById { get; init; } = "";

    public string? ByName { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Dates as text, for JSON.</summary>
internal static class PlanText
{
    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string? Of(LocalDate? date) => date is { } day ? Of(day) : null;

    public static string? Of(LocalTime? time) => time is { } at ? LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(at) : null;
}
