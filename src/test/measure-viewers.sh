#!/usr/bin/env bash
# Measures 64 viewers of one camera beside 10 that never read: src/test/measure-viewers.sh [SECONDS of each round]. Build
# it first: mvn -DskipTests package. Ends with 1 if a viewer got less than 95 % of the pictures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec java -Xmx256m -Djava.awt.headless=true -Djava.io.tmpdir="${TMPDIR:-/tmp}" \
    -cp "target/classes:target/test-classes:target/lib/*:$(cat target/localedge.classpath)" io.edgecam.web.CrowdSpeed "${1:-20}"
