#!/usr/bin/env bash
# Attacks a module's page with slow connections in the three ways of slowhttptest, 200 at a time, and measures meanwhile how
# long the page takes to answer and how long pictures take. Each attack stands between two probes without one, for other work on
# the machine changes pictures more than an attack does; compare a line only with the two around it:
#   src/test/slow-requests.sh [SECONDS [CONNECTIONS [PORT_OF_PAGE]]]      30, 200 and a free port unless said
# Build it first: mvn -DskipTests package. Needs slowhttptest, curl (apt-get install slowhttptest curl) and python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-30}
connections=${2:-200}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=${3:-$(free_port)}
metrics=$(free_port)
for program in slowhttptest curl python3; do
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

cat > "$work/settings.json" <<JSON
{"cameras": {"front": {"source": "test:", "width": 1280, "height": 720, "framerate": 15, "warmUpSeconds": 0, "idleCloseSeconds": 0}},
 "storage": {"folder": "$work/pictures"}, "spool": {"folder": "$work/spool"},
 "web": {"port": $port}, "metrics": {"port": $metrics}}
JSON
java -Xmx128m -XX:+UseSerialGC -jar target/edgecam.jar --settings "$work/settings.json" > "$work/log" 2>&1 &
module=$!
children+=("$module")
page="http://127.0.0.1:$port"
for _ in $(seq 300); do
  curl -sf "$page/readyz" >/dev/null && break
  sleep 0.1
done
curl -sf "$page/readyz" >/dev/null || { cat "$work/log"; exit 1; }

# Asks for the page and takes a picture over and over; writes how long each took, in seconds, and what went wrong.
probe() {
  local end=$((SECONDS + $1)) times=$2
  while [ "$SECONDS" -lt "$end" ]; do
    curl -s -o /dev/null -m 20 -w 'page %{time_total} %{http_code}\n' "$page/" >> "$times" || echo 'page 20 000' >> "$times"
  done &
  local pages=$!
  while [ "$SECONDS" -lt "$end" ]; do
    curl -s -m 20 -w '\n%{http_code}\n' -X POST "$page/api/pictures" -d '{"waitFor": "spooled"}' >> "$times.pictures" || true
    sleep 0.1
  done
  wait "$pages"
}

# What a probe has measured: the page's worst answer, and what the module says of each picture.
sum_up() {
  python3 - "$1" "$2" <<'PYTHON'
import json, statistics, sys
name, times = sys.argv[1:]
pages = [line.split() for line in open(times)]
slowest = max(float(line[1]) for line in pages)
wrong = sum(1 for line in pages if line[2] != "200")
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
print(f"{name:13} page: {len(pages)} answers, slowest {slowest:.2f} s, {wrong} failed;"
      f" pictures: {len(totals)}, median {median:.0f} ms, longest {max(totals):.0f} ms, {refused} refused")
PYTHON
}

attack() {
  local name=$1
  shift
  slowhttptest -c "$connections" -r "$connections" -l "$seconds" -u "$page/$2" "${@:3}" "$1" > "$work/$name.slow" 2>&1 &
  local slow=$!
  children+=("$slow")
  probe "$seconds" "$work/$name"
  wait "$slow" || true
  sum_up "$name" "$work/$name"
  echo "              connections open at most: $(sed 's/\x1b\[[0-9;]*m//g' "$work/$name.slow" |
    grep -aoE 'connected: +[0-9]+' | grep -oE '[0-9]+' | sort -n | tail -1)"
}

# The body attack of slowhttptest names a foreign page in its Referer, so that it is refused at the head. This one does not: so
# many connections, each with a body of 16000 bytes of which one comes every 2 s, opened again when it is closed.
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

probe 10 "$work/warm-up"
quiet() {
  probe "$seconds" "$work/quiet-$1"
  sum_up 'no attack' "$work/quiet-$1"
}

quiet 1
attack 'slow headers' -H '' -i 5
quiet 2
attack 'slow body' -B api/pictures -i 5 -s 16000
quiet 3
own_body_attack
quiet 4
attack 'slow read' -X image.jpg -w 8 -y 32 -n 5 -z 8 -k 1
quiet 5
echo "after: threads $(ls "/proc/$module/task" | wc -l), open files $(ls "/proc/$module/fd" | wc -l)," \
  "$(grep VmRSS "/proc/$module/status" | tr -s '\t ' ' ')"
curl -s "http://127.0.0.1:$metrics/metrics" | grep -E '^edgecam_camera_frames_(total|dropped)' || true
