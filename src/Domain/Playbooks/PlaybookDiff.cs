using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>One difference between two playbooks.</summary>
/// <param name="Path">Where: <c>phases/planning/tasks/charter/effort</c>; parts are named by their ids, not by their places.</param>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Before">The value before; <see langword="null"/> for what is new.</param>
/// <param name="After">The value after; <see langword="null"/> for what is gone.</param>
/// <param name="Text">The difference as a sentence.</param>
public sealed record PlaybookChange(string Path, string Kind, string? Before, string? After, string Text);

/// <summary>
/// What changed from one playbook to another, by meaning: things are the same when their ids are, wherever they stand in
/// the file; a line more in a list is a line more, and comments, quotes and the order of members do not count.
/// </summary>
public static class PlaybookDiff
{
    private const string Added = "added";
    private const string Removed = "removed";
    private const string Changed = "changed";

    /// <summary>All differences, in the order of the file after, with what is gone where it stood.</summary>
    public static IReadOnlyList<PlaybookChange> Between(FileMap before, FileMap after)
    {
        var changes = new List<PlaybookChange>();
        Maps(before, after, "", "the playbook", changes);
        return changes;
    }

    private static void Maps(FileMap before, FileMap after, string path, string what, List<PlaybookChange> changes)
    {
        foreach (var name in after.Members.Concat(before.Members).Select(member => member.Name).Distinct())
        {
            var place = path.Length == 0 ? name : $"{path}/{name}";
            switch (before.Find(name), after.Find(name))
            {
                case (null, { } there):
                    AddAll(there, Added, place, name, what, changes);
                    break;
                case ({ } gone, null):
                    AddAll(gone, Removed, place, name, what, changes);
                    break;
                case ({ } old, { } now):
                    Values(old, now, place, name, what, changes);
                    break;
            }
        }
    }

    private static void Values(FileNode before, FileNode after, string path, string name, string what, List<PlaybookChange> changes)
    {
        if (before is FileMap oldMap && after is FileMap newMap)
        {
            Maps(oldMap, newMap, path, $"{What(name)} of {what}", changes);
        }
        else if (IsNamed(before) && IsNamed(after))
        {
            NamedLists((FileList)before, (FileList)after, path, name, what, changes);
        }
        else if (before is FileList oldList && after is FileList newList && oldList.Items.Concat(newList.Items).All(item => item is FileScalar))
        {
            Lines(oldList, newList, path, name, what, changes);
        }
        else if (Text(before) is var old && Text(after) is var now && old != now)
        {
            changes.Add(new PlaybookChange(path, Changed, old, now, Sentence($"{what}: {Name(name)} is {Short(now)} instead of {Short(old)}.")));
        }
    }

    private static void NamedLists(FileList before, FileList after, string path, string name, string what, List<PlaybookChange> changes)
    {
        var old = ByKey(before);
        var now = ByKey(after);
        foreach (var key in now.Keys.Concat(old.Keys).Distinct())
        {
            var place = $"{path}/{key}";
            var label = $"{What(name)} '{key}'";
            if (!old.TryGetValue(key, out var oldMap))
            {
                changes.Add(new PlaybookChange(place, Added, null, Text(now[key]), Sentence($"{label} is new in {what}{Titled(now[key])}.")));
            }
            else if (!now.TryGetValue(key, out var newMap))
            {
                changes.Add(new PlaybookChange(place, Removed, Text(oldMap), null, Sentence($"{label} is gone from {what}{Titled(oldMap)}.")));
            }
            else
            {
                Maps(oldMap, newMap, place, label, changes);
            }
        }

        List<string> shared = [.. old.Keys.Where(now.ContainsKey)];
        List<string> sharedNow = [.. now.Keys.Where(old.ContainsKey)];
        if (!shared.SequenceEqual(sharedNow))
        {
            changes.Add(new PlaybookChange(path, Changed, string.Join(", ", shared), string.Join(", ", sharedNow), Sentence($"the order of the {name.Replace('_', ' ')} of {what} is another.")));
        }
    }

    private static void Lines(FileList before, FileList after, string path, string name, string what, List<PlaybookChange> changes)
    {
        var old = before.Items.Select(Text).ToList();
        var now = after.Items.Select(Text).ToList();
        foreach (var line in now.Except(old))
        {
            changes.Add(new PlaybookChange(path, Added, null, line, Sentence($"{what}: {Name(name)} has {Short(line)} more.")));
        }

        foreach (var line in old.Except(now))
        {
            changes.Add(new PlaybookChange(path, Removed, line, null, Sentence($"{what}: {Name(name)} has {Short(line)} no more.")));
        }

        if (!old.SequenceEqual(now) && old.ToHashSet(StringComparer.Ordinal).SetEquals(now))
        {
            changes.Add(new PlaybookChange(path, Changed, string.Join(", ", old), string.Join(", ", now), Sentence($"{what}: {Name(name)} has another order.")));
        }
    }

    /// <summary>A whole list of named things is told one by one.</summary>
    private static void AddAll(FileNode node, string kind, string path, string name, string what, List<PlaybookChange> changes)
    {
        var isAdded = kind == Added;
        if (IsNamed(node))
        {
            var empty = new FileList([], node.Line, node.Column);
            NamedLists(isAdded ? empty : (FileList)node, isAdded ? (FileList)node : empty, path, name, what, changes);
            return;
        }

        var text = Text(node);
        changes.Add(new PlaybookChange(path, kind, isAdded ? null : text, isAdded ? text : null, Sentence(isAdded ? $"{what} has {Name(name)} now: {Short(text)}." : $"{what} has {Name(name)} no more; it was {Short(text)}.")));
    }

    private static bool IsNamed(FileNode node) => node is FileList { Items: var items } && items.All(item => item is FileMap map && Key(map) is not null);

    private static Dictionary<string, FileMap> ByKey(FileList list)
    {
        var byKey = new Dictionary<string, FileMap>(StringComparer.Ordinal);
        foreach (var map in list.Items.OfType<FileMap>())
        {
            byKey.TryAdd(Key(map)!, map);
        }

        return byKey;
    }

    /// <summary>What a thing is the same by: its id, its role, the item it names; steps and sections by their titles.</summary>
    private static string? Key(FileMap map) => map.Text("id") ?? (map.Text("role") is { } role && map.Find("title") is null ? role : null) ?? map.Text("item") ?? map.Text("title");

    private static string Text(FileNode node) => node switch
    {
        FileScalar scalar => scalar.Text.TrimEnd('\n'),
        FileList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        FileMap map => $"{{{string.Join(", ", map.Members.Select(member => $"{member.Name}: {Text(member.Value)}"))}}}",
        _ => "",
    };

    private static string What(string name) => (name.EndsWith('s') && name is not ("days" or "criteria" or "hours") ? name[..^1] : name == "criteria" ? "criterion" : name).Replace('_', '-');

    private static string Name(string name) => $"'{name}'";

    private static string Titled(FileMap map) => map.Text("title") is { } title ? $": {title}" : "";

    private static string Short(string text)
    {
        const int most = 80;
        return text.Length <= most ? $"'{text}'" : $"'{text[..most]}…'";
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
