#!/usr/bin/env bash
# Starts the local edge for a module that is run from an editor: src/localedge/start.sh [OPTION ...], see docs/local-edge.md.
# What that module needs in its environment goes to target/local-edge.env. Build first: mvn -DskipTests package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ -f target/localedge.classpath ] || { echo 'local-edge: nothing is built yet: mvn -DskipTests package' >&2; exit 1; }
environment=target/local-edge.env
rm -f "$environment"
java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "target/test-classes:$(cat target/localedge.classpath)" \
    io.edgecam.localedge.Main "$@" | while IFS= read -r line; do
    case $line in
        EdgeHubConnectionString=* | EdgeModuleCACertificateFile=*) tr -d "'" <<<"$line" >>"$environment" ;;
    esac
    printf '%s\n' "$line"
done
