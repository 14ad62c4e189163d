using Cairn.Domain.Foundation.Formulas;

namespace Cairn.Domain.Playbooks;

/// <summary>Shapes that many members share.</summary>
internal static class CommonShapes
{
    public static TextShape Id(string says) => new(says, PlaybookLimits.IdLength) { Pattern = PlaybookTexts.IdPattern(), Form = "an id in kebab-case, such as go-live-check" };

    public static TextShape Text(string says, int most = 200) => new(says, most) { Means = TextMeaning.Filled };

    public static TextShape Plain(string says, int most) => new(says, most);

    public static TextShape Long(string says, int most = 10_000) => new(says, most) { Means = TextMeaning.Filled, IsLong = true };

    public static TextShape RoleWord(string says) => new(says, PlaybookLimits.IdLength)
    {
        Pattern = PlaybookTexts.RolePattern(),
        Means = TextMeaning.Role,
        Form = "a role such as csm-lead (customer:finance where both sides have one)",
    };

    public static ListShape Roles(string says, int least = 0) => new(says, RoleWord("A role that 'roles' names."), PlaybookLimits.Entries, least);

    public static ListShape Lines(string says, int least = 0) => new(says, Text("One line.", 1_000), PlaybookLimits.Entries, least);

    public static NumberShape Day(string says) => new(says, 1, PlaybookLimits.LastDay);

    public static EitherShape ItemDays(string says) => new(says,
    [
        new NumberShape("One day.", 1, PlaybookLimits.LastDay),
        new TextShape("From one day to another.", 20) { Pattern = PlaybookTexts.ItemDaysPattern(), Form = "a day such as 3, or days such as 1-3" },
    ]);

    public static TextShape Clock(string says) => new(says, 5) { Pattern = PlaybookTexts.ClockPattern(), Form = "a time such as \"09:30\"" };

    public static TextShape Length(string says) => new(says, 20) { Pattern = PlaybookTexts.LengthPattern(), Form = "a length such as 90m, 6h or 2h30m" };

    public static TextShape Formula(string says) => new(says + " A formula: docs/guides/formulas.md.", FormulaLimits.Length) { IsLong = true, Form = "a formula", Means = TextMeaning.Formula };

    public static TextShape Condition(string says) => Formula(says) with { Means = TextMeaning.Condition };

    public static TextShape Offset(string says) => new(says, 20) { Pattern = PlaybookTexts.OffsetPattern(), Form = "an offset such as \"+30m\" or \"+2h30m\"" };
}
