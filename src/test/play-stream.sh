#!/usr/bin/env bash
# Plays /stream.mjpeg with programs that others wrote: src/test/play-stream.sh. Each decodes pictures of the test camera;
# counted are those that differ, so that a picture that stands still counts once. Build the module first:
# mvn -DskipTests package. Programs that are missing are installed with apt-get, which needs root. Ends with 1 if one fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly wanted=10
work=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
readonly page="http://127.0.0.1:$port"
readonly stream="$page/stream.mjpeg"

missing=()
for pair in curl:curl ffmpeg:ffmpeg mpv:mpv chromium:chromium; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done
/usr/bin/python3 -c 'import cv2' 2>/dev/null || missing+=(python3-opencv)
if [ ${#missing[@]} -gt 0 ]; then
    apt-get install -y --no-install-recommends "${missing[@]}" >"$work/install.log"
fi

cat >"$work/settings.json" <<EOF
{"cameras": {"front": {"source": "test:", "width": 640, "height": 480, "framerate": 15}},
 "storage": {"folder": "$work/pictures"}, "spool": {"folder": "$work/spool"},
 "metrics": {"enabled": false}, "web": {"port": $port}}
EOF
java -jar target/edgecam.jar --settings "$work/settings.json" >"$work/module.log" 2>&1 &
module=$!
trap 'kill $module; wait $module || true; rm -rf "$work"' EXIT
curl --silent --fail --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null "$page/readyz"

failed=0
# player NAME VERSION COMMAND…: the command prints how many different pictures it saw
player() {
    local name=$1 version=$2 seen
    shift 2
    seen=$(timeout 120 "$@" 2>"$work/$name.log" | tail -n 1) || true
    if [[ $seen =~ ^[0-9]+$ ]] && [ "$seen" -ge $((wanted / 2)) ]; then
        echo "$name $version: plays, $seen different pictures"
    else
        echo "$name $version: DOES NOT PLAY (${seen:-nothing came}); $(tail -n 2 "$work/$name.log" | tr '\n' ' ')"
        failed=1
    fi
}

with_curl() {
    curl --silent --no-buffer --max-time 60 "$stream" | head -c 600000 >"$work/curl.mjpeg" || true
    /usr/bin/python3 - "$work/curl.mjpeg" <<'EOF'
import re, sys
body = open(sys.argv[1], "rb").read()
seen, at = set(), 0
for head in iter(lambda: re.compile(rb"Content-Length: (\d+)\r\n.*?\r\n\r\n", re.S).search(body, at), None):
    at = head.end() + int(head[1])
    if at <= len(body) and body[head.end():head.end() + 2] == b"\xff\xd8" and body[at - 2:at] == b"\xff\xd9":
        seen.add(body[head.end():at])
print(len(seen))
EOF
}
with_ffmpeg() {
    ffmpeg -nostdin -loglevel error -i "$stream" -fps_mode passthrough -frames:v $wanted -f framemd5 - |
        grep -v '^#' | awk '{print $NF}' | sort -u | wc -l
}
with_mpv() {
    mpv --no-config --really-quiet --ao=null --vo=image --vo-image-outdir="$work/mpv" --frames=$wanted "$stream" >&2
    sha256sum "$work"/mpv/* | cut -d ' ' -f 1 | sort -u | wc -l
}
with_opencv() {
    /usr/bin/python3 - "$stream" $wanted <<'EOF'
import cv2, hashlib, sys
video, seen = cv2.VideoCapture(sys.argv[1]), set()
for _ in range(int(sys.argv[2])):
    good, picture = video.read()
    if not good:
        sys.exit("no picture")
    seen.add(hashlib.sha256(picture.tobytes()).digest())
print(len(seen))
EOF
}
with_chromium() {
    java -cp "target/test-classes:target/classes:target/lib/*" io.edgecam.web.PlayInChromium "$page/"
}
export -f with_curl with_ffmpeg with_mpv with_opencv with_chromium
export work stream page wanted

player curl "$(curl --version | awk 'NR == 1 {print $2}')" bash -c with_curl
player ffmpeg "$(ffmpeg -version | awk 'NR == 1 {print $3}')" bash -c with_ffmpeg
player mpv "$(mpv --version | awk 'NR == 1 {print $2}')" bash -c with_mpv
player opencv "$(/usr/bin/python3 -c 'import cv2; print(cv2.__version__)')" bash -c with_opencv
player chromium "$(chromium --version | awk '{print $2}')" bash -c with_chromium
exit $failed
