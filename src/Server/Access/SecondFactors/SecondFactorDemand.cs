using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>From which role on the installation takes a second factor beside a password; unset, it leaves that to each person.</summary>
internal sealed class SecondFactorDemand(Database database, LedgerAppender ledger)
{
    private const string Setting = "second_factor_from";

    /// <summary>The least role that must; <see langword="null"/> when none must.</summary>
    public static async Task<StaffRole?> From(DbWork work) =>
        await InstallationSettings.Find(work, Setting) is { } role ? Enum.Parse<StaffRole>(role) : null;

    /// <summary>Whether somebody of this role must.</summary>
    public static async Task<bool> Covers(DbWork work, StaffRole role) => role >= await From(work);

    public Task<StaffRole?> Read(CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, From, cancel);

    /// <summary>Sets it; <see langword="null"/> demands it of nobody. It counts from the next sign-in on.</summary>
    public Task Change(StaffRole? from, Actor actor, CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, async work =>
    {
        var before = await From(work);
        if (before != from)
        {
            await InstallationSettings.Put(work, Setting, from?.ToString());
            await ledger.Record(work, CustomerId.Installation, new RecordChange("sign-in-settings.changed", actor, "installation", CustomerId.Installation.ToString())
            {
                Before = new { secondFactorFrom = before?.ToString() },
                After = new { secondFactorFrom = from?.ToString() },
            });
        }

        return true;
    }, cancel);
}
