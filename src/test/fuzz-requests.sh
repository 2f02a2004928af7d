#!/usr/bin/env bash
# Sends broken requests to the page and to the metrics port: src/test/fuzz-requests.sh [REQUESTS [FIRST_SEED]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec mvn -B test -Dtest=RequestFuzzTest -Dedgecam.fuzz="${1:-100000}" -Dedgecam.fuzz.seed="${2:-1}"
