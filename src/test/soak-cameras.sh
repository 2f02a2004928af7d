#!/usr/bin/env bash
# Breaks four cameras again and again beside a healthy fifth: src/test/soak-cameras.sh [SECONDS]. Build it first:
# mvn -DskipTests package. Ends with 1 if a camera was back too late, the fifth missed a frame, or anything was left over.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec java -Xmx128m -XX:+UseSerialGC -Djava.awt.headless=true \
    -cp "target/classes:target/test-classes:target/lib/*" io.edgecam.camera.source.CameraSoak "${1:-600}"
