using Cairn.Domain.Access;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Customers.Team;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>The invented staff of the demo, and who of them works for whom. Nobody but the demo's own account can sign in.</summary>
internal sealed class DemoStaff(IServiceProvider services)
{
    private static readonly (string Name, StaffRole Role)[] Names =
    [
        ("Maren Solberg", StaffRole.Manager), ("Tobias Okafor", StaffRole.User), ("Priya Raman", StaffRole.User), ("Elliot Vance", StaffRole.User),
        ("Noor Haddad", StaffRole.User), ("Jonas Lindqvist", StaffRole.User), ("Camille Roy", StaffRole.Viewer),
    ];

    private readonly List<PersonId> people = [];

    /// <summary>Hires everybody.</summary>
    public async Task Hire(CancellationToken cancel)
    {
        var hash = await services.GetRequiredService<Passwords>().Hash(LedgerSecrets.Token(32), cancel);
        var now = services.GetRequiredService<Clock>().Now;
        await services.GetRequiredService<Database>().ForCustomer(CustomerId.Installation, async work =>
        {
            foreach (var (name, role) in Names)
            {
                var person = new Person(new PersonId(NewId.Next()), name, $"{name.Split(' ')[0].ToLowerInvariant()}@cairn.example", role);
                await AccessStore.AddPerson(work, person, hash, now);
                people.Add(person.Id);
            }

            return true;
        }, cancel);
    }

    /// <summary>Somebody of the staff as the ledger names them; the first is the lead.</summary>
    public Actor Actor(int number)
    {
        var at = number % Names.Length;
        return new Actor("person", people[at].ToString(), Names[at].Name);
    }

    /// <summary>Gives a customer its team: a CSM who takes turns, a lead, technical people, and somebody who has moved on.</summary>
    /// <param name="customer">Whose team.</param>
    /// <param name="number">The customer's place in the list, which decides who it is.</param>
    /// <param name="start">The first day of its contract.</param>
    /// <param name="own">The demo's own account, which owns every third customer.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Assign(CustomerId customer, int number, LocalDate start, PersonId own, CancellationToken cancel)
    {
        var change = services.GetRequiredService<ChangeTeam>();
        var csm = number % 3 == 0 ? own : people[1 + (number % 2)];
        await Add(people[0], "csm-lead", start.PlusDays(-20), null);
        await Add(csm, "csm", start.PlusDays(-14), null);
        await Add(people[3 + (number % 2)], "csm-technical", start.PlusDays(-7), null);
        await Add(people[5], number % 2 == 0 ? "engineer" : "implementation-engineer", start, null);
        if (number % 4 == 0)
        {
            await Add(people[6], "support", start, null);
            await Add(people[2 - (number % 2)], "sales", start.PlusDays(-80), start.PlusDays(-1));
        }

        async Task Add(PersonId person, string role, LocalDate from, LocalDate? until)
        {
            var draft = new TeamMemberDraft(person.ToString(), role, Iso(from), until is { } last ? Iso(last) : null);
            var made = await change.Add(customer, draft, Actor(0), new InputFaults(), cancel);
            if (!made.IsOk)
            {
                throw new InvalidOperationException($"The demo's team does not fit: {made.Problem.Detail}");
            }
        }
    }

    private static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
