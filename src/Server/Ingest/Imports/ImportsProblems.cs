using Cairn.Domain.Foundation;

namespace Cairn.Server.Ingest.Imports;

/// <summary>Every refusal around imports, in the order in which they are checked.</summary>
internal static class ImportsProblems
{
    public static Problem UploadUnreadable { get; } = new(
        ProblemKind.Malformed, "upload-unreadable", "The parts of the upload cannot be told apart, or it broke off. Send multipart/form-data with parts 'file', 'mapping' and 'expected'.");

    public static Problem UploadTooLarge { get; } = new(
        ProblemKind.TooLarge, "upload-too-large", $"The files of one import may have {UploadLimits.Bytes >> 30} GiB together. Split them; a second import repeats nothing.")
    { Extensions = new Dictionary<string, object?> { ["limitBytes"] = UploadLimits.Bytes } };

    public static Problem FileMissing { get; } = new(
        ProblemKind.Malformed, "file-missing", "The upload has no file. Send CSV files as parts named 'file'.");

    public static Problem MappingMissing { get; } = new(
        ProblemKind.Malformed, "mapping-missing", "Say which column is what: a part 'mapping' (docs/guides/import-history.md), or '?mapping_from=' with the id of an earlier import.");

    public static Problem TooMany { get; } = new(
        ProblemKind.Unavailable, "imports-waiting", "Too many imports wait already. Send it again when one has finished.");

    public static Problem UploadType(string? given) => new(
        ProblemKind.UnsupportedType, "media-type-unsupported", $"'{InputFaults.Shorten(given ?? "no content type")}' carries no files. Send multipart/form-data, or text/csv with ?file_name= and ?mapping_from=.");

    public static Problem PartUnusable(string part) => new(
        ProblemKind.Malformed, "part-unusable", $"The part '{part}' may stand once, as UTF-8 text of at most {UploadLimits.TextBytes / 1024} KiB.");

    public static Problem PartUnknown(string part) => new(
        ProblemKind.Malformed, "part-unknown", $"There is no part '{InputFaults.Shorten(part)}'; known are file, mapping, expected.");

    public static Problem FileName(string given) => new(
        ProblemKind.Malformed, "file-name-unusable", $"'{InputFaults.Shorten(given)}' cannot be a file's name here, or stands twice. Names have 1 to {UploadLimits.NameLength} characters, differ from one another, and an import has at most {UploadLimits.Files} files.");

    public static Problem NotFound(string import) => new(
        ProblemKind.NotFound, "import-not-found", $"There is no import '{InputFaults.Shorten(import)}' here. GET /v1/imports lists them.");

    /// <summary>The server that held the files is gone.</summary>
    public static Problem Lost { get; } = new(
        ProblemKind.Unavailable, "import-lost", "The server that held the files stopped and did not come back. What was recorded stays; upload the files again, and nothing is recorded twice.");

    public static Problem Failed(string requestId) => new(
        ProblemKind.Unavailable, "import-failed", $"The import met a fault of the program. What was recorded stays. Quote {requestId} when you report it.");
}
