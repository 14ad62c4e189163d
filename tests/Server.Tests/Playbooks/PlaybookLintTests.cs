using Cairn.Domain.Playbooks;
using Cairn.Server.Playbooks;

namespace Cairn.Server.Tests.Playbooks;

/// <summary>Every fault and warning of the language, each provoked by one change of a sound playbook.</summary>
public sealed class PlaybookLintTests
{
    [Fact]
    public void The_sample_has_no_fault_and_no_warning() =>
        SomePlaybook.Read(SomePlaybook.Text).Reading.Faults.ShouldBeEmpty();

    // piece of the sample, what stands there instead, place and code, part of the sentence or fix
    [Theory]
    [InlineData("kind: implementation", "kind: implementaton", "4:7 word-unknown", "Did you mean 'implementation'?")]
    [InlineData("summary: Something", "sumary: Something", "5:1 member-unknown", "Did you mean 'summary'?")]
    [InlineData("version: 1\n", "", "1:1 member-missing", "needs 'version'")]
    [InlineData("version: 1\n", "version: 0\n", "2:10 value-form", "a whole number from 1")]
    [InlineData("version: 1\n", "version: one\n", "2:10 member-type", "a whole number")]
    [InlineData("title: Planning\n", "title: 2026\n", "25:12 member-type", "Put it in quotes")]
    [InlineData("title: Planning\n", "title: yes\n", "", "")]
    [InlineData("title: Planning\n", "title:\n", "25:11 member-type", "is empty")]
    [InlineData("title: Planning\n", "title: \" \"\n", "25:12 value-form", "is empty")]
    [InlineData("source: a test\n", "source: a test\nsource: another\n", "7:1 member-twice", "stands twice")]
    [InlineData("playbook: sample", "playbook: simple", "1:11 playbook-name", "'sample.yaml'")]
    [InlineData("playbook: sample", "playbook: Sample!", "1:11 value-form", "kebab-case")]
    [InlineData("id: inform, ", "id: assess, ", "38:14 id-twice", "stands in line 29 already")]
    [InlineData("after: [kickoff]", "after: [kickof]", "35:17 id-unknown", "Did you mean 'kickoff'?")]
    [InlineData("after: [kickoff]", "after: [stand-up]", "35:17 after-repeats", "happens once")]
    [InlineData("after: [planning]", "after: [plannin]", "63:13 id-unknown", "Did you mean 'planning'?")]
    [InlineData("go_live: live", "go_live: life", "9:10 id-unknown", "Did you mean 'live'?")]
    [InlineData("sign_off: charter-signed", "sign_off: charter-sined", "57:91 id-unknown", "Did you mean 'charter-signed'?")]
    [InlineData("of: charter, ", "of: kickoff, ", "89:46 id-unknown", "deliverable, hand-off or gate")]
    [InlineData("of: charter, ", "of: to-support, ", "89:46 sign-off-differs", "name each other")]
    [InlineData("after: [kickoff]", "after: [finish]", "35:16 dependency-circle", "→ finish →")]
    [InlineData("role: csm-technical\n", "role: csm-tecnical\n", "31:15 role-unknown", "Did you mean 'csm-technical'?")]
    [InlineData("role: csm-technical\n", "role: engineer\n", "31:15 role-undeclared", "{role: engineer}")]
    [InlineData("- {role: technical-lead, side: customer, hours: 20}", "- {role: technical-lead, hours: 20}", "20:12 role-unknown", "side: customer")]
    [InlineData("- {role: vp-customer-success}", "- {role: csm-lead}", "19:12 id-twice", "stands here twice")]
    [InlineData("days: 1-5", "days: 5-1", "26:11 days-backwards", "Write 1-5.")]
    [InlineData("days: 2-3\n", "days: 2-9\n", "33:15 day-outside-phase", "days 1-5")]
    [InlineData("day: 13\n", "day: 33\n", "81:12 day-outside-phase", "The cutover")]
    [InlineData("days: 2-3\n", "days: 2-3\n        day: 2\n", "33:15 one-of-two", "Keep one")]
    [InlineData("        days: 2-3\n", "", "29:9 day-missing", "Write day: 3")]
    [InlineData("days: 2-3\n", "days: soon\n", "33:15 value-form", "days such as 1-3")]
    [InlineData("days: 2-3\n", "days: 2-3\n        at: \"09:00\"\n", "34:13 time-without-day", "one day")]
    [InlineData("at: \"14:00\", time: 30m", "time: 30m", "39:104 time-without-day", "Add at")]
    [InlineData("minutes: 30}", "minutes: 50}", "51:17 agenda-too-long", "70m")]
    [InlineData("every: day, ", "", "55:63 repeats-unsaid", "Add every")]
    [InlineData("effort: 6h", "effort: 6 hours", "34:17 value-form", "90m, 6h or 2h30m")]
    [InlineData("remind: [1d before, on due]", "remind: [yesterday]", "37:18 value-form", "1d before")]
    [InlineData("lag: 1d", "lag: one", "38:127 value-form", "2d or -1d")]
    [InlineData("kind: SS", "kind: ST", "38:118 word-unknown", "FS, SS, FF, SF")]
    [InlineData("moment: pre-kickoff", "moment: before", "59:75 word-unknown", "pre-kickoff")]
    [InlineData("items: [Agenda is sent, Room is booked]", "items: []", "59:95 list-size", "1 to 200")]
    [InlineData("when: parallel-run", "when: paralel-run", "73:104 parameter-unknown", "Did you mean 'parallel-run'?")]
    [InlineData("when: parallel-run", "when: seats", "73:104 formula-type", "yes or no")]
    [InlineData("when: parallel-run", "when: 'mode = \"fast\"'", "73:104 option-unknown", "quick, careful")]
    [InlineData("when: parallel-run", "when: 'seats > \"ten\"'", "73:105 formula-type", "a number and a text")]
    [InlineData("when: parallel-run", "when: 'seats >'", "73:112 formula-syntax", "a value is expected")]
    [InlineData("when: parallel-run", "when: 'cout(tags) > 1'", "73:105 formula-function-unknown", "Did you mean 'count'?")]
    [InlineData("when: parallel-run", "when: 'customer.pln = \"x\"'", "73:105 fact-unknown", "Did you mean 'customer.plan'?")]
    [InlineData("when: parallel-run", "when: \"no\"", "73:104 warning unreachable", "never holds")]
    [InlineData("title: Assess {{seats}} seats", "title: Assess {{seets}} seats", "30:23 parameter-unknown", "Did you mean 'seats'?")]
    [InlineData("title: Assess {{seats}} seats", "title: Assess for {{customer.nam}}", "30:27 parameter-unknown", "{{customer.name}}")]
    [InlineData("formula: \"uptime.percent_7d >= 99.9\"", "formula: \"uptime.percent_7d >= 99.9 %\"", "69:110 formula-literal", "percent points")]
    [InlineData(", attested_by: csm-technical", "", "70:11 one-of-two", "exactly one")]
    [InlineData("metric: adoption.percent, ", "", "91:5 one-of-two", "exactly one")]
    [InlineData("metric: adoption.percent", "metric: adoption + 1", "91:54 value-form", "'formula'")]
    [InlineData("goal: \">= 50\"", "goal: 50 %", "91:78 value-form", "a comparison and a value")]
    [InlineData("metric: adoption.percent, goal: \">= 50\"", "formula: seats * 2, goal: \">= \\\"x\\\"\"", "91:72 formula-type", "a number and a text")]
    [InlineData("event: contract.signed, ", "", "93:5 member-missing", "Add event")]
    [InlineData("cap: 1 per customer per 90d", "cap: once", "93:96 value-form", "1 per customer per 90d")]
    [InlineData("options: [quick, careful], ", "", "12:5 choice-without-options", "Add options")]
    [InlineData("default: careful", "default: slow", "12:79 default-unusable", "quick, careful")]
    [InlineData("default: 25", "default: \"25\"", "13:64 default-unusable", "Write a number")]
    [InlineData("default: \"2026-12-31\"", "default: \"2026-02-30\"", "14:58 default-unusable", "a day of the calendar")]
    [InlineData("at: \"Sunday 06:00\"", "at: \"Sunday 26:00\"", "87:16 value-form", "00:00 to 23:59")]
    [InlineData("at: \"-1h\"", "at: soon", "85:16 value-form", "offset")]
    [InlineData("role: csm-lead, every: friday", "every: friday", "78:9 warning no-owner", "Say whose")]
    [InlineData("role: csm-technical, hours: 40", "role: csm-technical", "34:17 warning no-budget", "its hours")]
    [InlineData("  - {role: csm-lead, hours: 10, per: week}", "  - {role: csm-lead, hours: 10, per: week}\n  - {role: cfo}", "17:12 warning role-unused", "take it out")]
    [InlineData("day: 3, effort: 90m, after: [{item: assess, kind: SS, lag: 1d}]", "day: 3, effort: 90m, after: [assess]", "38:97 warning before-predecessor", "will be moved")]
    public void A_change_is_told_with_its_place_and_fix(string piece, string by, string place, string part)
    {
        var faults = SomePlaybook.Read(SomePlaybook.With(piece, by)).Reading.Faults;
        if (place.Length == 0)
        {
            faults.ShouldBeEmpty();
            return;
        }

        var shown = string.Join('\n', faults.Select(fault => fault.At("sample")));
        var fault = faults.FirstOrDefault(fault => $"{fault.Line}:{fault.Column} {(fault.IsWarning ? "warning " : "")}{fault.Code}" == place);
        fault.ShouldNotBeNull(shown);
        $"{fault.Detail} {fault.Fix}".ShouldContain(part);
        fault.Detail.ShouldEndWith(".");
        fault.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var text = SomePlaybook.Text.Replace("kind: implementation", "kind: x", StringComparison.Ordinal).Replace("days: 2-3", "days: 2-9", StringComparison.Ordinal)
            .Replace("[technical-lead, vp-customer-success]", "[nobody]", StringComparison.Ordinal).Replace("when: parallel-run", "when: 3 +", StringComparison.Ordinal);
        var faults = SomePlaybook.Read(text).Reading.Faults;
        faults.Where(fault => !fault.IsWarning).Select(fault => fault.Code).ShouldBe(["word-unknown", "day-outside-phase", "formula-syntax", "role-unknown"]);
        faults.Select(fault => fault.Line).ShouldBeInOrder();
        SomePlaybook.Read(text).Reading.Playbook.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "1:1 not-one-document")]
    [InlineData("just a text", "1:1 member-type")]
    [InlineData("- a\n- b", "1:1 member-type")]
    [InlineData("a: [1, 2", "2:1 not-yaml")]
    [InlineData("a: &x 1\nb: *x", "1:4 anchor-used")]
    [InlineData("a: 1\n---\nb: 2", "2:1 not-one-document")]
    [InlineData("? [a, b]\n: c", "1:3 not-yaml")]
    public void A_text_that_is_no_map_is_told_so(string text, string place)
    {
        var fault = PlaybookText.Read(text, null).Reading.Faults[0];
        $"{fault.Line}:{fault.Column} {fault.Code}".ShouldBe(place);
    }

    [Fact]
    public void Limits_of_a_file_are_kept()
    {
        PlaybookText.Read(new string('a', PlaybookLimits.Bytes + 1), null).Reading.Faults.ShouldHaveSingleItem().Code.ShouldBe("playbook-too-long");
        PlaybookText.Read(new string('[', 50) + new string(']', 50), null).Reading.Faults.ShouldHaveSingleItem().Code.ShouldBe("nested-too-deep");
        PlaybookText.Read("a: [" + string.Join(", ", Enumerable.Range(0, 3_000).Select(i => $"{{x{i}: 1}}")) + "]", null).Reading.Faults.Count.ShouldBeLessThanOrEqualTo(PlaybookLimits.Faults);
        // A long chain must not take the stack.
        var tasks = Enumerable.Range(0, 490).Select(i => $"      - {{id: t{i}, title: T, role: csm-lead, day: 1, after: [t{(i + 1) % 490}]}}");
        var chain = "playbook: sample\nversion: 1\ntitle: T\nkind: growth\nsummary: S\nroles: [{role: csm-lead}]\nphases:\n  - id: p\n    title: P\n    days: 1\n    tasks:\n" + string.Join('\n', tasks);
        SomePlaybook.Read(chain).Reading.Faults.ShouldContain(fault => fault.Code == "dependency-circle");
    }

    [Fact]
    public void Every_shipped_playbook_is_free_of_faults_and_warnings()
    {
        var shipped = new ShippedPlaybooks().ById;
        shipped.Count.ShouldBeGreaterThan(10);
        shipped.Values.SelectMany(text => text.Reading.Faults.Select(fault => fault.At(text.Reading.Playbook?.Id ?? "?"))).ShouldBeEmpty();
    }

    [Fact]
    public void What_new_writes_is_free_of_faults_and_warnings() =>
        PlaybookText.Read(PlaybookTemplate.Write("our-onboarding", "\"Ours: \\\"quoted\\\"\"", "onboarding"), "our-onboarding").Reading.Faults.ShouldBeEmpty();
}
