namespace Cairn.Server.Platform;

/// <summary>
/// The embedded database cannot be used, and the message says in a sentence or two why and what a
/// person can do about it. It is an operating failure: the command line prints the message alone.
/// </summary>
internal sealed class EmbeddedPostgresException(string message, Exception? inner = null)
    : Exception(message, inner);
