#!/usr/bin/env bash
# Runs the lead-turn benchmark against a published FlowEngine.
#   LEAD_TURN=<folder of the benchmark's driver.mjs> tests/FlowEngine.Benchmarks/lead-turn.sh <published server folder> [driver options …]
# DATABASE=postgres   a throwaway cluster that waits for the disk (fsync on) instead of SQLite; metered as "db"
# NODES=2             that many servers on it, with a proxy before them that hands each delivery to the next one (spread.mjs; not metered)
# KILL=b              which node --kill-at hits (default a); it is started again on the same data
# Servers, data and logs live in a temporary folder and end with this script.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
server=$(cd "$1" && pwd)
shift
driver=${LEAD_TURN:?set LEAD_TURN to the folder of driver.mjs}
database=${DATABASE:-sqlite}
nodes=${NODES:-1}
port=${PORT:-5080}
hit=${KILL:-a}
work=$(mktemp -d)
letters=(a b c d e f g h)
[ "$nodes" -eq 1 ] || [ "$database" = postgres ] || { echo "NODES=$nodes needs DATABASE=postgres" >&2; exit 2; }

stop() {
  for pid in "$work"/*.pid; do
    if [ -f "$pid" ]; then kill "$(cat "$pid")" 2>/dev/null || true; fi
  done
  sleep 1
  tail -q -n "${LOG_LINES:-0}" "$work"/*.log >&2 2>/dev/null || true
  if [ -n "${db:-}" ]; then kill -INT "$db" 2>/dev/null || true; while kill -0 "$db" 2>/dev/null; do sleep 0.1; done; fi
  rm -rf "$work"
}
trap stop EXIT

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }

start_postgres() {
  local bin dbport=$((port + 100))
  bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
  chmod 755 "$work"
  mkdir "$work/pg"
  [ "$(id -u)" -ne 0 ] || chown postgres "$work/pg"
  as_postgres "$bin/initdb" -D "$work/pg/data" -U fe -A trust -E UTF8 --locale=C.UTF-8 --no-instructions > "$work/pg.log"
  as_postgres "$bin/postgres" -D "$work/pg/data" -p "$dbport" -c listen_addresses=127.0.0.1 -k "$work/pg" -c max_connections=200 >> "$work/pg.log" 2>&1 &
  until "$bin/pg_isready" -q -h 127.0.0.1 -p "$dbport"; do kill -0 $!; sleep 0.1; done
  db=$(head -n 1 "$work/pg/data/postmaster.pid")
  "$bin/createdb" -h 127.0.0.1 -p "$dbport" -U fe bench
  connection="Host=127.0.0.1;Port=$dbport;Username=fe;Database=bench"
}

# One script a node, so that the driver can start a killed one again.
write_start() {
  local name=$1 at=$2
  cat > "$work/start-$name.sh" <<START
#!/bin/sh
cd "$work"
export ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS=http://127.0.0.1:$at FlowEngine__Node__Name=$name FlowEngine__Data="$work/data-$name" FlowEngine__Flows__Folder="$here/flows"
export ConnectionStrings__FlowEngine="${connection:-}"
export FlowEngine__Admin__Password=benchmark-only-1 Logging__LogLevel__Default=Warning
export FlowEngine__Departments__0__Key=ventas FlowEngine__Departments__1__Key=soporte FlowEngine__Departments__2__Key=facturacion
export FlowEngine__Connections__0__Key=bench FlowEngine__Connections__0__Name=bench FlowEngine__Connections__0__Kind=whatsapp FlowEngine__Connections__0__Flow=lead-turn
export FlowEngine__Connections__0__PhoneNumberId=109000000000001 FlowEngine__Connections__0__BusinessAccountId=209000000000001
export FlowEngine__Connections__0__AppSecret=app-secret FlowEngine__Connections__0__AccessToken=bench-token FlowEngine__Connections__0__VerifyToken=bench
export FlowEngine__Connections__0__GraphBaseUrl=http://127.0.0.1:9099
export FlowEngine__Webhooks__0__Url=http://127.0.0.1:9099/handoff FlowEngine__Webhooks__0__Events=conversation.handedOff
nohup dotnet "$server/FlowEngine.Server.dll" >> "$work/$name.log" 2>&1 &
echo \$! > "$work/$name.pid"
START
  chmod +x "$work/start-$name.sh"
}

await_ready() {
  local at=$1
  for _ in $(seq 1 300); do
    if node -e "fetch('http://127.0.0.1:$at/health/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"; then return; fi
    sleep 0.2
  done
  echo "The node on port $at did not become ready." >&2
  exit 1
}

[ "$database" = sqlite ] || start_postgres
base=$port
meters=()
ports=()
for i in $(seq 0 $((nodes - 1))); do
  name=${letters[$i]}
  at=$((nodes == 1 ? port : port + 1 + i))
  ports+=("$at")
  write_start "$name" "$at"
  "$work/start-$name.sh"
done
for at in "${ports[@]}"; do await_ready "$at"; done
# The driver follows the first meter to the new process after a kill.
meters+=(--pid "$hit=$(cat "$work/$hit.pid")")
for i in $(seq 0 $((nodes - 1))); do
  name=${letters[$i]}
  if [ "$name" != "$hit" ]; then meters+=(--pid "$name=$(cat "$work/$name.pid")"); fi
done
if [ -n "${db:-}" ]; then meters+=(--pid "db=$db"); fi
if [ "$nodes" -gt 1 ]; then
  node "$here/spread.mjs" "$base" "${ports[@]}" &
  echo $! > "$work/spread.pid"
fi
node "$driver/driver.mjs" --target flowengine --base "http://127.0.0.1:$base" --connection bench --phone-id 109000000000001 --secret app-secret \
  "${meters[@]}" --pid-file "$work/$hit.pid" --restart "$work/start-$hit.sh" "$@"
