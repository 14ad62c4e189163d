using System.Security.Cryptography;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>
/// Lets a caller repeat a write whose answer was lost: the same key and body get the same answer, another body a
/// conflict. The claim is written in the transaction of the write itself, so there is never one without the other.
/// </summary>
/// <remarks>
/// The answer is kept sealed, because it may be the one place where a secret is shown, and dropped after a day. Two
/// requests with one key at the same time: the second waits at the claim's unique key, rolls back, and gets the answer
/// of the first.
/// </remarks>
internal sealed class Idempotency(Database database, SecretBox box, Clock clock)
{
    /// <summary>The header that names the key.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>What the API reference says of it.</summary>
    public const string Meaning = "A text of your own for this write, up to 200 characters. A repeat with the same key and body within a day gets the first answer and writes nothing.";

    /// <summary>How long an answer is kept.</summary>
    public static readonly NodaTime.Duration Kept = NodaTime.Duration.FromDays(1);

    private const int LongestKey = 200;

    /// <summary>Answers a write, or repeats its answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="customer">Under whom the claim stands: whoever the write is about, the installation for a new customer.</param>
    /// <param name="body">The bytes of the request.</param>
    /// <param name="write">Does it; hands each claim the answer inside its transaction, before the ledger's entry.</param>
    public async Task<IResult> Run(HttpContext context, CustomerId customer, ReadOnlyMemory<byte> body, Func<IdempotencyClaim?, Task<IResult>> write)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var header))
        {
            return await write(null);
        }

        var key = header.ToString().Trim();
        if (key.Length is 0 or > LongestKey || !key.All(one => one is >= ' ' and <= '~'))
        {
            return ProblemResults.From(PlatformProblems.IdempotencyKeyMalformed);
        }

        var claim = new IdempotencyClaim(box, customer, context.Caller().Actor.Id, key)
        {
            Route = $"{context.Request.Method} {context.Request.Path}",
            BodyHash = SHA256.HashData(body.Span),
            At = clock.NowMilliseconds,
        };
        if (await Repeat(context, claim) is { } first)
        {
            return first;
        }

        try
        {
            return await write(claim);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && e.TableName == IdempotencyClaim.Table)
        {
            // The twin of this request was quicker; its answer is committed now.
            return await Repeat(context, claim) ?? throw new InvalidOperationException("A claim that was in the way is gone.", e);
        }
    }

    private async Task<IResult?> Repeat(HttpContext context, IdempotencyClaim claim)
    {
        var row = await database.ForCustomer(claim.Customer, work => claim.Find(work, claim.At - Kept), context.RequestAborted);
        if (row is null)
        {
            return null;
        }

        if (row.Route != claim.Route || !row.BodyHash.AsSpan().SequenceEqual(claim.BodyHash))
        {
            return ProblemResults.From(PlatformProblems.IdempotencyKeyReused);
        }

        return new FirstAnswer(row, claim.Open(row));
    }

    /// <summary>The answer to the first request, once more.</summary>
    private sealed class FirstAnswer(IdempotencyRow row, byte[] body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = row.Status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            response.Headers.ETag = row.Etag;
            response.Headers.Location = row.Location;
            response.Headers["Idempotency-Replayed"] = "true";
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}

/// <summary>A key that a write is about to claim.</summary>
internal sealed class IdempotencyClaim(SecretBox box, CustomerId customer, string caller, string key)
{
    public const string Table = "platform_idempotency";

    public CustomerId Customer { get; } = customer;

    public required string Route { get; init; }

    public required byte[] BodyHash { get; init; }

    public required NodaTime.Instant At { get; init; }

    private string Purpose => $"{Table}/{Customer}/{caller}/{key}";

    /// <summary>Keeps the answer, and drops what is older than a day. The transaction must be the write's own.</summary>
    public async Task Keep(DbWork work, object answer, string? location, string? etag, int status = StatusCodes.Status201Created)
    {
        await work.Execute(
            "delete from platform_idempotency where customer_id = @customer and created_at < @before",
            new { customer = Customer.Value, before = (At - Idempotency.Kept).ToDateTimeOffset() });
        await work.Execute(
            """
            insert into platform_idempotency (customer_id, caller, idempotency_key, route, body_hash, status, location, etag, sealed_answer, created_at)
            values (@customer, @caller, @key, @Route, @BodyHash, @status, @location, @etag, @sealedAnswer, @at)
            """,
            new
            {
                customer = Customer.Value,
                caller,
                key,
                Route,
                BodyHash,
                status,
                location,
                etag,
                sealedAnswer = box.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), ProblemResults.Json)),
                at = At.ToDateTimeOffset(),
            });
    }

    public Task<IdempotencyRow?> Find(DbWork work, NodaTime.Instant since) => work.Maybe<IdempotencyRow>(
        """
        select route, body_hash, status, location, etag, sealed_answer from platform_idempotency
        where customer_id = @customer and caller = @caller and idempotency_key = @key and created_at >= @since
        """,
        new { customer = Customer.Value, caller, key, since = since.ToDateTimeOffset() });

    public byte[] Open(IdempotencyRow row) => box.Unseal(Purpose, row.SealedAnswer);
}

/// <summary>An answer that is kept for repeats, as stored.</summary>
internal sealed class IdempotencyRow
{
    public string Route { get; init; } = "";

    public byte[] BodyHash { get; init; } = [];

    public int Status { get; init; }

    public string? Location { get; init; }

    public string? Etag { get; init; }

    public byte[] SealedAnswer { get; init; } = [];
}
