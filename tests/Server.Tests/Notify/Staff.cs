using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Notify;

/// <summary>A member of the staff who is signed in.</summary>
internal sealed record Staff(PersonId Id, HttpClient Client) : IDisposable
{
    public static async Task<Staff> SignedIn(ServerFixture server, StaffRole role, params CustomerId[] onlyThese)
    {
        var clock = server.Services.GetRequiredService<Clock>();
        var person = new Person(new PersonId(NewId.Next()), $"The {role}", $"{NewId.Next():n}@example.com", role);
        var session = await server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, "no password", clock.Now);
            if (onlyThese.Length > 0)
            {
                await work.Execute(
                    "update access_people set reach = 'named', reach_customers = @customers where person_id = @person",
                    new { person = person.Id.Value, customers = onlyThese.Select(customer => customer.Value).ToArray() });
            }

            return (await SignIn.Begin(work, person.Id, clock.Now)).Text;
        });
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", "cairn-session=" + session);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return new Staff(person.Id, client);
    }

    public void Dispose() => Client.Dispose();
}
