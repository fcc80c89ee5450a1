# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# First what the packages depend on: this layer is built anew only when a version changes.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY XeroCfo.Domain/XeroCfo.Domain.csproj XeroCfo.Domain/packages.lock.json XeroCfo.Domain/
COPY XeroCfo.Data/XeroCfo.Data.csproj XeroCfo.Data/packages.lock.json XeroCfo.Data/
COPY XeroCfo.Web/XeroCfo.Web.csproj XeroCfo.Web/packages.lock.json XeroCfo.Web/
RUN dotnet restore XeroCfo.Web --os linux --locked-mode

COPY XeroCfo.Domain XeroCfo.Domain
COPY XeroCfo.Data XeroCfo.Data
COPY XeroCfo.Web XeroCfo.Web
RUN dotnet publish XeroCfo.Web --os linux --no-restore --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# The image's own user, who may write here and nowhere else.
RUN mkdir /data && chown app:app /data && chmod 700 /data
USER app
VOLUME /data

ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    DataDirectory=/data \
    SQLITE_TMPDIR=/data \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080

# The image has neither curl nor wget; bash speaks enough HTTP to ask.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["dotnet", "XeroCfo.Web.dll"]
