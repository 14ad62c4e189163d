using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Customers.Calendars;
using Cairn.Server.Customers.Contacts;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>Contacts and calendars of the demo's customers, all invented.</summary>
internal sealed class DemoPages(IServiceProvider services, DemoStaff staff)
{
    private static readonly string[] First = ["Ida", "Marco", "Sunniva", "Dele", "Harriet", "Yusuf", "Clara", "Anders", "Mei", "Rafael", "Oona", "Gideon", "Leila", "Piotr"];

    private static readonly string[] Last = ["Brandt", "Castell", "Okoye", "Winters", "Aalto", "Demir", "Moreau", "Hale", "Tanaka", "Quist", "Farrow", "Novak"];

    private static readonly (string Title, string[] Roles)[] Jobs =
    [
        ("Chief operating officer", ["executive-sponsor"]), ("Head of operations", ["project-lead", "process-owner"]), ("Lead developer", ["technical-lead", "it"]),
        ("Data analyst", ["data-owner"]), ("Finance manager", ["finance"]),
    ];

    /// <summary>Adds two to five people, the second of them primary.</summary>
    public async Task AddContacts(CustomerId customer, DemoCustomer record, int number, CancellationToken cancel)
    {
        var change = services.GetRequiredService<ChangeContacts>();
        var domain = new string([.. record.Name.ToLowerInvariant().Where(char.IsAsciiLetter)]) + ".example";
        for (var at = 0; at < 2 + ((number * 3) % 4); at++)
        {
            var name = $"{First[((number * 5) + at) % First.Length]} {Last[((number * 7) + (at * 5)) % Last.Length]}";
            var (title, roles) = Jobs[at];
            Expect(await change.Add(
                customer,
                new ContactDraft
                {
                    Name = name,
                    Title = title,
                    Email = $"{name.Split(' ')[0].ToLowerInvariant()}@{domain}",
                    Phone = $"+44 20 7946 0{100 + (number * 7) + at}",
                    Roles = roles,
                    IsPrimary = at == 1,
                    Notes = at == 1 ? "First to ask about anything that concerns the plan.\nPrefers a short call over a long mail." : null,
                },
                staff.Actor(1 + (number % 2)),
                new InputFaults(),
                cancel));
        }
    }

    /// <summary>Writes a calendar for all but every fifth customer, which keeps the standard: shops, two shifts, round the clock.</summary>
    public async Task AddCalendar(CustomerId customer, DemoCustomer record, int number, LocalDate today, CancellationToken cancel)
    {
        if (number % 5 == 4)
        {
            return;
        }

        var change = services.GetRequiredService<ChangeCalendars>();
        await Put(today.PlusMonths(-8).With(DateAdjusters.StartOfMonth), Week(record.Vertical, withSaturday: false));
        if (number % 5 == 0)
        {
            await Put(today.PlusDays(-40), Week(record.Vertical, withSaturday: true));
        }

        async Task Put(LocalDate from, Dictionary<string, IReadOnlyList<IntervalDraft>> week) => Expect(await change.Put(
            customer,
            new CalendarDraft
            {
                ValidFrom = Iso(from),
                Week = week,
                ClosedDays = [new(Iso(today.PlusDays(4 + (number % 3))), "Stock taking"), new(Iso(today.PlusDays(-16)), "Company day"), new(Iso(new LocalDate(today.Year, 12, 24)), "Closed for the holidays")],
                HolidayCountry = Countries.GetValueOrDefault(record.Zone),
                HolidayRegion = record.Zone == "Europe/Berlin" ? "BE" : null,
            },
            CustomersProblems.VersionRequired,
            staff.Actor(3 + (number % 2)),
            new InputFaults(),
            cancel));
    }

    private static readonly Dictionary<string, string> Countries = new()
    {
        ["Europe/London"] = "GB", ["Europe/Berlin"] = "DE", ["America/New_York"] = "US", ["America/Los_Angeles"] = "US", ["America/Toronto"] = "CA", ["Europe/Paris"] = "FR",
        ["Asia/Singapore"] = "SG", ["Europe/Lisbon"] = "PT", ["Europe/Oslo"] = "NO", ["Europe/Dublin"] = "IE", ["Pacific/Auckland"] = "NZ", ["Europe/Warsaw"] = "PL",
        ["Australia/Sydney"] = "AU", ["America/Chicago"] = "US",
    };

    private static Dictionary<string, IReadOnlyList<IntervalDraft>> Week(string vertical, bool withSaturday)
    {
        IntervalDraft[] workday = vertical switch
        {
            "cloud-cpaas" => [new("00:00", "24:00")],
            "warehouse" => [new("06:00", "14:00"), new("14:30", "22:00")],
            "e-commerce" => [new("09:00", "12:30"), new("13:30", "17:30")],
            _ => [new("09:00", "17:00")],
        };
        var open = vertical == "cloud-cpaas" ? 7 : withSaturday ? 6 : 5;
        var week = CalendarRules.Days.Take(open).ToDictionary(day => day, _ => (IReadOnlyList<IntervalDraft>)workday);
        if (withSaturday && vertical != "cloud-cpaas")
        {
            week["saturday"] = [new("10:00", "14:00")];
        }

        return week;
    }

    private static void Expect<T>(Outcome<T> made)
    {
        if (!made.IsOk)
        {
            throw new InvalidOperationException($"The demo's data does not fit: {made.Problem.Detail}");
        }
    }

    private static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
