namespace Cairn.Server.Access;

/// <summary>What Access writes to the program's log: ids and addresses, never a secret, a password or a mail address.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "The use of {Key} could not be written down")]
    public static partial void UseNotNoted(ILogger log, string key, Exception exception);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "A sign-in from {Address} was refused ({Code})")]
    public static partial void SignInRefused(ILogger log, string address, string code);
}
