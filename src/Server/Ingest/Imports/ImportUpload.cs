using System.Text;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Cairn.Server.Ingest.Imports;

/// <summary>What was uploaded: the files on disk, and the small parts as text.</summary>
/// <param name="Folder">Holds the files under their own names; whoever gets this removes it.</param>
/// <param name="Files">Full paths, by name.</param>
/// <param name="Mapping">The text of the mapping, if there was one.</param>
/// <param name="Expected">The figures of the source's own books, as JSON text, if there were any.</param>
internal sealed record ImportUpload(DirectoryInfo Folder, IReadOnlyList<string> Files, string? Mapping, string? Expected)
{
    public long Bytes => Files.Sum(file => new FileInfo(file).Length);

    /// <summary>Removes the files; what cannot be removed is left for the sweep at the next start.</summary>
    public void Remove() => ImportFolder.Remove(Folder);
}

/// <summary>The named limits of uploads.</summary>
internal static class UploadLimits
{
    /// <summary>All files of one import together: 1 GiB.</summary>
    public const long Bytes = 1L << 30;

    /// <summary>The most files of one import.</summary>
    public const int Files = 2_000;

    /// <summary>The largest part that is no file.</summary>
    public const int TextBytes = ImportLimits.MappingBytes;

    /// <summary>The longest file name, in characters.</summary>
    public const int NameLength = 200;
}

/// <summary>
/// Takes an upload from the request straight to disk, never into memory: multipart with parts <c>file</c> (any number),
/// <c>mapping</c> and <c>expected</c>, or the bare CSV with its name in <c>?file_name=</c>.
/// </summary>
internal static class ReadUpload
{
    public static async Task<Outcome<ImportUpload>> Read(HttpContext context, DirectoryInfo folder, long limit = UploadLimits.Bytes)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit + (16L << 20);
        }

        folder.Create();
        try
        {
            var read = await Parts(context, folder, limit);
            if (!read.IsOk)
            {
                ImportFolder.Remove(folder);
            }

            return read;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OperationCanceledException or BadHttpRequestException)
        {
            ImportFolder.Remove(folder);
            if (e is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested && e is not BadHttpRequestException)
            {
                return ImportsProblems.UploadUnreadable;
            }

            throw;
        }
    }

    private static async Task<Outcome<ImportUpload>> Parts(HttpContext context, DirectoryInfo folder, long limit)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return ImportsProblems.UploadType(request.ContentType);
        }

        if (type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
        {
            return await Bare(request, folder, limit, context.RequestAborted);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(boundary) || boundary.Length > 200
            ? ImportsProblems.UploadType(request.ContentType)
            : await Multipart(new MultipartReader(boundary, request.Body), folder, limit, context.RequestAborted);
    }

    private static async Task<Outcome<ImportUpload>> Bare(HttpRequest request, DirectoryInfo folder, long limit, CancellationToken cancel)
    {
        var name = NameOf(request.Query["file_name"].ToString() is { Length: > 0 } given ? given : "upload.csv");
        if (name is null)
        {
            return ImportsProblems.FileName(request.Query["file_name"].ToString());
        }

        var path = Path.Combine(folder.FullName, name);
        return await Save(request.Body, path, limit, cancel) is null ? ImportsProblems.UploadTooLarge : new ImportUpload(folder, [path], null, null);
    }

    private static async Task<Outcome<ImportUpload>> Multipart(MultipartReader reader, DirectoryInfo folder, long limit, CancellationToken cancel)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = limit;
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                return ImportsProblems.UploadUnreadable;
            }

            var part = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (part is "mapping" or "expected")
            {
                if (await Text(section.Body, cancel) is not { } text || !texts.TryAdd(part, text))
                {
                    return ImportsProblems.PartUnusable(part);
                }
            }
            else if (part == "file")
            {
                var given = disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
                if (NameOf(given) is not { } name || !files.TryAdd(name, Path.Combine(folder.FullName, name)) || files.Count > UploadLimits.Files)
                {
                    return ImportsProblems.FileName(given);
                }

                if (await Save(section.Body, files[name], left, cancel) is not { } size)
                {
                    return ImportsProblems.UploadTooLarge;
                }

                left -= size;
            }
            else
            {
                return ImportsProblems.PartUnknown(part);
            }
        }

        return new ImportUpload(folder, [.. files.Values], texts.GetValueOrDefault("mapping"), texts.GetValueOrDefault("expected"));
    }

    /// <summary>The size written; <see langword="null"/> when the stream is longer than the limit.</summary>
    private static async Task<long?> Save(Stream from, string path, long limit, CancellationToken cancel)
    {
        await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        var buffer = new byte[1 << 16];
        var size = 0L;
        while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            size += read;
            if (size > limit)
            {
                return null;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return size;
    }

    private static async Task<string?> Text(Stream from, CancellationToken cancel)
    {
        var buffer = new byte[UploadLimits.TextBytes + 1];
        var length = await from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length > UploadLimits.TextBytes || !System.Text.Unicode.Utf8.IsValid(buffer.AsSpan(0, length)) ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>The last part of a name, so that it can be a file here; it also stands in event ids, so it is kept as it is or refused.</summary>
    private static string? NameOf(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length is 0 or > UploadLimits.NameLength || name is "." or ".." || name.Any(char.IsControl) || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0
            ? null
            : name;
    }
}

/// <summary>Where uploads wait for their import, in the data directory of this server.</summary>
internal static class ImportFolder
{
    public static DirectoryInfo Root(CairnOptions options) => new(Path.Combine(options.Data.FullName, "imports"));

    public static DirectoryInfo Of(CairnOptions options, Guid import) => new(Path.Combine(Root(options).FullName, import.ToString("N")));

    public static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Refresh();
            if (folder.Exists)
            {
                folder.Delete(recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The sweep at the next start tries again.
        }
    }
}
