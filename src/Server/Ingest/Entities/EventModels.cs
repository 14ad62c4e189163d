using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Entities;

/// <summary>
/// The event models that ship with the product, overridden file by file by <c>&lt;data&gt;/models/events</c>. Read once;
/// what follows from them carries their hash, so that a changed file makes state be folded anew.
/// </summary>
internal sealed class EventModels
{
    private static readonly string[] Folder = ["models", "events"];

    private readonly Dictionary<string, EventModel> byType;

    private EventModels(Dictionary<string, EventModel> byType, string hash)
    {
        this.byType = byType;
        Hash = hash;
    }

    /// <summary>SHA-256 over all models in force, names and contents.</summary>
    public string Hash { get; }

    public IReadOnlyDictionary<string, EventModel> ByType => byType;

    /// <summary>Reads the shipped models and those of the installation.</summary>
    /// <exception cref="InstallationException">A file has faults; the message lists all of all files.</exception>
    public static EventModels Load(CairnOptions options) => Load([Shipped(), Path.Combine([options.Data.FullName, .. Folder])]);

    /// <summary>Reads folders in the order of their precedence, the last one winning by file name.</summary>
    public static EventModels Load(IReadOnlyList<string?> folders) =>
        Check(folders) switch
        {
            { IsOk: true } read => read.Value,
            var refused => throw new InstallationException(ModelRefusal.Text(refused.Problem)),
        };

    /// <summary>As <see cref="Load(IReadOnlyList{string?})"/>, with the faults of all files in the problem.</summary>
    public static Outcome<EventModels> Check(IReadOnlyList<string?> folders)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders.OfType<string>().Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.yaml"))
            {
                files[Path.GetFileName(path)] = path;
            }
        }

        var byType = new Dictionary<string, EventModel>(StringComparer.Ordinal);
        var faults = new List<Fault>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files.Values)
        {
            Read(path, byType, faults, hash);
        }

        return faults.Count == 0
            ? new EventModels(byType, Convert.ToHexStringLower(hash.GetHashAndReset()))
            : new Problem(ProblemKind.Malformed, "event-models-invalid", "The event models cannot be used:") { Faults = faults };
    }

    /// <summary>The product's own folder: beside the program when it is installed, above it in a checkout.</summary>
    private static string? Shipped()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine([at.FullName, .. Folder]);
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }

    private static void Read(string path, Dictionary<string, EventModel> byType, List<Fault> faults, IncrementalHash hash)
    {
        if (new FileInfo(path).Length > EntityLimits.ModelBytes)
        {
            faults.Add(new Fault(path, "model-too-large", $"A model has at most {EntityLimits.ModelBytes / 1024} KiB."));
            return;
        }

        var text = File.ReadAllText(path);
        var read = EventModelReader.Read(path, text);
        if (!read.IsOk)
        {
            faults.AddRange(read.Problem.Faults);
        }
        else if (!byType.TryAdd(read.Value.EventType, read.Value))
        {
            faults.Add(new Fault(path, "event-twice", $"'{read.Value.EventType}' has a model in another file already. One file per event type; to override a shipped one, use its file name."));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path) + "\n" + text + "\0"));
    }
}
