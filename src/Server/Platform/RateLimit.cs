using System.Collections.Concurrent;
using System.Globalization;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>How many requests a minute a key may send, in bursts as it likes: a bucket that holds a minute's worth and fills evenly.</summary>
/// <param name="Key">Whose bucket.</param>
/// <param name="PerMinute">The size of the bucket, and how much flows in within a minute.</param>
internal readonly record struct RateLimit(Guid Key, int PerMinute)
{
    /// <summary>
    /// What a key without a limit of its own may send: 20,000 requests a second. It keeps a runaway loop from taking the
    /// server for itself; the load that Cairn is built for stays well below it.
    /// </summary>
    public const int Standard = 1_200_000;

    /// <summary>How answers name the limit.</summary>
    public const string Name = "per-key";
}

/// <summary>What became of one request at the limit.</summary>
/// <param name="IsWithin">Whether it may go on.</param>
/// <param name="Remaining">Requests that the bucket still holds.</param>
/// <param name="Seconds">Until the bucket is full again; after a refusal, until it holds one request.</param>
internal readonly record struct RateVerdict(bool IsWithin, int Remaining, int Seconds);

/// <summary>
/// The buckets of this process. Several servers count apart, so that behind a load balancer a key gets its limit once a
/// server; a shared count would cost a network round trip with every request. Nothing is stored: a restart fills the buckets.
/// </summary>
internal sealed class RateLimiter(TimeProvider time)
{
    /// <summary>More buckets than this are forgotten together; each begins full again.</summary>
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<Guid, Bucket> buckets = new();

    /// <summary>Takes one request out of the key's bucket.</summary>
    public RateVerdict Take(RateLimit limit)
    {
        if (!buckets.TryGetValue(limit.Key, out var bucket))
        {
            if (buckets.Count >= Most)
            {
                buckets.Clear();
            }

            bucket = buckets.GetOrAdd(limit.Key, static (_, made) => new Bucket(made.Limit.PerMinute, made.Now), (Limit: limit, Now: time.GetTimestamp()));
        }

        return bucket.Take(limit.PerMinute, time.GetTimestamp(), time.TimestampFrequency);
    }

    private sealed class Bucket(int perMinute, long now)
    {
        private const double MinuteSeconds = 60;

        private readonly Lock gate = new();
        private double tokens = perMinute;
        private long at = now;

        public RateVerdict Take(int size, long moment, long frequency)
        {
            var perSecond = size / MinuteSeconds;
            lock (gate)
            {
                if (moment > at)
                {
                    tokens += (moment - at) / (double)frequency * perSecond;
                    at = moment;
                }

                // Also when the limit of the key was lowered since.
                tokens = Math.Min(tokens, size);
                if (tokens < 1)
                {
                    return new RateVerdict(false, 0, Math.Max(1, (int)Math.Ceiling((1 - tokens) / perSecond)));
                }

                tokens--;
                return new RateVerdict(true, (int)tokens, (int)Math.Ceiling((size - tokens) / perSecond));
            }
        }
    }
}

/// <summary>How a limit is told: the fields of draft-ietf-httpapi-ratelimit-headers-11 on every answer to a key, and the refusal.</summary>
internal static class RateLimitAnswer
{
    private const string PolicyHeader = "RateLimit-Policy";
    private const string Header = "RateLimit";

    private static readonly string StandardPolicy = Policy(RateLimit.Standard);

    /// <summary>Writes the two fields.</summary>
    public static void Tell(HttpResponse response, RateLimit limit, RateVerdict verdict)
    {
        response.Headers[PolicyHeader] = limit.PerMinute == RateLimit.Standard ? StandardPolicy : Policy(limit.PerMinute);
        response.Headers[Header] = string.Create(CultureInfo.InvariantCulture, $"\"{RateLimit.Name}\";r={verdict.Remaining};t={verdict.Seconds}");
    }

    public static Problem Refusal(RateLimit limit, RateVerdict verdict) => new(
        ProblemKind.TooMany,
        "rate-limited",
        $"This key may send {limit.PerMinute} requests a minute and has sent them. Wait {verdict.Seconds} s, or send events in batches; an operator can raise the limit of the key.")
    {
        Extensions = new Dictionary<string, object?>
        {
            ["violated-policies"] = new[] { RateLimit.Name },
            ["retryAfter"] = verdict.Seconds,
        },
    };

    private static string Policy(int perMinute) => string.Create(CultureInfo.InvariantCulture, $"\"{RateLimit.Name}\";q={perMinute};w=60");
}
