namespace Cairn.Verify;

/// <summary>What one run proved, what it left open, and what it found wrong. Each is a sentence for a person.</summary>
internal sealed class Findings(string subject)
{
    /// <summary>Further faults are counted, not kept: a file may hold millions.</summary>
    public const int ShownFaults = 20;

    private readonly List<string> _proven = [];
    private readonly List<string> _notProven = [];
    private readonly List<string> _faults = [];
    private readonly List<(string Name, long Value)> _counts = [];

    public string Subject { get; set; } = subject;

    public IReadOnlyList<string> AllProven => _proven;

    public IReadOnlyList<string> AllNotProven => _notProven;

    /// <summary>The first faults, at most <see cref="ShownFaults"/>.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public IReadOnlyList<(string Name, long Value)> Counts => _counts;

    public long FaultCount { get; private set; }

    public bool Holds => FaultCount == 0;

    public void Prove(string sentence) => _proven.Add(sentence);

    public void LeaveOpen(string sentence) => _notProven.Add(sentence);

    public void Count(string name, long value) => _counts.Add((name, value));

    public void Fault(string sentence)
    {
        FaultCount++;
        if (_faults.Count < ShownFaults)
        {
            _faults.Add(sentence);
        }
    }
}
