using System.Text.RegularExpressions;

namespace Cairn.Domain.Playbooks;

/// <summary>
/// What may stand at a place of a playbook file. One table of shapes (<see cref="PlaybookShapes"/>) is what the reader
/// checks files by and what the published JSON Schema is written from, so that an editor and the program never disagree.
/// </summary>
/// <param name="Says">What it is for, for people: the description in the schema and in messages.</param>
public abstract record Shape(string Says);

/// <summary>A text.</summary>
/// <param name="Says">What it is for.</param>
/// <param name="Most">The most characters.</param>
public sealed record TextShape(string Says, int Most = 200) : Shape(Says)
{
    /// <summary>What the whole text must look like; <see langword="null"/> for any. Never backtracks.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>What the text looks like, for people: <c>a time such as 09:30</c>.</summary>
    public string Form { get; init; } = "a text";

    /// <summary>Whether it may have several lines.</summary>
    public bool IsLong { get; init; }

    /// <summary>What the text stands for.</summary>
    public TextMeaning Means { get; init; }
}

/// <summary>What a text of a playbook stands for, which decides what else is checked about it.</summary>
public enum TextMeaning
{
    /// <summary>Only itself.</summary>
    Plain,

    /// <summary>People read it, and <c>{{name}}</c> in it is filled in.</summary>
    Filled,

    /// <summary>A role.</summary>
    Role,

    /// <summary>A formula of any type.</summary>
    Formula,

    /// <summary>A formula that is yes or no.</summary>
    Condition,
}

/// <summary>One of a fixed list of words.</summary>
public sealed record WordShape(string Says, IReadOnlyList<string> Words) : Shape(Says);

/// <summary>A number.</summary>
public sealed record NumberShape(string Says, decimal Least, decimal Most, bool IsWhole = true) : Shape(Says);

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record FlagShape(string Says) : Shape(Says);

/// <summary>Several of one shape.</summary>
public sealed record ListShape(string Says, Shape Of, int Most, int Least = 0) : Shape(Says);

/// <summary>Named members and no others.</summary>
/// <param name="Name">What one is called in messages and in the schema's definitions: <c>task</c>.</param>
/// <param name="Says">What it is for.</param>
/// <param name="Members">All there are.</param>
public sealed record MapShape(string Name, string Says, IReadOnlyList<Member> Members) : Shape(Says);

/// <summary>One of several shapes of different kinds; which one is told by the kind of value that stands there.</summary>
public sealed record EitherShape(string Says, IReadOnlyList<Shape> Of) : Shape(Says);

/// <summary>A member of a map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What may stand there.</param>
/// <param name="IsRequired">Whether it must be there.</param>
public sealed record Member(string Name, Shape Shape, bool IsRequired = false);
