# syntax=docker/dockerfile:1
# FlowEngine as a container: one process, not root, nothing written but /data and /tmp.
#   docker build -t flowengine .

# Elsa Studio is an npm package.
FROM node:22-slim AS studio
WORKDIR /studio
COPY studio/package.json studio/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# What decides the packages comes first, so that a change of code does not restore them again.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/FlowEngine.Conversations/FlowEngine.Conversations.csproj src/FlowEngine.Conversations/packages.lock.json src/FlowEngine.Conversations/
COPY src/FlowEngine.Workflows/FlowEngine.Workflows.csproj src/FlowEngine.Workflows/packages.lock.json src/FlowEngine.Workflows/
COPY src/FlowEngine.Engine/FlowEngine.Engine.csproj src/FlowEngine.Engine/packages.lock.json src/FlowEngine.Engine/
COPY src/FlowEngine.WaSim/FlowEngine.WaSim.csproj src/FlowEngine.WaSim/packages.lock.json src/FlowEngine.WaSim/
COPY src/FlowEngine.Server/FlowEngine.Server.csproj src/FlowEngine.Server/packages.lock.json src/FlowEngine.Server/
RUN dotnet restore src/FlowEngine.Server --locked-mode

COPY LICENSE NOTICE ./
COPY flows flows
COPY src src
COPY --from=studio /studio studio
RUN dotnet publish src/FlowEngine.Server -c Release --no-restore -p:SkipStudio=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# Phone numbers, dates and languages need ICU, opening hours need the time zones: a base image without them must not get this far.
RUN test -f /usr/share/zoneinfo/Europe/Madrid && ls /usr/lib/*/libicuuc.so.* > /dev/null && mkdir /data && chown "$APP_UID" /data
WORKDIR /app
COPY --from=build /app .

ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    FlowEngine__Data=/data
USER $APP_UID
VOLUME /data
EXPOSE 8080

# The image has neither curl nor wget; the shell speaks enough HTTP. Ready, not only alive: it says when the proxy may send somebody.
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "FlowEngine.Server.dll"]
