namespace Cairn.Server.Platform;

/// <summary>The text of PostgreSQL's own configuration files.</summary>
internal static class EmbeddedPostgresSettings
{
    /// <summary>A file in the data directory for an operator's own settings; it is read last and wins.</summary>
    public const string OperatorsFile = "postgresql.local.conf";

    /// <summary>
    /// Only the socket's folder decides who may connect (decision 0003), so the database trusts
    /// whoever reaches the socket, and nothing listens on the network.
    /// </summary>
    public const string PgHba =
        """
        # Written by Cairn at each start.
        local all all trust
        local replication all trust

        """;

    /// <summary>
    /// Durability is never traded: an answer given is on the disk. The log holds no statement text,
    /// no parameters and no row contents, since all of them may be somebody's data or secret.
    /// </summary>
    public static string PostgresqlConf(string socketFolder, bool hasOperatorsFile) =>
        $"""
        # Written by Cairn at each start; put your own settings into ../{OperatorsFile}.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = '{Quote('"' + socketFolder + '"')}'
        unix_socket_permissions = 0700

        fsync = on
        full_page_writes = on
        synchronous_commit = on
        wal_level = replica
        wal_compression = on
        max_wal_size = 4GB
        checkpoint_timeout = 15min
        max_connections = 200
        shared_buffers = {SharedBuffersMegabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}MB
        jit = off

        timezone = 'UTC'
        log_timezone = 'UTC'
        datestyle = 'ISO, YMD'

        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%m [%p] '
        log_min_messages = warning
        log_min_error_statement = panic
        log_error_verbosity = terse
        log_statement = none
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_checkpoints = off

        {(hasOperatorsFile ? $"include = '../{OperatorsFile}'" : string.Empty)}

        """;

    /// <summary>
    /// An eighth of the memory, 128 MB at least and 1 GB at most. Ids come in no order, so the index that claims them must
    /// fit: once it does not, every event reads a page of it and writes another one out (decision 0014).
    /// </summary>
    internal static long SharedBuffersMegabytes(long memoryBytes) => Math.Clamp(memoryBytes / 8 >> 20, 128, 1024);

    private static string Quote(string text) => text.Replace(@"\", @"\\").Replace("'", "''");
}
