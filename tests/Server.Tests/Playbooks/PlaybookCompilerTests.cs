using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Playbooks;
using Cairn.Server.Playbooks;
using NodaTime;

namespace Cairn.Server.Tests.Playbooks;

public sealed class PlaybookCompilerTests
{
    /// <summary>Contract of plan days: day 1 is the kickoff, days are calendar days, a closed day moves forward.</summary>
    [Theory]
    [InlineData(1, "2026-03-02")]
    [InlineData(5, "2026-03-06")]
    [InlineData(6, "2026-03-09")]
    [InlineData(7, "2026-03-09")]
    [InlineData(8, "2026-03-09")]
    [InlineData(25, "2026-03-26")]
    [InlineData(30, "2026-03-31")]
    public void Day_N_of_a_kickoff_on_Monday_2026_03_02(int day, string date) => DateOf(day, "calendar").ShouldBe(date);

    [Theory]
    [InlineData(1, "2026-03-02")]
    [InlineData(5, "2026-03-06")]
    [InlineData(6, "2026-03-09")]
    [InlineData(25, "2026-04-03")]
    public void Business_days_count_only_days_on_which_work_is_done(int day, string date) => DateOf(day, "business").ShouldBe(date);

    [Fact]
    public void The_30_day_implementation_goes_live_on_day_25_and_ends_on_day_30()
    {
        var text = new ShippedPlaybooks().ById["implementation-30-day"];
        var compiled = PlaybookCompiler.Compile(text.Reading.Playbook!, text.Sha256, SomePlaybook.Monday, Weekends.Closed, new Dictionary<string, FormulaValue>(), KnownFacts.None).Value;
        compiled.GoLive.ShouldNotBeNull();
        compiled.Item(compiled.GoLive).Finish.ShouldBe(new LocalDate(2026, 3, 26));
        compiled.Finish.ShouldBe(new LocalDate(2026, 3, 31));
        compiled.ContentSha256.ShouldBe(text.Sha256);
        compiled.Items.ShouldAllBe(item => !item.Why.Any(step => step.Text.StartsWith("Moved", StringComparison.Ordinal)), "nothing of it waits for something later on a Monday");
    }

    [Fact]
    public void A_date_says_why_it_is_that_date()
    {
        var friday = new Holidays((new LocalDate(2026, 3, 6), "Founders' day"));
        SomePlaybook.Compile(days: friday).Item("planned").Why.Select(step => step.Text).ShouldBe(
            ["Day 5 is Friday 2026-03-06", "Friday 2026-03-06 is closed (Founders' day), so it moves forward to Monday 2026-03-09"]);
    }

    [Fact]
    public void Items_carry_what_the_file_says_of_them()
    {
        var compiled = SomePlaybook.Compile();
        var assess = compiled.Item("assess");
        (assess.Title, assess.Role, assess.IsCustomers, assess.Audience, assess.EffortHours, assess.WorkingDays).ShouldBe(("Assess 25 seats", "csm-technical", false, "internal", 6m, 2));
        assess.RemindDays.ShouldBe([-1, 0]);
        assess.Checklist.ShouldBe(["Network", "Users"]);
        var inform = compiled.Item("inform");
        (inform.IsCustomers, inform.Audience, inform.EffortHours).ShouldBe((true, "customer", 1.5m));
        inform.After.ShouldBe([new CompiledDependency("assess", "SS", 1)]);
        var invoice = compiled.Item("invoice");
        (invoice.Role, invoice.IsCustomers, invoice.Audience, invoice.At, invoice.Time).ShouldBe(("customer:finance", true, "shared", new LocalTime(14, 0), Duration.FromMinutes(30)));
        var kickoff = compiled.Item("kickoff");
        kickoff.With.ShouldBe(["csm-lead", "technical-lead"]);
        kickoff.Meeting!.Agenda.Select(section => (section.Title, section.Minutes)).ShouldBe([("Goals", 20), ("Dates", 30)]);
        kickoff.Meeting.FollowUp.ShouldBe(Duration.FromHours(2));
        compiled.Item("charter").SignOff.ShouldBe("charter-signed");
        compiled.Item("to-support").HandOff!.To.ShouldBe("csm-lead");
        compiled.SignOffs.Single().By.ShouldBe(["technical-lead", "vp-customer-success"]);
        compiled.Gates.Single().Criteria.Select(criterion => criterion.Formula ?? criterion.AttestedBy).ShouldBe(["uptime.percent_7d >= 99.9", "csm-technical"]);
        compiled.Targets.Single().Date.ShouldBe(new LocalDate(2026, 3, 31));
        compiled.Budget.Count(role => role.Role == "finance").ShouldBe(2);
        (compiled.OurHours, compiled.CustomerHours, compiled.GoLive, compiled.StartName).ShouldBe((100m, 30m, "live", "kickoff"));
        compiled.Checklists.Single().Moment.ShouldBe("pre-kickoff");
    }

    [Fact]
    public void Meetings_repeat_on_business_days_and_on_weekdays()
    {
        var holiday = new Holidays((new LocalDate(2026, 3, 4), "A holiday"), (new LocalDate(2026, 3, 13), "Another"));
        var compiled = SomePlaybook.Compile(days: holiday);
        compiled.Items.Where(item => item.Meeting?.Series == "stand-up").Select(item => (item.Id, item.Start.Day)).ShouldBe([("stand-up.1", 3), ("stand-up.2", 5), ("stand-up.3", 6)]);
        // Days 6 to 20 are Saturday 7 March to Saturday 21 March: two Fridays, of which one is closed and moves on.
        compiled.Items.Where(item => item.Meeting?.Series == "weekly").Select(item => (item.Id, item.Start.Day)).ShouldBe([("weekly.1", 16), ("weekly.2", 20)]);
    }

    [Fact]
    public void What_a_condition_leaves_out_is_told_and_bridged()
    {
        var compiled = SomePlaybook.Compile();
        compiled.Items.ShouldNotContain(item => item.Id == "compare");
        compiled.Omissions.Single().Id.ShouldBe("compare");
        compiled.Omissions.Single().Why.Result.ShouldBe("no");
        compiled.Item("finish").After.ShouldBe([new CompiledDependency("configure")]);
        SomePlaybook.Compile(answers: ("parallel-run", new FormulaValue.Flag(true))).Item("finish").After.ShouldBe([new CompiledDependency("compare")]);
    }

    [Fact]
    public void A_condition_on_the_customer_is_asked_of_its_record()
    {
        var text = SomePlaybook.With("when: parallel-run", "when: 'customer.plan = \"Enterprise\"'");
        SomePlaybook.Compile(text).Omissions.Single().Why.Result.ShouldBe("insufficient data: there is no fact 'customer.plan'");
        var facts = new KnownFacts([new Fact("customer.plan", new FormulaValue.Text("Enterprise"), "a test"), new Fact("customer.name", new FormulaValue.Text("Acme"), "a test")]);
        var compiled = SomePlaybook.Compile(text, facts: facts);
        compiled.Omissions.ShouldBeEmpty();
        compiled.Title.ShouldBe("A sample for Acme");
        SomePlaybook.Compile(text).Title.ShouldBe("A sample for {{customer.name}}");
    }

    [Fact]
    public void Milestones_and_hand_offs_without_a_word_follow_their_phase()
    {
        var compiled = SomePlaybook.Compile();
        compiled.Item("planned").After.Select(after => after.Item).Order().ShouldBe(["assess", "charter", "inform", "invoice", "kickoff"]);
        compiled.Item("planned").After.ShouldAllBe(after => after.IsImplied && after.Kind == "FS");
        compiled.Item("to-support").After.Select(after => after.Item).ShouldBe(["configure", "finish", "live"], ignoreOrder: true);
    }

    [Fact]
    public void What_waits_is_moved_by_just_as_much_as_it_must()
    {
        // Work of days 2-3 that takes until day 5 pushes what waits for it to the next business day, and nothing else.
        var text = SomePlaybook.With("days: 6-10, effort: 20h, after: [assess]", "days: 6-14, effort: 20h, after: [assess]");
        var (before, after) = (SomePlaybook.Compile(), SomePlaybook.Compile(text));
        after.Item("configure").Finish.ShouldBe(new LocalDate(2026, 3, 16));
        var finish = after.Item("finish");
        (finish.Start, finish.Finish, finish.WorkingDays).ShouldBe((new LocalDate(2026, 3, 17), new LocalDate(2026, 3, 17), 1));
        finish.Why[^1].Text.ShouldBe("Moved from Monday 2026-03-16 to Tuesday 2026-03-17: it waits for 'configure' (FS), which finishes on Monday 2026-03-16");
        after.Item("live").Start.ShouldBe(new LocalDate(2026, 3, 17));
        after.Item("to-support").Start.ShouldBe(before.Item("to-support").Start);
    }

    [Fact]
    public void No_dependency_and_no_phase_is_violated_in_any_shipped_playbook_on_any_start()
    {
        var holidays = new Holidays((new LocalDate(2026, 4, 3), "Good Friday"), (new LocalDate(2026, 4, 6), "Easter Monday"), (new LocalDate(2026, 5, 1), "May day"));
        foreach (var text in new ShippedPlaybooks().ById.Values)
        {
            foreach (var start in Enumerable.Range(0, 40).Select(day => SomePlaybook.Monday.PlusDays(day)))
            {
                var compiled = PlaybookCompiler.Compile(text.Reading.Playbook!, text.Sha256, start, holidays, new Dictionary<string, FormulaValue>(), KnownFacts.None).Value;
                var items = compiled.Items.ToDictionary(item => item.Id);
                foreach (var item in compiled.Items)
                {
                    holidays.WhyClosed(item.Start).ShouldBeNull();
                    holidays.WhyClosed(item.Finish).ShouldBeNull();
                    item.Finish.ShouldBeGreaterThanOrEqualTo(item.Start);
                    foreach (var after in item.After.Where(after => after.LagDays == 0))
                    {
                        var other = items[after.Item];
                        var (own, least) = after.Kind switch { "SS" => (item.Start, other.Start), "FF" => (item.Finish, other.Finish), "SF" => (item.Finish.PlusDays(1), other.Start), _ => (item.Start, other.Finish) };
                        own.ShouldBeGreaterThanOrEqualTo(least, $"{compiled.Playbook} from {start}: {item.Id} {after}");
                        (after.Kind == "FS" && item.Kind == ItemKinds.Task && other.Kind == ItemKinds.Task && own == least).ShouldBeFalse($"{compiled.Playbook} from {start}: {item.Id} {after}");
                    }

                    var ends = compiled.Phases.Single(phase => phase.Id == item.Phase).After.SelectMany(phase => compiled.Items.Where(other => other.Phase == phase)).Select(other => other.Finish);
                    ends.ShouldAllBe(end => item.Start >= end);
                }
            }
        }
    }

    [Fact]
    public void A_cutover_stays_on_its_day_and_its_steps_have_their_clocks()
    {
        var cutover = SomePlaybook.Compile().Cutovers.Single();
        (cutover.Date, cutover.Starts, cutover.DecideBy, cutover.RollbackWithin).ShouldBe((new LocalDate(2026, 3, 14), new LocalTime(22, 0), Duration.FromHours(4), Duration.FromHours(2)));
        cutover.Steps.Select(step => (step.At, step.Clock)).ShouldBe(
        [
            (Duration.FromHours(-1), new LocalDateTime(2026, 3, 14, 21, 0)), (Duration.FromMinutes(150), new LocalDateTime(2026, 3, 15, 0, 30)), (Duration.FromHours(8), new LocalDateTime(2026, 3, 15, 6, 0)),
        ]);
    }

    [Fact]
    public void Answers_are_checked_all_at_once()
    {
        var playbook = SomePlaybook.Sound(SomePlaybook.With(", default: 25", ""));
        var faults = new InputFaults();
        PlaybookAnswers.FromTexts(playbook, new Dictionary<string, string> { ["mode"] = "slow", ["until"] = "tomorrow", ["sets"] = "1", ["parallel-run"] = "yes" }, faults);
        faults.List.Select(fault => $"{fault.Pointer} {fault.Code}").Order().ShouldBe(["/parameters/mode answer-unusable", "/parameters/sets answer-unknown", "/parameters/until answer-unusable"]);
        var refused = PlaybookCompiler.Compile(playbook, "", SomePlaybook.Monday, Weekends.Closed, new Dictionary<string, FormulaValue>(), KnownFacts.None);
        refused.Problem!.Code.ShouldBe("answer-missing");
        refused.Problem.Detail.ShouldContain("How many seats?");
    }

    [Theory]
    [InlineData(9999)]
    [InlineData(1)]
    public void A_start_beyond_the_calendars_is_refused(int year) =>
        PlaybookCompiler.Compile(SomePlaybook.Sound(SomePlaybook.Text), "", new LocalDate(year, 12, 31), Weekends.Closed, new Dictionary<string, FormulaValue>(), KnownFacts.None).Problem!.Code.ShouldBe("start-out-of-range");

    [Fact]
    public void A_calendar_that_never_opens_is_refused() =>
        PlaybookCompiler.Compile(SomePlaybook.Sound(SomePlaybook.Text), "", SomePlaybook.Monday, new NeverOpen(), new Dictionary<string, FormulaValue>(), KnownFacts.None).Problem!.Code.ShouldBe("calendar-closed");

    [Fact]
    public void More_items_than_a_plan_holds_are_refused()
    {
        var meetings = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"      - {{id: m{i}, title: M, role: csm-lead, every: day}}"));
        var text = "playbook: sample\nversion: 1\ntitle: T\nkind: operations\nsummary: S\nroles: [{role: csm-lead}]\nphases:\n  - id: p\n    title: P\n    days: 1-400\n    meetings:\n" + meetings;
        PlaybookCompiler.Compile(SomePlaybook.Sound(text), "", SomePlaybook.Monday, Weekends.Closed, new Dictionary<string, FormulaValue>(), KnownFacts.None).Problem!.Code.ShouldBe("playbook-too-large");
    }

    private static string DateOf(int day, string counting)
    {
        var text = $"playbook: sample\nversion: 1\ntitle: T\nkind: growth\nsummary: S\ndays: {counting}\nroles: [{{role: csm-lead}}]\nphases:\n  - id: p\n    title: P\n    days: 1-30\n    tasks: [{{id: t, title: T, role: csm-lead, day: {day}}}]\n";
        return NodaTime.Text.LocalDatePattern.Iso.Format(SomePlaybook.Compile(text).Item("t").Start);
    }

    private sealed class NeverOpen : IBusinessDays
    {
        public string? WhyClosed(LocalDate day) => "Closed for good";
    }
}
