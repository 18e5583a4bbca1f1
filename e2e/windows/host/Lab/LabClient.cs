using System.Net.Http.Headers;
using System.Text;

namespace Gangway.Bench.Lab;

/// <summary>
/// The simulated machine, asked over HTTP on loopback. Where it is and by what token stands in GANGWAY_BENCH_LAB and
/// GANGWAY_BENCH_TOKEN; whether this process is elevated, in GANGWAY_BENCH_ELEVATED.
/// </summary>
internal static class LabClient
{
    private static readonly Lazy<HttpClient> Http = new(() =>
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("GANGWAY_BENCH_TOKEN") ?? "");
        return client;
    });

    public static bool Elevated => Environment.GetEnvironmentVariable("GANGWAY_BENCH_ELEVATED") == "1";

    /// <exception cref="InvalidOperationException">There is no lab, it cannot be reached, or it answers otherwise than agreed.</exception>
    public static JsonObject Post(string path, IReadOnlyDictionary<string, object?> body)
    {
        string address = Environment.GetEnvironmentVariable("GANGWAY_BENCH_LAB")
            ?? throw new InvalidOperationException("The bench has no lab: GANGWAY_BENCH_LAB is not set.");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(address), path))
        {
            Content = new StringContent(LabJson.Write(body), Encoding.ASCII, "application/json"),
        };
        try
        {
            using HttpResponseMessage response = Http.Value.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream(), Encoding.UTF8);
            string text = reader.ReadToEnd();
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"The lab answered {(int)response.StatusCode} to {path}: {text}");
            return JsonReader.Read(text) as JsonObject
                ?? throw new InvalidOperationException($"The lab's answer to {path} is no object: {text}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ArgumentException)
        {
            throw new InvalidOperationException($"The lab could not be asked for {path}: {error.Message}", error);
        }
    }
}
