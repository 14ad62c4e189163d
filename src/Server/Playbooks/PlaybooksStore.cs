using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Playbooks;

/// <summary>One version of the installation's own, as stored.</summary>
internal sealed class PlaybookRow
{
    public string Playbook { get; init; } = "";

    public int Version { get; init; }

    public string Text { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public string? CreatedByName { get; init; }
}

/// <summary>The SQL of the installation's own playbooks. They are the staff's, so they stand under the installation.</summary>
internal static class PlaybooksStore
{
    private const string Columns = "playbook, version, text, sha256, created_at, created_by, created_by_name";

    private static Guid Installation => CustomerId.Installation.Value;

    /// <summary>The newest version of each playbook that has one.</summary>
    public static Task<IReadOnlyList<PlaybookRow>> Newest(DbWork work) => work.List<PlaybookRow>(
        $"select distinct on (playbook) {Columns} from playbooks_versions where customer_id = @Installation order by playbook, version desc", new { Installation });

    /// <summary>All versions of one playbook, the newest first.</summary>
    public static Task<IReadOnlyList<PlaybookRow>> Versions(DbWork work, string playbook) => work.List<PlaybookRow>(
        $"select {Columns} from playbooks_versions where customer_id = @Installation and playbook = @playbook order by version desc", new { Installation, playbook });

    /// <summary>One version; the newest when none is named.</summary>
    public static Task<PlaybookRow?> Find(DbWork work, string playbook, int? version) => work.Maybe<PlaybookRow>(
        $"""
        select {Columns} from playbooks_versions
        where customer_id = @Installation and playbook = @playbook and version = coalesce(@version, version)
        order by version desc limit 1
        """,
        new { Installation, playbook, version });

    /// <summary>Makes changes of one playbook wait for each other until the end of the transaction: two numbers may be free, and one basis takes one.</summary>
    public static Task Lock(DbWork work, string playbook) => work.Execute("select pg_advisory_xact_lock(hashtextextended('playbook ' || @playbook, 0))", new { playbook });

    /// <summary>Adds a version; false when somebody else added it in the meantime.</summary>
    public static async Task<bool> Add(DbWork work, PlaybookRow row) => await work.Execute(
        """
        insert into playbooks_versions (customer_id, playbook, version, text, sha256, created_at, created_by, created_by_name)
        values (@Installation, @Playbook, @Version, @Text, @Sha256, @CreatedAt, @CreatedBy, @CreatedByName)
        on conflict do nothing
        """,
        new { Installation, row.Playbook, row.Version, row.Text, row.Sha256, row.CreatedAt, row.CreatedBy, row.CreatedByName }) == 1;
}
