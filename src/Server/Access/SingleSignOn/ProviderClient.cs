using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>The provider did not answer, or not as it should. The message is for the program's log and holds no secret.</summary>
internal sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Asks the configured provider for JSON. It goes to no address but those that the operator's issuer names, follows no
/// redirect, uses no proxy, and reads no more than it needs.
/// </summary>
internal sealed class ProviderClient(ProviderOptions options) : IDisposable
{
    /// <summary>More than the largest document of a provider.</summary>
    private const int Largest = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
        AutomaticDecompression = DecompressionMethods.None,
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = Largest,
    };

    /// <exception cref="ProviderException">It does not answer with JSON and success.</exception>
    public Task<JsonElement> Get(Uri address, string? accessToken, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        return Ask(request, cancel);
    }

    /// <summary>Sends a form with our own name and secret, where there is one (RFC 6749, 2.3.1).</summary>
    /// <exception cref="ProviderException">It does not answer with JSON and success.</exception>
    public Task<JsonElement> Post(Uri address, IReadOnlyDictionary<string, string> form, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        var sent = new Dictionary<string, string>(form);
        if (options.ClientSecret is { } secret)
        {
            var pair = $"{WebUtility.UrlEncode(options.ClientId)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            sent["client_id"] = options.ClientId;
        }

        request.Content = new FormUrlEncodedContent(sent);
        return Ask(request, cancel);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> Ask(HttpRequestMessage request, CancellationToken cancel)
    {
        var place = request.RequestUri!.GetLeftPart(UriPartial.Path);
        if (!ProviderOptions.IsAllowed(request.RequestUri, options.AllowsLoopback))
        {
            throw new ProviderException($"{place} is no https address.");
        }

        using (request)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            try
            {
                using var answer = await http.SendAsync(request, cancel);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new ProviderException($"{place} answered {(int)answer.StatusCode}.");
                }

                using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
                return document.RootElement.Clone();
            }
            catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                throw new ProviderException($"{place} did not answer with JSON: {e.GetType().Name}.", e);
            }
        }
    }
}
