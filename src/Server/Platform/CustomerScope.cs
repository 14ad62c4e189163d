using System.Collections.Concurrent;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// Says whose rows a request is about. A customer's key is about its own customer and nothing else; operators and staff
/// name one, in the path (<c>{customer}</c>) or as <c>?customer=</c>, and staff only one that they reach. Whatever does
/// not fit is "not found", so that nobody learns which ids exist. Lists across customers go through
/// <see cref="Database.ForCaller"/>, which keeps the same limit.
/// </summary>
internal sealed class CustomerScope(Database database)
{
    /// <summary>More ids than this are forgotten together; each costs one look-up to learn again.</summary>
    private const int MostRemembered = 10_000;

    // Customers are never deleted, so that one that was seen stays; unknown ids are not remembered.
    private readonly ConcurrentDictionary<CustomerId, bool> seen = new();

    /// <param name="context">A request that passed <see cref="Authentication"/>.</param>
    /// <param name="withInstallation">Whether operators may name the installation itself, to read its own log.</param>
    public static ValueTask<Outcome<CustomerId>> Resolve(HttpContext context, bool withInstallation = false) =>
        context.RequestServices.GetRequiredService<CustomerScope>().Find(context, withInstallation);

    /// <summary>Whether there is such a customer: a customer is there once its log is open.</summary>
    public static async Task<bool> Exists(DbWork work, CustomerId customer) => !customer.IsInstallation && await LedgerStore.HasOpenLog(work, customer);

    /// <inheritdoc cref="Resolve"/>
    public async ValueTask<Outcome<CustomerId>> Find(HttpContext context, bool withInstallation)
    {
        var caller = context.Caller();
        CustomerId? named = null;
        foreach (var text in Named(context))
        {
            if (!TypedId.TryParse<CustomerId>(text, out var id) || (named is { } other && other != id))
            {
                return PlatformProblems.CustomerNotFound;
            }

            named = id;
        }

        if (caller.Customer is { } own)
        {
            return named is null || named == own ? own : PlatformProblems.CustomerNotFound;
        }

        return named is { } customer
            ? caller.Reaches(customer) && await IsKnown(customer, withInstallation, context.RequestAborted) ? customer : PlatformProblems.CustomerNotFound
            : PlatformProblems.CustomerRequired;
    }

    private static IEnumerable<string?> Named(HttpContext context)
    {
        if (context.Request.RouteValues.TryGetValue("customer", out var inPath))
        {
            yield return inPath as string;
        }

        foreach (var value in context.Request.Query["customer"])
        {
            yield return value;
        }
    }

    private async ValueTask<bool> IsKnown(CustomerId customer, bool withInstallation, CancellationToken cancel)
    {
        if (customer.IsInstallation)
        {
            return withInstallation;
        }

        if (seen.ContainsKey(customer))
        {
            return true;
        }

        if (!await database.ForCustomer(customer, work => LedgerStore.HasOpenLog(work, customer), cancel))
        {
            return false;
        }

        if (seen.Count >= MostRemembered)
        {
            seen.Clear();
        }

        seen[customer] = true;
        return true;
    }
}
