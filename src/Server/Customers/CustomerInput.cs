using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>Reads a customer from JSON, whole or as a change (RFC 7396: an absent member stays, null clears it).</summary>
internal static class CustomerInput
{
    /// <summary>Lays the members of the input over a draft; an empty one for a new customer.</summary>
    public static CustomerDraft Over(JsonInput input, CustomerDraft draft)
    {
        string? Text(string name, string? standing) => input.Has(name) ? input.Text(name) : input.Skip(name, standing);

        var read = draft with
        {
            Name = Text("name", draft.Name),
            Industry = Text("industry", draft.Industry),
            Vertical = Text("vertical", draft.Vertical),
            Plan = Text("plan", draft.Plan),
            SlaTier = Text("slaTier", draft.SlaTier),
            Stage = Text("stage", draft.Stage),
            TimeZone = Text("timeZone", draft.TimeZone),
            ContractStart = Text("contractStart", draft.ContractStart),
            ContractEnd = Text("contractEnd", draft.ContractEnd),
            RenewalDate = Text("renewalDate", draft.RenewalDate),
            PaymentTerms = Text("paymentTerms", draft.PaymentTerms),
            Tags = input.Has("tags") ? input.Texts("tags") ?? [] : input.Skip("tags", draft.Tags),
            CustomFields = input.Has("customFields") ? Fields(input) : input.Skip("customFields", draft.CustomFields),
        };
        read = input.Has("acv") ? WithAcv(input, read) : input.Skip("acv", read);
        input.Finish();
        return read;
    }

    /// <summary>A record as somebody would have written it.</summary>
    public static CustomerDraft DraftOf(CustomerDetails details) => new()
    {
        Name = details.Name,
        Industry = details.Industry,
        Vertical = details.Vertical,
        Plan = details.Plan,
        SlaTier = details.SlaTier,
        Stage = details.Stage,
        TimeZone = details.TimeZone,
        AcvAmount = details.Acv?.AmountText,
        AcvCurrency = details.Acv?.Currency,
        ContractStart = CustomerBody.Text(details.ContractStart),
        ContractEnd = CustomerBody.Text(details.ContractEnd),
        RenewalDate = CustomerBody.Text(details.RenewalDate),
        PaymentTerms = details.PaymentTerms,
        Tags = details.Tags,
        CustomFields = details.CustomFields,
    };

    private static CustomerDraft WithAcv(JsonInput input, CustomerDraft draft)
    {
        string? amount = null, currency = null;
        if (input.Members("acv") is { } members)
        {
            foreach (var (name, value) in members)
            {
                switch (name)
                {
                    case "amount":
                        amount = input.TextOf(value, "/acv/amount") ?? "";
                        break;
                    case "currency":
                        currency = input.TextOf(value, "/acv/currency") ?? "";
                        break;
                    default:
                        input.Faults.Add("/acv/" + name, InputFaults.MemberUnknown, "An amount has the members 'amount' and 'currency'.");
                        break;
                }
            }

            if (members.Count == 0)
            {
                input.WrongType("/acv", "an object with 'amount' and 'currency', or null");
            }
        }

        return draft with { AcvAmount = amount, AcvCurrency = currency };
    }

    private static IReadOnlyDictionary<string, CustomField> Fields(JsonInput input)
    {
        var fields = new Dictionary<string, CustomField>(StringComparer.Ordinal);
        foreach (var (name, value) in input.Members("customFields") ?? [])
        {
            var pointer = "/customFields/" + name;
            if (value.ValueKind == System.Text.Json.JsonValueKind.String)
            {
                if (input.TextOf(value, pointer) is { } text)
                {
                    fields[name] = new CustomField.Text(text);
                }
            }
            else if (CustomersStore.ReadField(value) is { } field)
            {
                fields[name] = field;
            }
            else
            {
                input.WrongType(pointer, "a text, a number, true or false");
            }
        }

        return fields;
    }
}
