#!/usr/bin/env bash
# Measures what one more camera costs: src/test/measure-cameras.sh [SECONDS of each round]. Build it first: mvn -DskipTests package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec java -Xmx256m -Djava.awt.headless=true -cp "target/test-classes:$(cat target/localedge.classpath)" io.edgecam.e2e.CameraCost "${1:-30}"
