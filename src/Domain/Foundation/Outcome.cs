using System.Diagnostics.CodeAnalysis;

namespace Cairn.Domain.Foundation;

/// <summary>Either a value or the refusal to give one. A bug throws; a refusal is this.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Problem? problem)
    {
        this.value = value;
        Problem = problem;
    }

    /// <summary>The refusal, or <see langword="null"/> when there is a value.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsOk => Problem is null;

    /// <summary>The value; asking for it after a refusal is a bug and throws.</summary>
    public T Value => Problem is null ? value! : throw new InvalidOperationException("Refused: " + Problem.Code);

    /// <summary>A value is a success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A problem is a refusal.</summary>
    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);
}
