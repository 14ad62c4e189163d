using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Live;

/// <summary>A change of a plan, as it is told to those who look at it.</summary>
/// <param name="Version">The plan's version now.</param>
/// <param name="Changed">The items that changed.</param>
/// <param name="By">Who changed them.</param>
internal sealed record PlanChangedBody(long Version, IReadOnlyList<string> Changed, PersonBody By);

/// <summary>
/// Changes of a plan as server-sent events, in the order of its versions: the id is the version, so a browser that connects
/// again goes on where it was. It carries which items changed; the browser reads the plan when it wants to know how.
/// </summary>
internal sealed class PlanStream(Database database, PlanSignals signals, LiveStream live)
{
    private const int Chunk = 100;

    /// <param name="context">The request.</param>
    /// <param name="customer">Whose plan.</param>
    /// <param name="plan">Which plan.</param>
    /// <param name="after">The version that the reader has; from now on when there is none.</param>
    public async Task<Problem?> Run(HttpContext context, CustomerId customer, PlanId plan, long? after)
    {
        if (await database.ForCustomer(customer, work => PlansStore.VersionOf(work, customer, plan), context.RequestAborted) is not { } version)
        {
            return PlansProblems.PlanNotFound;
        }

        var told = after ?? version;
        var isOpen = false;
        return await live.Run(context, customer, async (say, cancel) =>
        {
            if (!isOpen)
            {
                await say($"event: open\nid: {told}\ndata: {{\"version\":{version}}}\n\n");
                isOpen = true;
            }

            var signal = signals.Next(customer, plan);
            var rows = await database.ForCustomer(customer, work => PlansStore.ChangesAfter(work, customer, plan, told, Chunk), cancel);
            if (rows.Count > 0)
            {
                await say(Text(rows));
                told = rows[^1].Version;
            }

            return rows.Count == Chunk ? Task.CompletedTask : signal;
        });
    }

    private static string Text(IReadOnlyList<ChangeRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var body = new PlanChangedBody(row.Version, [.. row.Items.Select(item => new PlanItemId(item).ToString())], new PersonBody(row.ById, row.ByName ?? row.ById));
            text.Append("id: ").Append(row.Version.ToString(CultureInfo.InvariantCulture)).Append("\nevent: plan\ndata: ")
                .Append(JsonSerializer.Serialize(body, ProblemResults.Json)).Append("\n\n");
        }

        return text.ToString();
    }
}
