#!/usr/bin/env bash
# Cuts the power of a real ext4 file system under the spool, as far as that can be done without pulling a plug:
# src/test/durability/power-loss.sh [CUTS [SEED]], as root, with unshare, mkfs.ext4, a loop device, python3, a C compiler,
# pkg-config, libfuse3-dev and fuse3. Build the module first: mvn -DskipTests package
# The spool is filled on a disk that logs every write and flush. Then the disk is rebuilt as it was at random points of
# the log, every other time without some of the writes after the last flush, mounted, and compared with what had been
# acknowledged by then.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
missing=""
for need in unshare mkfs.ext4 losetup python3 cc pkg-config fusermount3; do
    command -v "$need" >/dev/null || missing="$missing $need"
done
if [ "$(id -u)" != 0 ] || [ -n "$missing" ] || ! unshare -m true 2>/dev/null || ! pkg-config --exists fuse3; then
    echo "not run: it needs root, unshare -m, libfuse3-dev;${missing:+ missing here:$missing}" >&2
    exit 77
fi
home=$(mktemp -d "${TMPDIR:-/tmp}/edgecam-power.XXXXXX")
trap 'rm -rf "$home"' EXIT
cc -O2 src/test/durability/faulty-disk.c -o "$home/faulty-disk" $(pkg-config fuse3 --cflags --libs)
classes="${EDGECAM_TEST_CLASSES:-target/classes:target/test-classes:$(cat target/localedge.classpath)}"
unshare -m --propagation private python3 src/test/durability/power_loss.py "$home" "$classes" "${1:-100}" "${2:-7}"
