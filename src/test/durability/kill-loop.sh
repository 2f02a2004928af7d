#!/usr/bin/env bash
# Kills a process that spools and uploads to a real Azurite, and compares what it had acknowledged with what has arrived:
# src/test/durability/kill-loop.sh [KILLS [SEED]]. Build it first: mvn -DskipTests package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
home=$(mktemp -d "${TMPDIR:-/tmp}/edgecam-kill.XXXXXX")
trap 'rm -rf "$home"' EXIT
java -cp "target/classes:target/test-classes:$(cat target/localedge.classpath)" \
    io.edgecam.storage.KillLoop "${1:-200}" "$home" ${2:+"$2"}
