#!/usr/bin/env bash
# Builds FlowEngine once and runs every test.
#
#   ./test.sh          everything; installs Chromium and PostgreSQL on Debian and Ubuntu where they are missing
#   ./test.sh --fast   without browser, PostgreSQL and long simulation
#
# The last line is "N passed, N failed" (", N skipped" if any); the exit code is 0 only when every test that ran
# passed and at least one did. With CI=true a missing browser or database fails instead of being skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# No build server and no compiler may outlive the run.
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

readonly solution=FlowEngine.sln
readonly results=artifacts/trx
readonly published=artifacts/web
readonly conformance=${FLOWENGINE_CONFORMANCE_REPORT:-$PWD/artifacts/conformance.txt}

main() {
  local fast=no
  case "${1:-}" in
    '') ;;
    --fast) fast=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac

  need_dotnet
  [ "$fast" = yes ] || install_what_the_tests_drive
  build
  [ "$fast" = yes ] || publish
  run_tests "$fast"
}

usage() { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

need_dotnet() {
  command -v dotnet >/dev/null && return
  echo "test.sh: the .NET SDK 10 is missing; see https://dotnet.microsoft.com/download" >&2
  exit 1
}

install_what_the_tests_drive() {
  if ! command -v dpkg >/dev/null || ! command -v apt-get >/dev/null; then
    say_what_to_install
    return
  fi
  local missing=() package
  command -v npm >/dev/null || missing+=(npm)
  for package in postgresql docker-compose chromium fonts-noto-core fonts-noto-color-emoji fonts-liberation; do
    installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  install_packages "${missing[@]}" || say_what_to_install "${missing[@]}"
}

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

install_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    # Never a password prompt: a script that waits for one looks hung.
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "test.sh: installing $*"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

say_what_to_install() {
  if [ $# -gt 0 ]; then
    echo "test.sh: could not install: $*. As root: apt-get install $*" >&2
    return
  fi
  cat >&2 <<'TEXT'
test.sh: packages are installed on Debian and Ubuntu only. For the whole suite please have:
  Chromium or Chrome   found on PATH, or named by FLOWENGINE_CHROMIUM
  Node.js 20 and npm   when the server is built, for the Studio's files
  PostgreSQL 15+       server binaries on PATH or in PG_BIN, or a server named by FLOWENGINE_TEST_POSTGRES
Tests that lack them are skipped with a reason.
TEXT
}

build() {
  dotnet restore "$solution" --locked-mode
  dotnet build "$solution" -c Release --no-restore
}

# Outside Development the static assets exist only in a published folder, so the browser tests drive that one.
publish() {
  rm -rf "$published"
  dotnet publish src/FlowEngine.Server -c Release --no-build -o "$published"
  export FLOWENGINE_PUBLISHED="$PWD/$published"
}

# One project after the other: two at once would fight for the processor, and reports of the same second for their name.
run_tests() {
  local fast=$1 rc=0 project
  rm -rf "$results" "$conformance"
  mkdir -p "$(dirname "$conformance")"
  export FLOWENGINE_CONFORMANCE_REPORT="$conformance"
  for project in tests/*Tests; do
    # A crashed test host leaves a short report or none, so its exit code counts as well as the reports.
    test_project "$fast" "$project" || rc=$?
  done
  [ ! -f "$conformance" ] || tail -n 1 "$conformance"
  close_with_the_counts "$rc"
}

test_project() {
  local fast=$1 project=$2
  set -- --configuration Release --no-build --logger trx --results-directory "$results/$(basename "$project")"
  [ "$fast" = no ] || set -- "$@" --filter 'Category!=Browser&Category!=Postgres&Category!=Long'
  dotnet test "$project" "$@"
}

close_with_the_counts() {
  local rc=$1 total executed passed failed skipped
  total=$(sum total) executed=$(sum executed) passed=$(sum passed)
  # The report's own "notExecuted" stays 0 when tests are skipped.
  failed=$((executed - passed)) skipped=$((total - executed))
  if [ "$total" -eq 0 ]; then
    echo "test.sh: no test ran" >&2
    rc=1
  elif [ "$failed" -gt 0 ]; then
    rc=1
  elif [ "$rc" -ne 0 ]; then
    echo "test.sh: dotnet test ended with $rc although no test failed; see its output above" >&2
  fi
  if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
  else
    echo "$passed passed, $failed failed"
  fi
  exit "$rc"
}

sum() {
  find "$results" -name '*.trx' -exec grep -ho '<Counters [^>]*' {} + 2>/dev/null |
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ s += $1 } END { print s + 0 }'
}

main "$@"
