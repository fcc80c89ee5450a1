#!/usr/bin/env bash
# How long the published product takes from start to ready on a database that is there, and what the sign-in page and the first page
# bring over the wire (compressed, as a browser asks for them). Needs curl.
#
#   bench/startup.sh [runs]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
runs=${1:-5}
work=$(mktemp -d)
pid=""
trap '[[ -n $pid ]] && kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

dotnet publish XeroCfo.Web --os linux -c Release -o "$work/app" -v quiet --nologo >/dev/null
export DataDirectory="$work/data" Admin__Email=bench@xerocfo.example Admin__Password="correct horse battery" ASPNETCORE_URLS=http://127.0.0.1:5391 Demo__Enabled=false

start() {
    local began
    began=$(date +%s%N)
    dotnet "$work/app/XeroCfo.Web.dll" >"$work/log" 2>&1 &
    pid=$!
    until curl -fs -o /dev/null http://127.0.0.1:5391/health/ready; do sleep 0.02; done
    echo $((($(date +%s%N) - began) / 1000000))
}

start >/dev/null # makes the database
kill "$pid"; wait "$pid" 2>/dev/null || true
times=()
for ((i = 0; i < runs; i++)); do
    times+=("$(start)"); pid=$(pgrep -f "$work/app/XeroCfo.Web.dll")
    ((i + 1 < runs)) && { kill "$pid"; while [[ -d /proc/$pid ]]; do sleep 0.05; done; }
done
printf 'start to ready, ms: %s (median %s)\n' "${times[*]}" "$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")"

total=0
for path in /account/login /account.css /css/app.css /js/shell.js /_framework/blazor.web.js /_content/MudBlazor/MudBlazor.min.css /_content/MudBlazor/MudBlazor.min.js /favicon.svg; do
    size=$(curl -s -o /dev/null -w '%{size_download}' -H 'Accept-Encoding: br, gzip' "http://127.0.0.1:5391$path")
    printf '%8d bytes  %s\n' "$size" "$path"
    total=$((total + size))
done
printf '%8d bytes in all\n' "$total"
