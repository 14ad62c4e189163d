namespace Cairn.Server.Access;

/// <summary>What Access writes to the program's log: ids and addresses, never a secret, a password or a mail address.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "The use of {Key} could not be written down: {Reason}")]
    public static partial void UseNotNoted(ILogger log, string key, string reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "A link for a new password could not be sent: {Reason}")]
    public static partial void ResetNotSent(ILogger log, string reason);

    [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "A failed sign-in could not be written down: {Reason}")]
    public static partial void FailureNotRecorded(ILogger log, string reason);

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "Old sessions could not be purged; the next hour tries again: {Reason}")]
    public static partial void NotPurged(ILogger log, string reason);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "A sign-in from {Address} was refused ({Code})")]
    public static partial void SignInRefused(ILogger log, string address, string code);

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "An id_token of the identity provider was not believed ({Fault})")]
    public static partial void IdTokenRefused(ILogger log, string fault);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "The identity provider failed: {Reason}")]
    public static partial void ProviderFailed(ILogger log, string reason);
}
