using System.Globalization;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>Something wrong with a playbook file, or something that is probably not meant.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Detail">What is wrong, one sentence.</param>
/// <param name="Fix">How to put it right, one sentence.</param>
public sealed record PlaybookFault(int Line, int Column, string Code, string Detail, string Fix)
{
    /// <summary>Whether the file can be used all the same.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The fault on one line, the way editors and build tools jump to: <c>file:line:column: code: sentence</c>.</summary>
    public string At(string file) => string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}:{Column} {(IsWarning ? "warning " : "")}{Code} {Detail} {Fix}");
}

/// <summary>Collects what is wrong with a file; all of it is told at once, in the order of the file.</summary>
internal sealed class PlaybookFaults
{
    private readonly List<PlaybookFault> list = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PlaybookFault> List => [.. list.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    /// <summary>Whether anything is wrong beyond warnings.</summary>
    public bool Any => list.Exists(fault => !fault.IsWarning);

    /// <summary>Notes a fault; the first of a place and code stands.</summary>
    public void Add(FileNode at, string code, string detail, string fix) => Add(new PlaybookFault(at.Line, at.Column, code, detail, fix));

    /// <summary>Notes something that is probably not meant.</summary>
    public void Warn(FileNode at, string code, string detail, string fix) => Add(new PlaybookFault(at.Line, at.Column, code, detail, fix) { IsWarning = true });

    /// <summary>Notes a fault whose place was worked out.</summary>
    public void Add(PlaybookFault fault)
    {
        if (list.Count < PlaybookLimits.Faults && !list.Exists(known => known.Line == fault.Line && known.Column == fault.Column && known.Code == fault.Code))
        {
            list.Add(fault);
        }
    }
}
