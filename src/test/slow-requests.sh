#!/usr/bin/env bash
# Attacks a module's page and its metrics with slow connections in the three ways of slowhttptest, 200 at a time, and the page
# of a second module, which is encrypted, with as many that stall in the handshake. Measures meanwhile how long page and metrics
# take to answer and how long pictures take. Each attack stands between two probes without one, for other work on the machine
# changes pictures more than an attack does; compare a line only with the two around it:
#   src/test/slow-requests.sh [SECONDS [CONNECTIONS]]      30 and 200 unless said
# Build it first: mvn -DskipTests package. Needs slowhttptest, curl, openssl (apt-get install slowhttptest curl openssl), python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-30}
connections=${2:-200}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
for program in slowhttptest curl openssl python3; do
  command -v "$program" >/dev/null || { echo "$program is not installed: apt-get install $program" >&2; exit 77; }
done

work=$(mktemp -d)
children=()
stop() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap stop EXIT

# Starts a module in a folder of its own, with these variables; sets module, port, page and metrics.
start() {
  local own=$work/$1 scheme=$2
  shift 2
  mkdir "$own"
  port=$(free_port)
  metrics_port=$(free_port)
  page="$scheme://127.0.0.1:$port"
  metrics="http://127.0.0.1:$metrics_port/metrics"
  cat > "$own/settings.json" <<JSON
{"cameras": {"front": {"source": "test:", "width": 1280, "height": 720, "framerate": 15, "warmUpSeconds": 0, "idleCloseSeconds": 0}},
 "storage": {"folder": "$own/pictures"}, "spool": {"folder": "$own/spool"},
 "web": {"port": $port}, "metrics": {"port": $metrics_port}}
JSON
  env "$@" java -Xmx128m -XX:+UseSerialGC -jar target/edgecam.jar --settings "$own/settings.json" > "$own/log" 2>&1 &
  module=$!
  children+=("$module")
  for _ in $(seq 300); do
    curl -ksf "$page/readyz" >/dev/null && return
    sleep 0.1
  done
  cat "$own/log"
  exit 1
}

# Asks for the page and the metrics and takes a picture, over and over; writes how long each took, in seconds, and how it ended.
probe() {
  local end=$((SECONDS + $1)) times=$2
  while [ "$SECONDS" -lt "$end" ]; do
    curl -ks -o /dev/null -m 20 -w 'page %{time_total} %{http_code}\n' "$page/" >> "$times" || echo 'page 20 000' >> "$times"
  done &
  local pages=$!
  while [ "$SECONDS" -lt "$end" ]; do
    curl -s -o /dev/null -m 60 -w 'metrics %{time_total} %{http_code}\n' "$metrics" >> "$times" || echo 'metrics 60 000' >> "$times"
    sleep 0.1
  done &
  local scrapes=$!
  while [ "$SECONDS" -lt "$end" ]; do
    curl -ks -m 20 -w '\n%{http_code}\n' -X POST "$page/api/pictures" -d '{"waitFor": "spooled"}' >> "$times.pictures" || true
    sleep 0.1
  done
  wait "$pages" "$scrapes"
}

# What a probe has measured: the page's worst answer, and what the module says of each picture.
sum_up() {
  python3 - "$1" "$2" <<'PYTHON'
import json, statistics, sys
name, times = sys.argv[1:]
lines = [line.split() for line in open(times)]
def asked(what):
    mine = [line for line in lines if line[0] == what]
    slowest = max((float(line[1]) for line in mine), default=0)
    wrong = sum(1 for line in mine if line[2] != "200")
    return f"{what}: {len(mine)} answers, slowest {slowest:.2f} s, {wrong} failed"
totals = []
refused = 0
for line in open(times + ".pictures"):
    if line.startswith("{"):
        answer = json.loads(line)
        if "pictures" in answer:
            totals.append(answer["pictures"][0]["timingsMs"]["total"])
        else:
            refused += 1
median = statistics.median(totals)
print(f"{name:16} {asked('page')}; {asked('metrics')};"
      f" pictures: {len(totals)}, median {median:.0f} ms, longest {max(totals):.0f} ms, {refused} refused")
PYTHON
}

attack() {
  local name=$1 url=$2
  shift 2
  slowhttptest -c "$connections" -r "$connections" -l "$seconds" -u "$url" "$@" > "$work/$name.slow" 2>&1 &
  local slow=$!
  children+=("$slow")
  probe "$seconds" "$work/$name"
  wait "$slow" || true
  sum_up "$name" "$work/$name"
  echo "              connections open at most: $(sed 's/\x1b\[[0-9;]*m//g' "$work/$name.slow" |
    grep -aoE 'connected: +[0-9]+' | grep -oE '[0-9]+' | sort -n | tail -1)"
}

# slowhttptest names a foreign page as its Referer, so that its bodies would be refused at their heads. Its header Accept carries a
# second line for it, which says that a page of our own asks.
own_page=$'*/*\r\nSec-Fetch-Site: same-origin'

# Another body attack: so many connections, each with a body of 16000 bytes of which one comes every 2 s, opened again when it is
# closed; slowhttptest gives up then.
own_body_attack() {
  python3 - "$port" "$connections" "$seconds" > "$work/own.slow" <<'PYTHON' &
import socket, sys, time
port, count, seconds = map(int, sys.argv[1:])
head = b"POST /api/pictures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 16000\r\n\r\n"
def begin():
    one = socket.create_connection(("127.0.0.1", port), 5)
    one.sendall(head)
    return one
open_ones = [begin() for _ in range(count)]
end = time.monotonic() + seconds
again = 0
while time.monotonic() < end:
    for i, one in enumerate(open_ones):
        try:
            one.sendall(b" ")
        except OSError:
            open_ones[i] = begin()
            again += 1
    time.sleep(2)
print(count, "at all times,", again, "were closed by the page and opened again")
PYTHON
  local slow=$!
  children+=("$slow")
  probe "$seconds" "$work/own"
  wait "$slow" || true
  sum_up 'own slow body' "$work/own"
  echo "              connections open: $(cat "$work/own.slow")"
}

# So many encrypted connections that never come to an end of their handshake, in three ways: silent, the beginning of the hello,
# the whole hello and no answer to what comes. Opened again when they are closed.
handshake_attack() {
  python3 - "$port" "$connections" "$seconds" > "$work/handshake.slow" <<'PYTHON' &
import socket, ssl, sys, time
port, count, seconds = map(int, sys.argv[1:])
there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
try:
    ssl._create_unverified_context().wrap_bio(there, back).do_handshake()
except ssl.SSLWantReadError:
    hello = back.read()
def begin(i):
    one = socket.create_connection(("127.0.0.1", port), 20)
    one.sendall([b"", hello[:50], hello][i % 3])
    one.setblocking(False)
    return one
def is_closed(one):
    try:
        while True:
            if not one.recv(65536):
                return True
    except BlockingIOError:
        return False
    except OSError:
        return True
open_ones = [begin(i) for i in range(count)]
end = time.monotonic() + seconds
again = 0
while time.monotonic() < end:
    for i, one in enumerate(open_ones):
        if is_closed(one):
            one.close()
            open_ones[i] = begin(i)
            again += 1
    time.sleep(1)
print(count, "at all times,", again, "were closed by the page and opened again")
PYTHON
  local slow=$!
  children+=("$slow")
  probe "$seconds" "$work/handshake"
  wait "$slow" || true
  sum_up 'handshakes' "$work/handshake"
  echo "              connections open: $(cat "$work/handshake.slow")"
}

quiet() {
  probe "$seconds" "$work/quiet-$1"
  sum_up 'no attack' "$work/quiet-$1"
}

after() {
  echo "after: threads $(ls "/proc/$module/task" | wc -l), open files $(ls "/proc/$module/fd" | wc -l)," \
    "$(grep VmRSS "/proc/$module/status" | tr -s '\t ' ' ')"
  curl -s "$metrics" | grep -E '^edgecam_camera_frames_(total|dropped)' || true
}

echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
start plain http EDGECAM_LOG_LEVEL=INFO
probe 10 "$work/warm-up"
quiet 1
attack 'slow headers' "$page/" -H -i 5
quiet 2
attack 'slow body' "$page/api/pictures" -B -i 5 -s 16000 -m "$own_page"
quiet 3
own_body_attack
quiet 4
attack 'slow read' "$page/image.jpg" -X -w 8 -y 32 -n 5 -z 8 -k 1
quiet 5
attack 'metrics: headers' "$metrics" -H -i 5
quiet 6
attack 'metrics: body' "$metrics" -B -i 5 -s 16000
quiet 7
attack 'metrics: read' "$metrics" -X -w 8 -y 32 -n 5 -z 8 -k 1
quiet 8
after
kill "$module"
wait "$module" || true

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
  -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
start encrypted https "EDGECAM_TLS_CERTIFICATE=$work/certificate.pem" "EDGECAM_TLS_KEY=$work/key.pem"
probe 10 "$work/warm-up-tls"
quiet 9
handshake_attack
quiet 10
after
echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
