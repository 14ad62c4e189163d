using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Plans;

/// <summary>A plan with what is needed to show it: the calendar, today, how far it was when, and the hours logged.</summary>
internal sealed class PlanView
{
    /// <summary>Closed days are shown for so many days after a plan's end, so that a drag beyond it knows them.</summary>
    private const int DaysShownAfter = 60;

    private readonly IReadOnlyDictionary<PersonId, StaffName> names;
    private readonly Lazy<PlanSchedule> schedule;

    public PlanView(CustomerId customer, Plan plan, PlanDay day, IReadOnlyDictionary<PersonId, StaffName> names)
    {
        (Customer, Plan, Day, this.names) = (customer, plan, day, names);
        schedule = new(() => PlanSchedule.Of(Plan, Day.Index, Day.Today));
    }

    public CustomerId Customer { get; }

    public Plan Plan { get; }

    public PlanDay Day { get; }

    public IReadOnlyList<ProgressMark> Marks { get; init; } = [];

    /// <summary>The hours logged, by item.</summary>
    public IReadOnlyDictionary<PlanItemId, decimal> Logged { get; init; } = new Dictionary<PlanItemId, decimal>();

    public PlanSchedule Schedule => schedule.Value;

    public Outlook GoLive => PlanOutlook.GoLive(Plan, Schedule);

    public Outlook Finish => PlanOutlook.Finish(Plan, Schedule);

    public PlanProgress Progress => PlanProgress.Of(Plan, Marks, Day.Index, Day.Today);

    private int Late => Plan.Items.Count(item => item.IsLateOn(Day.Today));

    public PlanSummaryBody Summary()
    {
        var progress = Progress;
        return new PlanSummaryBody(
            Plan.Id.ToString(), Plan.Title, Plan.Source.Playbook, Plan.Source.Version, PlanWords.Of(Plan.State), PlanText.Of(Plan.Start),
            OutlookBody.Of(GoLive, Plan.GoLive), OutlookBody.Of(Finish), new ProgressBody(progress.Planned, progress.Earned), Late, Plan.Version);
    }

    public PlanBody Body()
    {
        var progress = Progress;
        return new PlanBody
        {
            Id = Plan.Id.ToString(),
            Customer = Customer.ToString(),
            Title = Plan.Title,
            Playbook = new PlanSourceBody(Plan.Source.Playbook, Plan.Source.Version, Plan.Source.Sha256, Plan.Source.Title),
            State = PlanWords.Of(Plan.State),
            Start = PlanText.Of(Plan.Start),
            Version = Plan.Version,
            Phases = Phases(),
            Items = [.. Plan.Items.Select(Item)],
            GoLive = OutlookBody.Of(GoLive, Plan.GoLive),
            Finish = OutlookBody.Of(Finish),
            Progress = new ProgressBody(progress.Planned, progress.Earned),
            Calendar = Calendar(),
            CriticalPath = [.. Schedule.CriticalPath.Select(item => item.ToString())],
            Targets = [.. Plan.Targets.Select(target => new TargetBody(target.Id, target.Title, PlanText.Of(target.Date), target.Formula, target.Goal, target.Unit))],
            Late = Late,
        };
    }

    public PlanItemBody Item(PlanItemId item) => Item(Plan.Items.First(one => one.Id == item));

    private PlanItemBody Item(PlanItem item)
    {
        var slack = Schedule.SlackOf(item.Id);
        return new PlanItemBody
        {
            Id = item.Id.ToString(),
            Key = item.Key,
            Kind = item.Kind,
            Phase = item.Phase,
            Title = item.Title,
            Details = item.Details,
            Role = item.Role,
            Side = PlanWords.Side(item.IsCustomers),
            Owner = item.Owner is { } owner ? new PersonBody(owner.ToString(), names.GetValueOrDefault(owner)?.Name ?? "?") : null,
            Audience = item.Audience,
            State = PlanWords.Of(item.State),
            PercentDone = item.PercentDone,
            DoneOn = PlanText.Of(item.DoneOn),
            Start = PlanText.Of(item.Start),
            Finish = PlanText.Of(item.Finish),
            At = PlanText.Of(item.At),
            Minutes = item.Minutes,
            WorkingDays = item.WorkingDays,
            EffortHours = item.EffortHours,
            LoggedHours = Logged.GetValueOrDefault(item.Id),
            Pinned = item.IsPinned,
            BaselineStart = PlanText.Of(item.BaselineStart),
            BaselineFinish = PlanText.Of(item.BaselineFinish),
            SlackDays = slack?.SlackDays,
            LatestFinish = PlanText.Of(slack?.LatestFinish),
            Forecast = PlanText.Of(Schedule.ForecastOf(item.Id)),
            Critical = slack is { IsCritical: true },
            After = [.. item.After.Select(one => new DependencyBody(one.Item.ToString(), PlanWords.Of(one.Kind), one.LagDays))],
            Checklist = [.. item.Checklist.Select(EntryBody.Of)],
            Why = item.Why,
            Version = item.Version,
            Late = item.IsLateOn(Day.Today),
        };
    }

    private IReadOnlyList<PlanPhaseBody> Phases()
    {
        var standings = PhaseStanding.Of(Plan);
        return
        [
            .. Plan.Phases.Select(phase => new PlanPhaseBody(
                phase.Key, phase.Title, phase.Goal, PlanText.Of(standings[phase.Key].Start), PlanText.Of(standings[phase.Key].Finish),
                PlanText.Of(phase.BaselineStart), PlanText.Of(phase.BaselineFinish), PlanWords.Of(standings[phase.Key].State), phase.After)),
        ];
    }

    private PlanCalendarBody Calendar()
    {
        var closed = new List<ClosedDayOfPlanBody>();
        var from = LocalDate.Min(Plan.Start, Plan.Items.Where(item => item.Start is not null).Select(item => item.Start!.Value).DefaultIfEmpty(Plan.Start).Min());
        var until = LocalDate.Max(Plan.Finish ?? Plan.Start, Day.Today).PlusDays(DaysShownAfter);
        for (var day = from; day <= until && closed.Count < PlanLimits.FarthestDays; day = day.PlusDays(1))
        {
            if (Day.Calendar.WhyClosed(day) is { } why)
            {
                closed.Add(new ClosedDayOfPlanBody(PlanText.Of(day), why));
            }
        }

        return new PlanCalendarBody(Day.Zone.Id, PlanText.Of(Day.Today), closed);
    }
}

/// <summary>The customer's calendar now: which zone, which day.</summary>
internal sealed class PlanDay(BusinessCalendar calendar, Instant now)
{
    public BusinessCalendar Calendar { get; } = calendar;

    public Instant Now { get; } = now;

    public DateTimeZone Zone { get; } = calendar.ZoneAt(now);

    /// <summary>Today where the customer is.</summary>
    public LocalDate Today => Now.InZone(Zone).Date;

    /// <summary>The calendar's business days, numbered; each plan and request has its own.</summary>
    public BusinessDayIndex Index => field ??= new BusinessDayIndex(Calendar, Today);
}
