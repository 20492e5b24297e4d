#!/usr/bin/env bash
# Runs the lead-turn benchmark against a published FlowEngine on SQLite.
#   LEAD_TURN=<folder of the benchmark's driver.mjs> tests/FlowEngine.Benchmarks/lead-turn.sh <published server folder> [driver options …]
# The server, its data and its log live in a temporary folder and end with this script. With --kill-at in the options the server is killed
# with SIGKILL and started again on the same data.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
server=$(cd "$1" && pwd)
shift
driver=${LEAD_TURN:?set LEAD_TURN to the folder of driver.mjs}
port=${PORT:-5080}
work=$(mktemp -d)
cat > "$work/start.sh" <<START
#!/bin/sh
cd "$work"
export ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS=http://127.0.0.1:$port FlowEngine__Data="$work/data" FlowEngine__Flows__Folder="$here/flows"
export FlowEngine__Admin__Password=benchmark-only-1 Logging__LogLevel__Default=Warning
export FlowEngine__Departments__0__Key=ventas FlowEngine__Departments__1__Key=soporte FlowEngine__Departments__2__Key=facturacion
export FlowEngine__Connections__0__Key=bench FlowEngine__Connections__0__Name=bench FlowEngine__Connections__0__Kind=whatsapp FlowEngine__Connections__0__Flow=lead-turn
export FlowEngine__Connections__0__PhoneNumberId=109000000000001 FlowEngine__Connections__0__BusinessAccountId=209000000000001
export FlowEngine__Connections__0__AppSecret=app-secret FlowEngine__Connections__0__AccessToken=bench-token FlowEngine__Connections__0__VerifyToken=bench
export FlowEngine__Connections__0__GraphBaseUrl=http://127.0.0.1:9099
export FlowEngine__Webhooks__0__Url=http://127.0.0.1:9099/handoff FlowEngine__Webhooks__0__Events=conversation.handedOff
nohup dotnet "$server/FlowEngine.Server.dll" >> "$work/log" 2>&1 &
echo \$! > "$work/pid"
START
chmod +x "$work/start.sh"
stop() { kill "$(cat "$work/pid")" 2>/dev/null || true; sleep 1; tail -n "${LOG_LINES:-0}" "$work/log" >&2; rm -rf "$work"; }
trap stop EXIT
"$work/start.sh"
for _ in $(seq 1 300); do
  node -e "fetch('http://127.0.0.1:$port/health/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))" && break
  sleep 0.2
done
node "$driver/driver.mjs" --target flowengine --base "http://127.0.0.1:$port" --connection bench --phone-id 109000000000001 --secret app-secret \
  --pid "server=$(cat "$work/pid")" --pid-file "$work/pid" --restart "$work/start.sh" "$@"
