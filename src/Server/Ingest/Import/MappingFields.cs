using System.Collections.Frozen;
using Cairn.Domain.Ingest.Import;
using NodaTime.Text;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>Reads <c>fields</c>: the members of the payload and the columns that they come from.</summary>
internal static class MappingFields
{
    public static readonly string[] Keys = ["column", "type", "required", "strip", "trim", "currency", "true", "false", "format", "zone"];
    private static readonly string[] Types = ["text", "integer", "decimal", "money", "boolean", "date", "timestamp"];

    public static void Read(MappingNode root, MappingScope scope, TimeRule? time)
    {
        var fields = MappingNode.Of(root.Required("fields", "Name at least one: fields: { amount: { column: Amount, type: decimal } }."), scope.Faults, "fields");
        foreach (var (_, name, node) in fields?.Members() ?? [])
        {
            var field = ReadField(name, node, scope, time);
            if (field is null)
            {
                scope.FaultyFields.Add(name);
            }
            else
            {
                scope.Fields.Add(field);
            }
        }

        if (fields is not null && scope.Fields.Count + scope.FaultyFields.Count == 0)
        {
            scope.Faults.Add(fields.Self, "no-fields", "Name at least one field; an event without a payload proves little.");
        }
    }

    private static FieldRule? ReadField(string name, YamlNode at, MappingScope scope, TimeRule? time)
    {
        // The short form 'country: Country' is a text field.
        if (MappingNode.TextOf(at) is { Length: > 0 } shortForm)
        {
            var only = scope.Column(shortForm, at);
            return only < 0 ? null : new FieldRule { Name = name, Column = only, Type = FieldType.Text, Point = scope.Point };
        }

        var what = $"The field '{name}'";
        var node = MappingNode.Of(at, scope.Faults, what, Keys);
        if (node is null)
        {
            return null;
        }

        var column = scope.Column(node, "column", "Which column it comes from.");
        var word = node.OneOf("type", Types);
        var type = TypeOf(word);
        var field = new FieldRule
        {
            Name = name,
            Column = column,
            Type = type,
            IsRequired = node.Flag("required"),
            IsTrimmed = node.Flag("trim"),
            Strip = node.Text("strip"),
            Point = scope.Point,
            Currency = ReadCurrency(node, what, type, scope),
            Booleans = ReadBooleans(node, scope),
            DatePattern = ReadDatePattern(node, type, scope),
            Time = type == FieldType.Timestamp && time is not null ? scope.ReadTimeRule(node, time.Zone) : null,
        };
        if (node.Has("type") && word is null)
        {
            return null;
        }

        RefuseStrangers(node, what, type, scope);
        return column < 0 ? null : field;
    }

    private static FieldType TypeOf(string? word) => word switch
    {
        "integer" => FieldType.Integer,
        "decimal" => FieldType.Decimal,
        "money" => FieldType.Money,
        "boolean" => FieldType.Boolean,
        "date" => FieldType.Date,
        "timestamp" => FieldType.Timestamp,
        _ => FieldType.Text,
    };

    private static string? ReadCurrency(MappingNode node, string what, FieldType type, MappingScope scope)
    {
        if (type != FieldType.Money)
        {
            return null;
        }

        var currency = node.RequiredText("currency", $"{what} is money: name its currency, for instance 'currency: GBP'.");
        if (currency is not null && (currency.Length != 3 || currency.Any(letter => !char.IsAsciiLetterUpper(letter))))
        {
            scope.Faults.Add(node.Node("currency")!, "bad-currency", $"'{currency}' is no currency code. Write three capital letters of ISO 4217, for instance GBP.");
        }

        return currency;
    }

    private static (FrozenSet<string> True, FrozenSet<string> False) ReadBooleans(MappingNode node, MappingScope scope)
    {
        var (yes, no) = (node.Texts("true"), node.Texts("false"));
        foreach (var (word, at) in no.Where(word => yes.Any(other => string.Equals(other.Text, word.Text, StringComparison.OrdinalIgnoreCase))))
        {
            scope.Faults.Add(at, "both-true-and-false", $"'{word}' cannot be both true and false. Take it out of one of the two lists.");
        }

        var usual = FieldRule.UsualBooleans;
        return (
            yes.Count == 0 ? usual.True : yes.Select(word => word.Text).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            no.Count == 0 ? usual.False : no.Select(word => word.Text).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    private static LocalDatePattern ReadDatePattern(MappingNode node, FieldType type, MappingScope scope)
    {
        if (type != FieldType.Date || node.Text("format") is not { } format)
        {
            return LocalDatePattern.Iso;
        }

        var pattern = DateFormat.TryCreate(format, out var why);
        if (pattern is null)
        {
            scope.Faults.Add(node.Node("format")!, "bad-format", $"'{format}' is no date format: {why}. Example: \"dd/MM/yyyy\".");
        }

        return pattern ?? LocalDatePattern.Iso;
    }

    /// <summary>An option that does nothing is a misunderstanding: the writer expects something of it.</summary>
    private static void RefuseStrangers(MappingNode node, string what, FieldType type, MappingScope scope)
    {
        (string Key, bool Fits, string Belongs)[] options =
        [
            ("currency", type == FieldType.Money, "type: money"),
            ("true", type == FieldType.Boolean, "type: boolean"),
            ("false", type == FieldType.Boolean, "type: boolean"),
            ("format", type is FieldType.Date or FieldType.Timestamp, "type: date or timestamp"),
            ("zone", type == FieldType.Timestamp, "type: timestamp"),
            ("trim", type == FieldType.Text, "type: text; all other types lose white space anyway"),
        ];
        foreach (var (key, _, belongs) in options.Where(option => !option.Fits && node.Has(option.Key)))
        {
            scope.Faults.Add(node.Node(key)!, "option-does-nothing", $"{what}: '{key}' belongs to {belongs}. Remove it, or change the type.");
        }
    }
}
