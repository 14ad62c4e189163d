namespace Cairn.Server.Access.People;

/// <summary>One row of the permission matrix.</summary>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Action">What is done, in words.</param>
/// <param name="Policy">The policy's name.</param>
/// <param name="Cells">By column: yes, no, or the scopes that are enough.</param>
internal sealed record PermissionRow(string Group, string Action, string Policy, IReadOnlyDictionary<string, string> Cells);

/// <summary>The permission matrix as docs/permissions.md tells it; the build puts that file into the program.</summary>
internal sealed class Permissions
{
    private const string Resource = "permissions.md";
    private const int FirstCell = 2;

    /// <summary>The columns behind action and policy, in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<PermissionRow> Rows { get; }

    public Permissions()
    {
        using var stream = typeof(Permissions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without {Resource}.");
        using var reader = new StreamReader(stream);
        (Columns, Rows) = Read(reader.ReadToEnd());
    }

    /// <summary>Reads the tables of the file; whatever is no table row is prose.</summary>
    internal static (IReadOnlyList<string> Columns, IReadOnlyList<PermissionRow> Rows) Read(string text)
    {
        IReadOnlyList<string> columns = [];
        var rows = new List<PermissionRow>();
        var group = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                group = line[3..].Trim();
            }
            else if (line.StartsWith("| Action |", StringComparison.Ordinal))
            {
                columns = Cells(line)[FirstCell..];
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal))
            {
                var cells = Cells(line);
                rows.Add(new PermissionRow(group, cells[0], cells[1].Trim('`'), columns.Zip(cells[FirstCell..]).ToDictionary()));
            }
        }

        return (columns, rows);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
