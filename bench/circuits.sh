#!/usr/bin/env bash
# What an open page with a grid of 50 rows costs the server: managed bytes after a full collection, with one page open and with many.
# Needs Chromium, and the tool dotnet-gcdump (dotnet tool install --tool-path <folder> dotnet-gcdump) on the path.
#
#   bench/circuits.sh [pages]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
pages=${1:-61}
work=$(mktemp -d)
pid=""
trap '[[ -n $pid ]] && kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

dotnet publish XeroCfo.Web --os linux -c Release -o "$work/app" -v quiet --nologo >/dev/null
dotnet build bench/XeroCfo.Benchmarks -c Release -v quiet --nologo >/dev/null
export DataDirectory="$work/data" Admin__Email=bench@xerocfo.example Admin__Password="correct horse battery" ASPNETCORE_URLS=http://127.0.0.1:5392 Circuits__PerPerson=1000
dotnet "$work/app/XeroCfo.Web.dll" >"$work/log" 2>&1 &
pid=$!
until grep -q "ended well" "$work/log"; do sleep 0.5; done

bytes() { dotnet-gcdump report -p "$pid" | awk '/GC Heap bytes/ { gsub(",", "", $1); print $1; exit }'; }

mkfifo "$work/in" "$work/out"
dotnet run --no-build -c Release --project bench/XeroCfo.Benchmarks -- circuits http://127.0.0.1:5392 "$Admin__Email" "$Admin__Password" "$pages" <"$work/in" >"$work/out" &
exec 3>"$work/in" 4<"$work/out"
read -r _ <&4
one=$(bytes)
echo >&3
read -r _ <&4
all=$(bytes)
echo >&3
printf '%d bytes with one page open, %d with %d: %d bytes a page\n' "$one" "$all" "$pages" $(((all - one) / (pages - 1)))
