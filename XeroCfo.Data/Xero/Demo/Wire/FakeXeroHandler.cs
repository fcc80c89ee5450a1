using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>The fake Xero as the last handler of an HttpClient: no port, no network. Any host is answered.</summary>
public sealed class FakeXeroHandler(FakeXero xero) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        var uri = request.RequestUri ?? throw new InvalidOperationException("A request needs an address.");
        var answer = xero.Answer(FakeRequest.From(request.Method.Method, uri.AbsolutePath, uri.Query, headers, body));
        if (answer.NeverComes)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (answer.SentShare == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection reset by peer.");
        }

        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = answer.SentShare < 1 ? new StreamContent(new BreakingStream(bytes, (int)(bytes.Length * answer.SentShare))) : new ByteArrayContent(bytes),
        };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    /// <summary>Gives some bytes and then fails the way a lost connection does.</summary>
    private sealed class BreakingStream(byte[] bytes, int until) : MemoryStream(bytes, 0, until, writable: false)
    {
        public override int Read(Span<byte> buffer) => Checked(base.Read(buffer));

        public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Checked(base.Read(buffer.Span)));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Checked(base.Read(buffer, offset, count)));

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
            Checked(0);
        }

        private static int Checked(int read) => read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
