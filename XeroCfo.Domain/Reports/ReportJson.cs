using System.Text.Json;
using System.Text.Json.Serialization;

namespace XeroCfo.Domain.Reports;

/// <summary>How report documents and parameters are kept: as they go over the wire, so that what was answered once is answered for ever.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions OnlySaid = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(ReportDocument document) => JsonSerializer.Serialize(document, Options);

    public static string Write(ReportParameters parameters) => JsonSerializer.Serialize(parameters, OnlySaid);

    public static ReportDocument ReadDocument(string json) => JsonSerializer.Deserialize<ReportDocument>(json, Options)!;

    public static ReportParameters ReadParameters(string? json) => json is null ? new ReportParameters() : JsonSerializer.Deserialize<ReportParameters>(json, Options)!;
}
