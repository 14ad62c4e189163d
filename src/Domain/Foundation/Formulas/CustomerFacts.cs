namespace Cairn.Domain.Foundation.Formulas;

/// <summary>
/// What formulas may ask about a customer's record, with its types. Members of an installation's own stand under
/// <c>customer.fields.</c> and have any type.
/// </summary>
public static class CustomerFacts
{
    /// <summary>What the name of every such fact begins with.</summary>
    public const string Prefix = "customer.";

    /// <summary>What the names of an installation's own members begin with.</summary>
    public const string OwnPrefix = "customer.fields.";

    /// <summary>The facts and their types. They are only ever added to, because playbooks use them.</summary>
    public static IReadOnlyDictionary<string, FormulaType> Types { get; } = new Dictionary<string, FormulaType>
    {
        ["customer.name"] = FormulaType.Text,
        ["customer.industry"] = FormulaType.Text,
        ["customer.vertical"] = FormulaType.Text,
        ["customer.plan"] = FormulaType.Text,
        ["customer.sla_tier"] = FormulaType.Text,
        ["customer.stage"] = FormulaType.Text,
        ["customer.time_zone"] = FormulaType.Text,
        ["customer.arr"] = FormulaType.Money,
        ["customer.contract_start"] = FormulaType.Date,
        ["customer.contract_end"] = FormulaType.Date,
        ["customer.renewal_date"] = FormulaType.Date,
        ["customer.payment_terms"] = FormulaType.Text,
        ["customer.tags"] = FormulaType.List,
    };

    /// <summary>Whether a name that begins with <see cref="Prefix"/> stands for something.</summary>
    public static bool Exists(string name) => Types.ContainsKey(name) || (name.StartsWith(OwnPrefix, StringComparison.Ordinal) && name.Length > OwnPrefix.Length);
}
