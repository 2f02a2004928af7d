#!/usr/bin/env bash
# Builds the last commit twice, in two folders and as differently as one machine allows, and compares: src/test/reproducible.sh
# The two differ in folder, umask, time zone, language, and the order in which the file system lists files may differ too.
# Exit code 1 if a byte of what is released differs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# build CLONE UMASK TIME-ZONE LANGUAGE : prints the sums of what came of it
build() (
    umask "$2"
    export TZ=$3 LC_ALL=C.UTF-8
    export JAVA_TOOL_OPTIONS="-Duser.timezone=$3 -Duser.language=$4"
    git clone -q . "$folder/$1"
    cd "$folder/$1"
    src/main/release.sh --trial >&2
    sha256sum target/edgecam.jar target/release/*.tar.gz target/release/*.cdx.json
)

build one 022 UTC en >"$folder/one.sums"
build 'quite/another place' 077 Asia/Kathmandu tr >"$folder/two.sums"

cat "$folder/one.sums"
if ! diff "$folder/one.sums" "$folder/two.sums"; then
    echo 'the two builds differ' >&2
    exit 1
fi
echo 'both builds gave the same bytes'
