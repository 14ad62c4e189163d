using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using Cairn.Server.Plans.Checklists;
using Cairn.Server.Plans.Hours;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Plans;

/// <summary>What is asked for a new plan.</summary>
internal sealed record WriteNewPlanBody
{
    /// <summary>The id of a playbook.</summary>
    public required string Playbook { get; init; }

    /// <summary>Which version of it; the newest when absent.</summary>
    public int? Version { get; init; }

    /// <summary>Day 1.</summary>
    public required string Start { get; init; }

    /// <summary>The plan's title; the playbook's when absent.</summary>
    public string? Title { get; init; }

    /// <summary>Answers to what the playbook asks, by id.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Members of the staff by role (per_…); whoever has the role in the customer's team when absent.</summary>
    public IReadOnlyDictionary<string, string>? Owners { get; init; }
}

/// <summary>A new plan as read from a request.</summary>
internal sealed record PlanStartOrder(string Playbook, int? Version, LocalDate Start, string? Title)
{
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyDictionary<string, PersonId> Owners { get; init; } = new Dictionary<string, PersonId>();
}

/// <summary>What a plan would be. Its items have no ids yet, so their keys stand in the place of ids.</summary>
internal sealed record PlanPreviewBody
{
    public required string Playbook { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required string Start { get; init; }

    public required string? Finish { get; init; }

    /// <summary>The day of go-live; null when the playbook has none.</summary>
    public required string? GoLive { get; init; }

    public required IReadOnlyList<PlanPhaseBody> Phases { get; init; }

    public required IReadOnlyList<PlanItemBody> Items { get; init; }

    public required IReadOnlyList<RoleBudgetBody> Budget { get; init; }

    public required IReadOnlyList<TargetBody> Targets { get; init; }

    public required PlanCalendarBody Calendar { get; init; }

    /// <summary>What the playbook leaves out for this customer, and why.</summary>
    public required IReadOnlyList<OmissionBody> Omissions { get; init; }

    /// <summary>What a person should look at before the start; it keeps nobody from it.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}

/// <summary>Something that a condition leaves out.</summary>
internal sealed record OmissionBody(string Id, string Title, Derivation Why);

/// <summary>Makes a plan from a playbook, on the customer's calendar, with owners from the customer's team. A preview is the same without writing.</summary>
internal sealed class StartPlan(
    Database database, LedgerAppender ledger, IOutbox outbox, IPlaybookCompiler playbooks, PlanOwners people, PlansViews views)
{
    public async Task<Outcome<PlanPreviewBody>> Preview(CustomerId customer, PlanStartOrder order, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        var owners = await people.Of(customer, order, names, cancel);
        return !owners.IsOk ? owners.Problem : await database.ForCustomer<Outcome<PlanPreviewBody>>(customer, async work =>
        {
            var made = await Make(work, customer, order, owners.Value);
            return made.IsOk ? Body(customer, made.Value, names) : made.Problem;
        }, cancel);
    }

    /// <param name="customer">Whose plan.</param>
    /// <param name="order">From which playbook, when, whose.</param>
    /// <param name="actor">Who starts it.</param>
    /// <param name="keep">Keeps the answer for repeats, in the same transaction.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<PlanBody>> Run(
        CustomerId customer, PlanStartOrder order, Actor actor, Func<DbWork, PlanBody, Task>? keep, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        var customerName = await people.NameOf(customer, cancel);
        var owners = await people.Of(customer, order, names, cancel);
        return !owners.IsOk ? owners.Problem : await database.ForCustomer<Outcome<PlanBody>>(customer, async work =>
        {
            if (await PlansStore.Count(work, customer) >= PlanLimits.MostPlans)
            {
                return PlansProblems.TooManyPlans;
            }

            var made = await Make(work, customer, order, owners.Value);
            if (!made.IsOk)
            {
                return made.Problem;
            }

            var (compiled, plan, day) = made.Value;
            await Write(work, customer, made.Value, actor);
            foreach (var message in PlanMessages.OfStart(customer, customerName, plan, actor))
            {
                await outbox.Add(work, message);
            }

            var body = new PlanView(customer, plan, day, names).Body();
            await (keep?.Invoke(work, body) ?? Task.CompletedTask);
            await ledger.Record(work, customer, Entry(plan, compiled, actor));
            return body;
        }, cancel);
    }

    private static async Task Write(DbWork work, CustomerId customer, MadePlan made, Actor actor)
    {
        await PlansStore.Add(work, customer, made.Plan, CompiledJson.Write(made.Compiled), (actor, made.Day.Now));
        await ChecklistsStore.Add(work, customer, made.Plan.Id, made.Compiled.Checklists);
        await PlansStore.Announce(work, customer, made.Plan, made.Plan.Items, (actor, made.Day.Now));
        await PlanFacts.Publish(work, customer, made.Plan, [], made.Day);
    }

    private static RecordChange Entry(Plan plan, CompiledPlaybook compiled, Actor actor) => new("plan.started", actor, "plan", plan.Id.ToString())
    {
        SubjectName = plan.Title,
        After = new
        {
            title = plan.Title,
            playbook = plan.Source.Playbook,
            version = plan.Source.Version,
            sha256 = plan.Source.Sha256,
            start = PlanText.Of(plan.Start),
            finish = PlanText.Of(plan.Finish),
            goLive = PlanText.Of(plan.Items.FirstOrDefault(item => item.Id == plan.GoLive)?.Start),
            parameters = compiled.Parameters.ToDictionary(parameter => parameter.Id, parameter => parameter.Value),
            items = plan.Items.ToDictionary(item => item.Key, item => $"{PlanText.Of(item.Start)} {PlanText.Of(item.Finish)}"),
        },
    };

    private async Task<Outcome<MadePlan>> Make(DbWork work, CustomerId customer, PlanStartOrder order, IReadOnlyDictionary<string, PersonId> owners)
    {
        var day = await views.Today(work, customer);
        var compiled = await playbooks.Compile(work, customer, new PlaybookStart(order.Playbook, order.Version, order.Start, day.Calendar, order.Parameters));
        if (!compiled.IsOk)
        {
            return compiled.Problem;
        }

        var plan = PlanMaking.From(
            compiled.Value, new PlanOrder(new PlanId(NewId.Next()), order.Title, () => new PlanItemId(NewId.Next()), owners), day.Index);
        return plan.IsOk ? new MadePlan(compiled.Value, plan.Value, day) : plan.Problem;
    }

    private static PlanPreviewBody Body(CustomerId customer, MadePlan made, IReadOnlyDictionary<PersonId, StaffName> names)
    {
        var body = new PlanView(customer, made.Plan, made.Day, names).Body();
        var keys = made.Plan.Items.ToDictionary(item => item.Id.ToString(), item => item.Key);
        return new PlanPreviewBody
        {
            Playbook = made.Compiled.Playbook,
            Version = made.Compiled.Version,
            Title = made.Plan.Title,
            Start = body.Start,
            Finish = body.Finish.Baseline,
            GoLive = body.GoLive.Baseline,
            Phases = body.Phases,
            Items = [.. body.Items.Select(item => item with { Id = item.Key, After = [.. item.After.Select(one => one with { Item = keys[one.Item] })] })],
            Budget = BudgetBody.Of(PlanHours.Of(made.Plan, [])).Roles,
            Targets = body.Targets,
            Calendar = body.Calendar,
            Omissions = [.. made.Compiled.Omissions.Select(omission => new OmissionBody(omission.Id, omission.Title, omission.Why))],
            Faults =
            [
                .. made.Plan.Items.Where(item => item is { Owner: null, IsCustomers: false, Role: not null }).Select(item => item.Role!).Distinct()
                    .Select(role => $"Nobody in the customer's team is {role}, so what is theirs has no owner. Put somebody into the team, or name an owner."),
            ],
        };
    }

    private sealed record MadePlan(CompiledPlaybook Compiled, Plan Plan, PlanDay Day);
}
