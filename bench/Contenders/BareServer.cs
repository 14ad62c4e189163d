using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cairn.Bench.Contenders;

/// <summary>Kestrel without anything: what the other servers of this program stand on.</summary>
internal static class BareServer
{
    /// <summary>Runs until the standard input ends, so that no server outlives the driver.</summary>
    public static async Task Run(Func<HttpContext, ReadOnlyMemory<byte>, Task> handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.Run(async context => await handle(context, await ReadAll(context.Request)));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    /// <summary>(a) Reads the JSON and writes it back.</summary>
    public static Task Echo(HttpContext context, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var to = new ArrayBufferWriter<byte>(body.Length);
        using (var writer = new Utf8JsonWriter(to))
        {
            document.WriteTo(writer);
        }

        return Answer(context, to.WrittenMemory);
    }

    public static Task Answer(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json).AsTask();
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAll(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
