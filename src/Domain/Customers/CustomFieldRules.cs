using Cairn.Domain.Foundation;

namespace Cairn.Domain.Customers;

/// <summary>What custom fields take: a bounded number of named scalars that every reader of the ledger reads alike.</summary>
internal static class CustomFieldRules
{
    /// <summary>The largest whole number that a double holds exactly (2^53 - 1).</summary>
    private const decimal LargestWhole = 9_007_199_254_740_991m;

    public static IReadOnlyDictionary<string, CustomField> Check(IReadOnlyDictionary<string, CustomField> given, InputFaults faults)
    {
        const string pointer = "/customFields";
        if (given.Count > CustomerRules.MostFields)
        {
            faults.Add(pointer, "too-many", $"A customer takes at most {CustomerRules.MostFields} custom fields.");
            return given;
        }

        var kept = new SortedDictionary<string, CustomField>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            var place = $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (faults.Optional(place, name, CustomerRules.FieldNameLength) is { } shown && CheckValue(place, value, faults) is { } checkedValue)
            {
                kept[shown] = checkedValue;
            }
        }

        return kept;
    }

    private static CustomField? CheckValue(string place, CustomField value, InputFaults faults)
    {
        switch (value)
        {
            case CustomField.Text text:
                return faults.Optional(place, text.Value, CustomerRules.FieldTextLength) is { } kept ? new CustomField.Text(kept) : null;
            case CustomField.Number number when !IsExact(number.Value):
                faults.Add(place, "number-inexact", "Not every reader would read this number alike; write it as a text.");
                return null;
            default:
                return value;
        }
    }

    // JSON readers are free to use doubles (RFC 8259, section 6), and canonical JSON does (RFC 8785).
    private static bool IsExact(decimal number) => Math.Abs(number) <= LargestWhole && (decimal)(double)number == number;
}
