namespace Cairn.Server.Playbooks;

/// <summary>A small playbook to begin with: it has no faults, and its comments say what each part is for.</summary>
internal static class PlaybookTemplate
{
    private const string Text = """
        # yaml-language-server: $schema=../schema/playbook.schema.json
        # A playbook is a process as a file. Check it with 'cairn playbook lint %id%.yaml', and see it with real dates with
        # 'cairn playbook preview %id%.yaml --start 2026-03-02'. The whole language: docs/guides/playbooks.md.

        playbook: %id%              # equals the file's name
        version: 1                      # grows with each change; plans keep the version they were started from
        title: %title%
        kind: %kind%
        summary: What it is for, in one or two sentences.
        days: calendar                  # what "day N" counts: calendar or business; day 1 is the start
        start: kickoff                  # what day 1 is called

        # Asked when a plan is started. Use the answer in 'when' (training) and in texts ({{training}}).
        parameters:
          - {id: training, title: Does the team need training?, type: boolean, default: true}

        # Every role that is used, with its budget of hours. Roles of the customer's have side: customer.
        roles:
          - {role: csm-lead, hours: 20}
          - {role: csm-technical, hours: 16}
          - {role: technical-lead, side: customer, hours: 8}

        phases:
          - id: planning
            title: Planning
            days: 1-3
            goal: Everybody knows what is to be done, and by when.
            meetings:
              - id: kickoff
                title: Kickoff
                role: csm-lead
                audience: shared          # internal (nobody else sees it), shared (the customer sees it), customer (the customer does it)
                day: 1
                at: "09:00"               # in the customer's time zone
                time: 1h
                attendees: [csm-lead, csm-technical, technical-lead]
                agenda:                   # minutes may sum to less than the meeting
                  - {title: Goals, minutes: 20, lead: csm-lead}
                  - {title: Dates and people, minutes: 30, lead: csm-lead}
                outcomes: [Goals are written down]
                followup: 2h              # the notes are due so long after its end
            tasks:
              - id: environment
                title: Describe the environment
                role: technical-lead
                days: 2-3
                effort: 4h
                after: [kickoff]          # waits for it; moves when it moves
                remind: [1d before, on due]
            milestones:
              - {id: planned, title: Planning is done, day: 3}

          - id: setup
            title: Setting up
            days: 4-8
            after: [planning]             # no item of this phase starts before planning is finished
            gate:                         # opens this phase
              id: setup-may-begin
              title: Planning is accepted
              authority: [csm-lead]
              criteria:
                - {id: goals, statement: Goals are written down, attested_by: technical-lead, evidence: Notes of the kickoff}
            tasks:
              - id: configure
                title: Configure the product
                role: csm-technical
                days: 4-7
                effort: 12h
                after: [environment]
                checklist: [Users, Permissions, Notifications]
              - id: train
                title: Train the team
                role: csm-lead
                audience: shared
                day: 8
                effort: 3h
                when: training            # left out when the answer is no
                after: [{item: configure, kind: FS}]
            milestones:
              - {id: live, title: Live, day: 8, after: [configure]}   # an item called live is the go-live
        """ + "\n";

    /// <summary>The text for an id, a title and a kind.</summary>
    public static string Write(string id, string title, string kind) =>
        Text.Replace("%id%", id, StringComparison.Ordinal).Replace("%title%", title, StringComparison.Ordinal).Replace("%kind%", kind, StringComparison.Ordinal);
}
