using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Customers;

/// <summary>What a customer record takes. Every fault is found, not only the first.</summary>
public static class CustomerRules
{
    /// <summary>The longest name, industry and payment terms, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The most tags.</summary>
    public const int MostTags = 50;

    /// <summary>The longest tag, in characters.</summary>
    public const int TagLength = 50;

    /// <summary>The most custom fields.</summary>
    public const int MostFields = 50;

    /// <summary>The longest name of a custom field, in characters.</summary>
    public const int FieldNameLength = 64;

    /// <summary>The longest text in a custom field, in characters.</summary>
    public const int FieldTextLength = 2_000;

    /// <summary>Checks a draft. Faults that reading it found are handed in, so that one answer tells all.</summary>
    public static Outcome<CustomerDetails> Check(CustomerDraft draft, InputFaults faults)
    {
        var details = new CustomerDetails
        {
            Name = faults.Required("/name", draft.Name, NameLength),
            Industry = faults.Optional("/industry", draft.Industry, NameLength),
            Vertical = faults.OneOf("/vertical", draft.Vertical, CustomerWords.Verticals, "vertical-unknown"),
            Plan = faults.OneOf("/plan", draft.Plan, CustomerWords.Plans, "plan-unknown"),
            SlaTier = faults.OneOf("/slaTier", draft.SlaTier, CustomerWords.SlaTiers, "sla-tier-unknown"),
            Stage = faults.OneOf("/stage", draft.Stage, CustomerWords.Stages, "stage-unknown") ?? CustomerWords.Onboarding,
            TimeZone = Zone(draft.TimeZone, faults),
            Acv = Acv(draft, faults),
            ContractStart = Date("/contractStart", draft.ContractStart, faults),
            ContractEnd = Date("/contractEnd", draft.ContractEnd, faults),
            RenewalDate = Date("/renewalDate", draft.RenewalDate, faults),
            PaymentTerms = faults.Optional("/paymentTerms", draft.PaymentTerms, NameLength),
            Tags = Tags(draft.Tags, faults),
            CustomFields = CustomFieldRules.Check(draft.CustomFields, faults),
        };
        NotBeforeStart("/contractEnd", details.ContractEnd, details.ContractStart, faults);
        NotBeforeStart("/renewalDate", details.RenewalDate, details.ContractStart, faults);
        return faults.Any ? faults.ToProblem() : details;
    }

    internal static string Zone(string? value, InputFaults faults)
    {
        // The provider would also take fixed offsets such as UTC+05, which know no summer time; only names of the tz database pass.
        if (value is not null && !DateTimeZoneProviders.Tzdb.Ids.Contains(value))
        {
            faults.Add("/timeZone", "zone-unknown", $"'{InputFaults.Shorten(value)}' is no zone of the IANA database; examples: Europe/London, America/New_York, UTC.");
        }

        return value ?? CustomerWords.DefaultZone;
    }

    private static Money? Acv(CustomerDraft draft, InputFaults faults)
    {
        if (draft.AcvAmount is null && draft.AcvCurrency is null)
        {
            return null;
        }

        var amount = draft.AcvAmount is null ? null : Money.ParseAmount(draft.AcvAmount);
        if (amount is null or < 0)
        {
            faults.Add(
                "/acv/amount",
                draft.AcvAmount is null ? InputFaults.MemberMissing : "amount-unusable",
                $"An amount is a text such as \"12345.60\": not negative, up to {Money.WholeDigits} digits before and {Money.Decimals} after the point.");
        }

        if (draft.AcvCurrency is null || !Money.IsCurrency(draft.AcvCurrency))
        {
            faults.Add(
                "/acv/currency",
                draft.AcvCurrency is null ? InputFaults.MemberMissing : "currency-unusable",
                "A currency is its ISO 4217 code, three capital letters such as GBP.");
        }

        return amount is { } value && draft.AcvCurrency is { } currency ? new Money(value, currency) : null;
    }

    internal static LocalDate? Date(string pointer, string? value, InputFaults faults)
    {
        if (value is null)
        {
            return null;
        }

        var date = LocalDatePattern.Iso.Parse(value);
        if (date.Success && date.Value.Year is >= 1900 and <= 9999)
        {
            return date.Value;
        }

        faults.Add(pointer, "date-unusable", $"'{InputFaults.Shorten(value)}' is no date; write it as 2026-03-02.");
        return null;
    }

    private static void NotBeforeStart(string pointer, LocalDate? date, LocalDate? start, InputFaults faults)
    {
        if (date < start)
        {
            faults.Add(pointer, "date-order", $"'{pointer[1..]}' lies before the contract's first day.");
        }
    }

    private static IReadOnlyList<string> Tags(IReadOnlyList<string> given, InputFaults faults)
    {
        if (given.Count > MostTags)
        {
            faults.Add("/tags", "too-many", $"A customer takes at most {MostTags} tags.");
            return [];
        }

        return [.. given.Select((tag, at) => faults.Optional($"/tags/{at}", tag, TagLength)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
