using System.CommandLine;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.CommandLine;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary><c>cairn customer create|list|show</c>.</summary>
internal static class CustomerCommands
{
    private const int PageSize = 200;

    public static Command Create(CommandContext context) => new("customer", "Create, list and show customers.")
    {
        CreateOne(context),
        List(context),
        Show(context),
    };

    private static Command CreateOne(CommandContext context)
    {
        static Option<string?> Text(string name, string description, string shape = "TEXT") => new(name) { Description = description, HelpName = shape };
        var name = new Option<string>("--name") { Description = "The company", HelpName = "TEXT", Required = true };
        var industry = Text("--industry", "What it does");
        var vertical = Text("--vertical", "One of " + string.Join(", ", CustomerWords.Verticals), "WORD");
        var plan = Text("--plan", "One of " + string.Join(", ", CustomerWords.Plans), "WORD");
        var tier = Text("--sla-tier", "One of " + string.Join(", ", CustomerWords.SlaTiers), "WORD");
        var stage = Text("--stage", $"One of {string.Join(", ", CustomerWords.Stages)} (default: {CustomerWords.Onboarding})", "WORD");
        var zone = Text("--time-zone", "IANA zone in which its days begin (default: UTC)", "ZONE");
        var acv = Text("--acv", "Annual contract value, for instance \"120000.00 GBP\"", "AMOUNT");
        var tags = new Option<string[]>("--tag") { Description = "A short word to find it by; may be repeated", HelpName = "TEXT", AllowMultipleArgumentsPerToken = true };
        var command = new Command(
            "create",
            """
            Record a customer and open its log. Prints its receipt secret this once.

            Examples:
              cairn customer create --name "Acme Stores"
              cairn customer create --name "Acme Stores" --vertical e-commerce --plan Enterprise --time-zone Europe/London --acv "120000 GBP" --json
            """)
        { name, industry, vertical, plan, tier, stage, zone, acv, tags };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var money = parsed.GetValue(acv)?.Split(' ', 2, StringSplitOptions.TrimEntries);
            var draft = new CustomerDraft
            {
                Name = parsed.GetValue(name),
                Industry = parsed.GetValue(industry),
                Vertical = parsed.GetValue(vertical),
                Plan = parsed.GetValue(plan),
                SlaTier = parsed.GetValue(tier),
                Stage = parsed.GetValue(stage),
                TimeZone = parsed.GetValue(zone),
                AcvAmount = money?[0],
                AcvCurrency = money is [_, var currency] ? currency : null,
                Tags = parsed.GetValue(tags) ?? [],
            };
            var made = await services.GetRequiredService<CreateCustomer>().Run(draft, Actor.CommandLine, new InputFaults(), cancel);
            if (!made.IsOk)
            {
                return output.Refuse(made.Problem);
            }

            var (customer, secret) = made.Value;
            output.Result(new { id = customer.Id.ToString(), receiptSecret = secret }, _ => Print(customer, secret));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var holds = new Option<string?>("--name") { Description = "Only those whose name holds this", HelpName = "TEXT" };
        var command = new Command("list", "List customers, oldest first.\n\nExample:\n  cairn customer list --name acme") { holds };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var views = services.GetRequiredService<CustomersViews>();
            var customers = new List<CustomerBody>();
            CustomerId? after = null;
            Page<CustomerBody> page;
            do
            {
                page = await views.List(Caller.CommandLine, after, parsed.GetValue(holds), PageSize, cancel);
                customers.AddRange(page.Items);
                after = page.Next is not null && TypedId.TryParse<CustomerId>(page.Items[^1].Id, out var last) ? last : null;
            }
            while (after is not null);
            output.Result(new { items = customers }, _ => Print(customers));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var id = new Argument<string>("customer") { Description = "Its id (cus_…)", HelpName = "ID" };
        var command = new Command("show", "Show one customer.\n\nExample:\n  cairn customer show cus_01jd…") { id };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var found = TypedId.TryParse<CustomerId>(parsed.GetValue(id), out var customer)
                ? await services.GetRequiredService<CustomersViews>().One(Caller.CommandLine, customer, cancel)
                : null;
            if (found is null)
            {
                return output.Refuse(PlatformProblems.CustomerNotFound);
            }

            output.Result(found, _ => Print(found));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    // Not through the rich console: it would break the secret into lines, and a secret is copied whole.
    private static void Print(Customer customer, string secret)
    {
        Console.Out.WriteLine($"Created customer {customer.Id} \"{customer.Details.Name}\"");
        Console.Out.WriteLine();
        Console.Out.WriteLine("Receipt secret:");
        Console.Out.WriteLine("  " + secret);
        Console.Out.WriteLine();
        Console.Out.WriteLine("It is shown only this once. Hand it to the customer: with it they check the signature of every");
        Console.Out.WriteLine("receipt themselves (cairn-verify receipt FILE --secret-file F). It is no API key; next, create one:");
        Console.Out.WriteLine($"  cairn apikey create --customer {customer.Id} --scope ingest --scope read");
    }

    private static void Print(List<CustomerBody> customers)
    {
        foreach (var customer in customers)
        {
            Console.Out.WriteLine($"{customer.Id}  {customer.Stage,-17}  {customer.Plan ?? "-",-12}  {customer.Name}");
        }

        if (customers.Count == 0)
        {
            Console.Out.WriteLine("No customers. Create one with: cairn customer create --name \"Acme\"");
        }
    }

    private static void Print(CustomerBody customer)
    {
        (string Label, string? Value)[] lines =
        [
            ("id", customer.Id), ("name", customer.Name), ("industry", customer.Industry), ("vertical", customer.Vertical),
            ("plan", customer.Plan), ("SLA tier", customer.SlaTier), ("stage", customer.Stage), ("time zone", customer.TimeZone),
            ("annual value", customer.Acv is { } acv ? $"{acv.Amount} {acv.Currency}" : null), ("contract start", customer.ContractStart),
            ("contract end", customer.ContractEnd), ("renewal", customer.RenewalDate), ("payment terms", customer.PaymentTerms),
            ("tags", customer.Tags.Count > 0 ? string.Join(", ", customer.Tags) : null), ("recorded", customer.CreatedAt),
            .. customer.CustomFields.Select(field => (field.Key, (string?)string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{field.Value}"))),
        ];
        foreach (var (label, value) in lines.Where(line => line.Value is not null))
        {
            Console.Out.WriteLine($"{label,-15} {value}");
        }
    }
}
