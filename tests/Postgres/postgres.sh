#!/usr/bin/env bash
# A temporary PostgreSQL cluster for the tests. Other clusters of the machine are not changed.
#   new PID        creates and starts one; prints its folder and its port. It is deleted when process PID ends.
#                  Exit code 3: PostgreSQL is not installed.
#   stop FOLDER    stops it without waiting for its connections
#   start FOLDER   starts it again on the same port
#   remove FOLDER  stops and deletes it
# Its superuser is serge, and the password is secret-of-postgres.
set -euo pipefail

bin=
for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
    if [ -x "$folder/initdb" ]; then bin=$folder; fi
done
if [ -z "$bin" ]; then
    echo "PostgreSQL is not installed (on Debian: apt-get install postgresql)" >&2
    exit 3
fi

# The server refuses to run as root.
as_server=()
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id -u postgres >/dev/null 2>&1 || user=nobody
    # libfaketime shares a semaphore with child processes, which another user cannot always open: it is loaded after the change of user.
    as_server=(env -u LD_PRELOAD -u FAKETIME_SHARED runuser -u "$user" -- env ${LD_PRELOAD:+"LD_PRELOAD=$LD_PRELOAD"})
fi

# Without fsync a commit does not wait for the disk. The buffers are small, because each DROP and TRUNCATE searches
# all of them.
start() {
    (cd / && "${as_server[@]}" "$bin/pg_ctl" -D "$1/data" -l "$1/log" -w -t 30 -o "-c listen_addresses=127.0.0.1 -p $(cat "$1/port") -k '' -c fsync=off -c shared_buffers=16MB -c max_connections=200" start) >/dev/null
}

stop() {
    (cd / && "${as_server[@]}" "$bin/pg_ctl" -D "$1/data" -m "${2:-fast}" -w -t 30 stop) >/dev/null
}

remove() {
    stop "$1" immediate 2>/dev/null || true
    rm -rf "$1"
}

new() {
    folder=$(mktemp -d "${TMPDIR:-/tmp}/serge-postgres-XXXXXX")
    echo secret-of-postgres >"$folder/password"
    if [ "$(id -u)" = 0 ]; then chown -R "$user" "$folder"; fi
    (cd / && "${as_server[@]}" "$bin/initdb" -D "$folder/data" -U serge --pwfile="$folder/password" --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync) >/dev/null
    # A port below those that the system assigns. If another process uses it, the server does not start.
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        echo $((20000 + RANDOM % 12000)) >"$folder/port"
        if start "$folder"; then
            # The process that uses it may be killed; then the cluster is deleted too.
            (
                trap '' HUP INT TERM
                while kill -0 "$1" && [ -d "$folder" ]; do sleep 1; done
                remove "$folder"
            ) >/dev/null 2>&1 </dev/null &
            printf '%s\n%s\n' "$folder" "$(cat "$folder/port")"
            return
        fi
    done
    cat "$folder/log" >&2
    remove "$folder"
    exit 1
}

case ${1:-} in
    new) new "${2:?whose it is}" ;;
    start | stop | remove) "$1" "${2:?the folder}" ;;
    *) sed -n '2,8p' "$0"; exit 2 ;;
esac
