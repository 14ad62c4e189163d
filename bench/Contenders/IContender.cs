using Cairn.Bench.Load;

namespace Cairn.Bench.Contenders;

/// <summary>Something that takes events; all stand side by side during the whole run and are measured in turn.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>The column's letter and name.</summary>
    string Name { get; }

    /// <summary>The process that takes the events, apart from the database; <see langword="null"/> when it is this one.</summary>
    int? Pid { get; }

    /// <summary>Loads it for the duration and says what it did. Never two at a time.</summary>
    Task<Measurement> Measure(Workload work, TimeSpan duration);
}
