using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>Tells a database that is away for a moment from one that refuses what it was asked.</summary>
internal static class DatabaseFailure
{
    private static readonly string[] PassingStates =
    [
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.TooManyConnections,
        PostgresErrorCodes.DiskFull, PostgresErrorCodes.OutOfMemory, PostgresErrorCodes.QueryCanceled, PostgresErrorCodes.LockNotAvailable,
    ];

    /// <summary>Whether the same request may succeed later without any change to it.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        PostgresException refused => PassingStates.Contains(refused.SqlState) || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        // Dapper wraps what goes wrong while it reads a column.
        System.Data.DataException { InnerException: { } inner } => IsPassing(inner),
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        _ => false,
    };
}
