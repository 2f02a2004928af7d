#!/usr/bin/env bash
# Measures start-up and memory of the built module: src/test/measure-start.sh [RUNS]. Build it first: mvn -DskipTests package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec java -cp "target/test-classes:$(cat target/localedge.classpath)" io.edgecam.e2e.StartUp "${1:-5}"
