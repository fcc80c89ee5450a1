#!/usr/bin/env bash
# Does a refused sign-in take as long for an address that nobody has as for one that somebody has?
# 100 tries each, by turns, at the usual cost of a password. Needs a build: dotnet build -c Release XeroCfo.Web
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d)
port=${PORT:-18431}
app="dotnet exec $(ls XeroCfo.Web/bin/${CONFIGURATION:-Release}/net10.0/XeroCfo.Web.dll)"
export DataDirectory="$data" Admin__Email=known@example.com Admin__Password='correct horse battery staple' Demo__Enabled=false RateLimit__SignInPerMinute=100000 ASPNETCORE_URLS="http://localhost:$port"
$app > "$data/log" 2>&1 &
server=$!
trap 'kill $server; rm -rf "$data"' EXIT
until curl -fs "http://localhost:$port/health/ready" > /dev/null; do sleep 0.2; done

try() {
  curl -s -o /dev/null -w '%{time_total}\n' -H 'Content-Type: application/json' -d "{\"email\":\"$1\",\"password\":\"not the password\"}" "http://localhost:$port/api/v1/auth/token"
}

try known@example.com > /dev/null
try nobody@example.com > /dev/null
for round in $(seq 100); do
  try known@example.com >> "$data/known"
  try nobody@example.com >> "$data/unknown"
done

median() { sort -n "$1" | awk '{ all[NR] = $1 } END { printf "%.1f", (all[NR / 2] + all[NR / 2 + 1]) * 500 }'; }
known=$(median "$data/known")
unknown=$(median "$data/unknown")
echo "known $known ms, unknown $unknown ms, apart by $(awk "BEGIN { high = $known > $unknown ? $known : $unknown; low = $known + $unknown - high; printf \"%.1f\", (high / low - 1) * 100 }") %"
