using System.CommandLine;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Keys;
using Cairn.Server.CommandLine;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary><c>cairn apikey create|list|rotate|revoke</c>.</summary>
internal static class ApiKeyCommands
{
    private const int PageSize = 200;

    public static Command Create(CommandContext context) => new("apikey", "Create, list, rotate and revoke the API keys of a customer or of the operator.")
    {
        CreateOne(context),
        List(context),
        Rotate(context),
        Revoke(context),
    };

    private static Command CreateOne(CommandContext context)
    {
        var whose = new Whose();
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"What the key may do: {string.Join(", ", Scopes.All)}. Repeat it, or separate several by commas",
            HelpName = "SCOPE",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var name = new Option<string>("--name") { Description = "What the key is for", HelpName = "TEXT", DefaultValueFactory = _ => "Created on the command line" };
        var expires = new Option<string?>("--expires") { Description = "When it ends: 90d, 2026-12-31 (to its end, UTC) or 2026-12-31T18:00:00Z (default: never)", HelpName = "WHEN" };
        var command = new Command(
            "create",
            """
            Create an API key. Its text is printed this once; only a hash of it is kept.

            Examples:
              cairn apikey create --customer cus_01jd… --scope ingest --scope read --name "order system"
              cairn apikey create --customer cus_01jd… --scope read --expires 90d --json
              cairn apikey create --operator --scope read,admin
            """)
        { whose.Customer, whose.Operator, scopes, name, expires };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var customer = whose.Read(parsed);
            if (!customer.IsOk)
            {
                return output.Refuse(customer.Problem);
            }

            var faults = new InputFaults();
            var draft = new ApiKeyDraft(
                parsed.GetValue(name),
                [.. parsed.GetValue(scopes)!.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
                Expiry.Read(parsed.GetValue(expires), services.GetRequiredService<Clock>().Now, faults));
            var made = await services.GetRequiredService<CreateApiKey>().Run(customer.Value, draft, Actor.CommandLine, faults, cancel);
            if (!made.IsOk)
            {
                return output.Refuse(made.Problem);
            }

            output.Result(new { id = made.Value.Key.Id.ToString(), key = made.Value.Text }, _ => Print(made.Value));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var whose = new Whose();
        var command = new Command("list", "List API keys, without their texts.\n\nExample:\n  cairn apikey list --customer cus_01jd…") { whose.Customer, whose.Operator };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var customer = whose.Read(parsed);
            if (!customer.IsOk)
            {
                return output.Refuse(customer.Problem);
            }

            var views = services.GetRequiredService<AccessViews>();
            var keys = new List<ApiKeyBody>();
            ApiKeyId? after = null;
            Page<ApiKeyBody> page;
            do
            {
                page = await views.ApiKeys(customer.Value, after, PageSize, cancel);
                keys.AddRange(page.Items);
                after = page.Next is not null && TypedId.TryParse<ApiKeyId>(page.Items[^1].Id, out var last) ? last : null;
            }
            while (after is not null);
            output.Result(new { items = keys }, _ => Print(keys));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command Rotate(CommandContext context)
    {
        var whose = new Whose();
        var key = new Argument<string>("key") { Description = "Its id (key_…), not its text", HelpName = "KEY" };
        var overlap = new Option<int>("--overlap-hours") { Description = $"How long the text before works: 0 to {ApiKey.MostOverlapHours}", HelpName = "HOURS", DefaultValueFactory = _ => ApiKey.OverlapHours };
        var command = new Command(
            "rotate",
            """
            Give a key another text. The one before works on for a while, so that programs are moved one after the other.

            Examples:
              cairn apikey rotate key_01jd… --customer cus_01jd…
              cairn apikey rotate key_01jd… --operator --overlap-hours 0 --json
            """)
        { key, whose.Customer, whose.Operator, overlap };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var customer = whose.Read(parsed);
            if (!customer.IsOk)
            {
                return output.Refuse(customer.Problem);
            }

            var hours = Math.Clamp(parsed.GetValue(overlap), 0, ApiKey.MostOverlapHours);
            var id = TypedId.TryParse<ApiKeyId>(parsed.GetValue(key), out var read) ? read : default;
            var made = await services.GetRequiredService<RotateApiKey>().Run(customer.Value, id, NodaTime.Duration.FromHours(hours), Actor.CommandLine, cancel);
            if (!made.IsOk)
            {
                return output.Refuse(made.Problem);
            }

            var (rotated, text, until) = made.Value;
            output.Result(new { id = rotated.Id.ToString(), key = text, previousUntil = Rfc3339.Format(until) }, _ => Print(rotated, text, until));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command Revoke(CommandContext context)
    {
        var whose = new Whose();
        var key = new Argument<string>("key") { Description = "Its id (key_…), not its text", HelpName = "KEY" };
        var command = new Command("revoke", "Revoke an API key, at once and for good.\n\nExample:\n  cairn apikey revoke key_01jd… --customer cus_01jd…") { key, whose.Customer, whose.Operator };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var customer = whose.Read(parsed);
            if (!customer.IsOk)
            {
                return output.Refuse(customer.Problem);
            }

            var problem = TypedId.TryParse<ApiKeyId>(parsed.GetValue(key), out var id)
                ? await services.GetRequiredService<RevokeApiKey>().Run(customer.Value, id, Actor.CommandLine, cancel)
                : AccessProblems.KeyNotFound;
            if (problem is not null)
            {
                return output.Refuse(problem);
            }

            output.Result(new { id = id.ToString(), status = "revoked" }, _ => Console.Out.WriteLine($"{id} is revoked: from now on every request with it is refused."));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    // Not through the rich console: it would break the key into lines, and a key is copied whole.
    private static void Print(CreateApiKey.Created made)
    {
        var owner = made.Key.Customer.IsInstallation ? "the operator (all customers)" : made.Key.Customer.ToString();
        Console.Out.WriteLine($"Created {made.Key.Id} \"{made.Key.Name}\" for {owner}, scopes: {string.Join(", ", made.Key.Scopes)}");
        Console.Out.WriteLine();
        Console.Out.WriteLine("  " + made.Text);
        Console.Out.WriteLine();
        Console.Out.WriteLine("The key is shown only this once; keep it where programs keep secrets. They send it as");
        Console.Out.WriteLine("  Authorization: Bearer <key>");
    }

    private static void Print(ApiKey key, string text, NodaTime.Instant until)
    {
        Console.Out.WriteLine($"{key.Id} \"{key.Name}\" has another text; the one before works until {Rfc3339.Format(until)}");
        Console.Out.WriteLine();
        Console.Out.WriteLine("  " + text);
        Console.Out.WriteLine();
        Console.Out.WriteLine("It is shown only this once. Move every program to it before then.");
    }

    private static void Print(List<ApiKeyBody> keys)
    {
        foreach (var key in keys)
        {
            Console.Out.WriteLine($"{key.Id}  {key.Status,-7}  {string.Join(",", key.Scopes),-17}  last used {key.LastUsedAt ?? "never",-24}  {key.Name}");
        }

        if (keys.Count == 0)
        {
            Console.Out.WriteLine("No API keys yet. Create one with: cairn apikey create --customer ID --scope ingest");
        }
    }

    /// <summary>The options that say whose keys are meant.</summary>
    private sealed class Whose
    {
        public Option<string?> Customer { get; } = new("--customer") { Description = "Whose key", HelpName = "ID" };

        public Option<bool> Operator { get; } = new("--operator") { Description = "The operator's own: a key that may name any customer" };

        public Outcome<CustomerId> Read(ParseResult parsed)
        {
            var named = parsed.GetValue(Customer);
            if (parsed.GetValue(Operator) == (named is not null))
            {
                return new Problem(ProblemKind.Malformed, "customer-required", "Say whose key: either --customer ID or --operator.");
            }

            return named is null ? CustomerId.Installation
                : TypedId.TryParse<CustomerId>(named, out var customer) && !customer.IsInstallation ? customer
                : PlatformProblems.CustomerNotFound;
        }
    }
}
