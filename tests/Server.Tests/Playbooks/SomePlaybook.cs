using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Playbooks;
using Cairn.Server.Playbooks;
using NodaTime;

namespace Cairn.Server.Tests.Playbooks;

/// <summary>A small playbook with something of everything, and short ways to change and compile it.</summary>
internal static class SomePlaybook
{
    public const string Id = "sample";

    public const string Text = """
        playbook: sample
        version: 1
        title: A sample for {{customer.name}}
        kind: implementation
        summary: Something of everything.
        source: a test
        days: calendar
        start: kickoff
        go_live: live
        parameters:
          - {id: parallel-run, title: Run the old system in parallel?, type: boolean, default: false}
          - {id: mode, title: How?, type: choice, options: [quick, careful], default: careful}
          - {id: seats, title: How many seats?, type: number, default: 25}
          - {id: until, title: Until when?, type: date, default: "2026-12-31"}
        roles:
          - {role: csm-lead, hours: 10, per: week}
          - {role: csm-technical, hours: 40}
          - {role: finance}
          - {role: vp-customer-success}
          - {role: technical-lead, side: customer, hours: 20}
          - {role: finance, side: customer, hours: 5}
        budget: {ours: 100, customer: 30}
        phases:
          - id: planning
            title: Planning
            days: 1-5
            goal: Know what is to be done
            tasks:
              - id: assess
                title: Assess {{seats}} seats
                role: csm-technical
                with: [technical-lead]
                days: 2-3
                effort: 6h
                after: [kickoff]
                checklist: [Network, Users]
                remind: [1d before, on due]
              - {id: inform, title: Inform the team, role: technical-lead, day: 3, effort: 90m, after: [{item: assess, kind: SS, lag: 1d}]}
              - {id: invoice, title: Agree the invoice, role: customer:finance, day: 4, at: "14:00", time: 30m, audience: shared}
            milestones:
              - {id: planned, title: Planned, day: 5}
            meetings:
              - id: kickoff
                title: Kickoff
                role: csm-lead
                day: 1
                at: "09:00"
                time: 1h
                audience: shared
                attendees: [csm-lead, technical-lead]
                agenda: [{title: Goals, minutes: 20, lead: csm-lead}, {title: Dates, minutes: 30}]
                outcomes: [Goals are written down]
                prework: [Read the offer]
                followup: 2h
              - {id: stand-up, title: Stand-up, role: csm-lead, days: 2-5, every: day, at: "10:30", time: 15m}
            deliverables:
              - {id: charter, title: Charter, role: csm-lead, day: 4, audience: shared, sign_off: charter-signed}
            checklists:
              - {id: ready, title: Ready for the kickoff, role: csm-lead, moment: pre-kickoff, items: [Agenda is sent, Room is booked]}
          - id: running
            title: Running
            days: 6-20
            after: [planning]
            gate:
              id: may-run
              title: May run
              authority: [vp-customer-success]
              criteria:
                - {id: uptime, statement: Uptime of at least 99.9 % over 7 days, formula: "uptime.percent_7d >= 99.9"}
                - {id: dry-run, statement: Dry run went well, attested_by: csm-technical, evidence: Log}
            tasks:
              - {id: configure, title: Configure, role: csm-technical, days: 6-10, effort: 20h, after: [assess]}
              - {id: compare, title: Compare both systems, role: csm-technical, days: 11-12, effort: 8h, when: parallel-run, after: [configure]}
              - {id: finish, title: Finish, role: csm-technical, days: 13-14, effort: 4h, after: [compare]}
            milestones:
              - {id: live, title: Live, day: 15, after: [finish]}
            meetings:
              - {id: weekly, title: Weekly, role: csm-lead, every: friday, at: "15:00", time: 30m}
            hand_off: {id: to-support, title: To support, from: csm-technical, to: csm-lead, day: 20, items: [Documents], verify: [All read], sign_off: vp-customer-success}
            cutover:
              day: 13
              starts: "22:00"
              rollback: {decide_by: "+4h", within: 2h}
              steps:
                - {at: "-1h", title: Everybody is there, role: csm-lead}
                - {at: "+2h30m", title: Switch, role: csm-technical, check: A test passes}
                - {at: "Sunday 06:00", title: Look again}
        sign_offs:
          - {id: charter-signed, title: Charter, of: charter, by: [technical-lead, vp-customer-success], on_rejection: [csm-lead]}
        targets:
          - {id: adoption, title: Adoption, day: 30, metric: adoption.percent, goal: ">= 50", unit: "%"}
        triggers:
          - {id: signed, on: event, event: contract.signed, when: 'customer.plan = "Enterprise"', cap: 1 per customer per 90d}
        """;

    public static readonly LocalDate Monday = new(2026, 3, 2);

    public static PlaybookText Read(string text) => PlaybookText.Read(text + "\n", Id);

    /// <summary>The sample with one piece replaced; the piece must be there once.</summary>
    public static string With(string piece, string by)
    {
        (Text.Split(piece).Length - 1).ShouldBe(1, $"'{piece}' must stand in the sample once");
        return Text.Replace(piece, by, StringComparison.Ordinal);
    }

    public static Playbook Sound(string text)
    {
        var read = Read(text).Reading;
        read.Playbook.ShouldNotBeNull(string.Join('\n', read.Faults.Select(fault => fault.At(Id))));
        return read.Playbook;
    }

    public static CompiledPlaybook Compile(string text = Text, IBusinessDays? days = null, LocalDate? start = null, IFactSource? facts = null, params (string Name, FormulaValue Value)[] answers)
    {
        var compiled = PlaybookCompiler.Compile(
            Sound(text), new string('0', 64), start ?? Monday, days ?? Weekends.Closed, answers.ToDictionary(answer => answer.Name, answer => answer.Value), facts ?? KnownFacts.None);
        compiled.IsOk.ShouldBeTrue(compiled.Problem?.Detail);
        return compiled.Value;
    }

    public static CompiledItem Item(this CompiledPlaybook compiled, string id) => compiled.Items.Single(item => item.Id == id);
}

/// <summary>Weekends, and some days by name.</summary>
internal sealed class Holidays(params (LocalDate Day, string Name)[] days) : IBusinessDays
{
    public string? WhyClosed(LocalDate day) => Weekends.Closed.WhyClosed(day) ?? days.Where(closed => closed.Day == day).Select(closed => closed.Name).FirstOrDefault();
}
