#!/bin/sh
# Start a PostgreSQL of our own in a temporary folder, run the command on it, stop it.
set -eu
find_bin() {
  for folder in /usr/lib/postgresql/*/bin; do [ -x "$folder/initdb" ] && echo "$folder"; done | tail -n 1
}
bin=$(find_bin)
if [ -z "$bin" ]; then
  command -v apt-get >/dev/null 2>&1 || { echo "Install PostgreSQL's server programs." >&2; exit 1; }
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get update -q
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends postgresql
  bin=$(find_bin)
fi
folder=$(mktemp -d)
# The server refuses to run as root.
as() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" -eq 0 ] && chown nobody:nogroup "$folder"
cd "$folder"
as "$bin/initdb" -D "$folder/data" -U tallystick --auth=trust --no-sync -E UTF8 --locale=C >"$folder/log" 2>&1
as "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -o \
  "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
stop() { as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null; rm -rf "$folder"; }
trap stop EXIT
cd "$OLDPWD"
socket=$(printf '%s' "$folder" | sed 's|/|%2F|g')
TALLYSTICK_DATABASE="postgresql://tallystick@$socket/postgres" "$@"
