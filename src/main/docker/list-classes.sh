#!/usr/bin/env bash
# list-classes.sh JAR LIST : runs the module for some seconds and writes which classes it loads, for a class data archive.
# Two runs, because they exclude each other: with a settings file, where page, camera and the way to a store are used; and
# with a hub. Store and hub are at a port where nobody listens. What is not listed is loaded as always, only later.
set -euo pipefail
jar=$1 list=$2
folder=$(mktemp -d)
port=$((20000 + RANDOM % 10000))
module=
trap 'kill $module 2>/dev/null || true; rm -rf "$folder"' EXIT

cat >"$folder/settings.json" <<TXT
{
  "storage": {"sasUrl": "http://127.0.0.1:9/account/pictures?sv=2024-11-04&sp=cw&sig=none"},
  "spool": {"folder": "$folder/spool"},
  "cameras": {"front": {"source": "test:", "width": 320, "height": 240, "stamp": {"place": "below", "title": "front"}}},
  "web": {"port": $port, "anonymous": true}
}
TXT

# run ARGUMENT… : starts the module in the background
run() {
    java -Xshare:off -XX:+UseSerialGC -XX:DumpLoadedClassList="$folder/$1" -Djava.awt.headless=true \
        -Djdk.httpclient.allowRestrictedHeaders=content-length -jar "$jar" "${@:2}" >"$folder/log" 2>&1 &
    module=$!
}

stop() {
    kill "$module"
    wait "$module" || true
    module=
}

# ask REQUEST BODY : the first line of the page's answer, empty if there is none
ask() {
    (exec 3<>/dev/tcp/127.0.0.1/$port \
        && printf '%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
            "$1" "${#2}" "$2" >&3 \
        && read -r -t 60 line <&3 && echo "$line") 2>/dev/null || true
}

# await WORDS : until the log says so, 60 s at most
await() {
    for _ in $(seq 600); do
        if grep -q "$1" "$folder/log"; then return; fi
        sleep 0.1
    done
    echo "list-classes: the module did not say '$1' in 60 s; it said:" >&2
    cat "$folder/log" >&2
    exit 1
}

run page --settings "$folder/settings.json"
await 'ready$'
ask 'GET /' '' >/dev/null
answer=$(ask 'POST /api/pictures' '{"camera": "front", "timeoutSeconds": 5}')
await 'Storing pictures'
ask 'GET /api/status' '' >/dev/null
stop
[ -n "$answer" ] || { echo 'list-classes: the page gave no answer to an order' >&2; cat "$folder/log" >&2; exit 1; }

export EdgeHubConnectionString='HostName=localhost;DeviceId=device;ModuleId=module;GatewayHostName=localhost:9#;SharedAccessKey=bm9uZQ=='
run hub
await 'next try'
stop

# without the lines of lambdas: Java 17 dies of those whose class it leaves out
cat "$folder/page" "$folder/hub" | grep -v '^@lambda-proxy' | LC_ALL=C sort -u >"$list"
echo "list-classes: $(grep -vc '^[@#]' "$list") classes; the order was answered: $answer"
