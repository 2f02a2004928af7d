#!/usr/bin/env bash
# Hours of work pressed together: src/test/durability/soak.sh [PICTURES]. 2,160 of each of two cameras are what six hours at
# six a minute are. The whole demo runs, module, local edge and Azurite; now and then the store or the hub stands still for some
# seconds. Ends with 1 if memory, threads or open files grow, or if a picture is missing. Needs what ./demo needs, and curl, jq.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
rounds=${1:-2160}
said=$(mktemp)
figures=$(mktemp)
# A session of its own: a stopped process in ours would end us all by SIGHUP if the caller goes away.
setsid ./demo >"$said" 2>&1 &
demo=$!
# shellcheck disable=SC2329  # run by the trap
end() {
    kill -CONT "$azurite" "$demo" 2>/dev/null || true
    kill -TERM "$demo" 2>/dev/null || true
    wait "$demo" 2>/dev/null || true
    rm -f "$said" "$figures"
}
azurite=
trap end EXIT
until grep -q '^ready' "$said"; do
    kill -0 "$demo" 2>/dev/null || { cat "$said" >&2; exit 1; }
    sleep 1
done
page=$(sed -n 's/^page \(http[^ ]*\).*/\1/p' "$said" | head -n 1)
module=$(pgrep -P "$demo" -f edgecam.jar)
azurite=$(pgrep -P "$demo" -f azurite)
./demo twin '{"telemetry": {"heartbeatSeconds": 5}, "cameras": {"front": {"idleCloseSeconds": 0}, "yard": {"idleCloseSeconds": 0}}}' >/dev/null

sample() { # ROUND
    printf '%s %s %s %s\n' "$1" \
        "$(awk '/^VmRSS:/ { print int($2 / 1024) }' "/proc/$module/status")" \
        "$(awk '/^Threads:/ { print $2 }' "/proc/$module/status")" \
        "$(find "/proc/$module/fd" -mindepth 1 | wc -l)" | tee -a "$figures"
}

still() { # PID SECONDS
    kill -STOP "$1"
    (sleep "$2"; kill -CONT "$1") &
}

counted() { # WORD: how many pictures of both cameras, as the ledger says; it remembers earlier runs
    ./demo call getLedger | jq ".payload.$1"
}
expected=$(counted expected)
uploaded=$(counted uploaded)

echo 'round, resident MB, threads, open files'
refused=0
start=$SECONDS
for ((round = 1; round <= rounds; round++)); do
    status=$(curl -s -m 60 -o /dev/null -w '%{http_code}' -X POST -H 'Content-Type: application/json' \
        -d '{"camera": "*", "waitFor": "spooled"}' "${page%/}/api/pictures")
    [ "$status" = 200 ] || refused=$((refused + 1))
    case $((round % 240)) in
        80) still "$azurite" 8 ;;
        160) still "$demo" 8 ;;
        40 | 120 | 200 | 0) sample "$round" ;;
    esac
done
seconds=$((SECONDS - start))
for ((look = 0; look < 120; look++)); do
    [ "$(counted spooled)" = 0 ] && break
    sleep 1
done
expected=$(($(counted expected) - expected))
uploaded=$(($(counted uploaded) - uploaded))
echo "$rounds rounds of two cameras in $seconds s, $refused not answered with 200; $expected expected, $uploaded uploaded"
[ "$expected" = $((2 * rounds)) ] && [ "$uploaded" = "$expected" ] || {
    echo 'pictures are missing' >&2
    exit 1
}
# The middle third against the last.
awk '{ rss[NR] = $2; threads[NR] = $3; files[NR] = $4 }
    function mean(of, from, to,   i, sum) { for (i = from; i <= to; i++) sum += of[i]; return sum / (to - from + 1) }
    END {
        third = int(NR / 3)
        for (i = 1; i <= 3; i++) { from = (i - 1) * third + 1; to = i * third
            printf "third %d: %.0f MB resident, %.0f threads, %.0f open files\n", i, mean(rss, from, to), mean(threads, from, to), mean(files, from, to) }
        grown = mean(rss, 2 * third + 1, NR) > 1.1 * mean(rss, third + 1, 2 * third) \
            || mean(threads, 2 * third + 1, NR) > 4 + mean(threads, third + 1, 2 * third) \
            || mean(files, 2 * third + 1, NR) > 8 + mean(files, third + 1, 2 * third)
        if (grown) print "memory, threads or files grow"
        exit grown
    }' "$figures"
