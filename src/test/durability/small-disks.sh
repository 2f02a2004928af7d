#!/usr/bin/env bash
# What the spool does on small real disks that are full, out of inodes, read-only for a while, or broken (EIO):
# src/test/durability/small-disks.sh, as root, with unshare, mkfs.ext4 and loop devices; for EIO also a C compiler,
# pkg-config, libfuse3-dev and fuse3. Build the module first: mvn -DskipTests package
# It mounts in a name space of its own, so nothing is left behind on the host.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
if [ "${1:-}" != --inside ]; then
    if [ "$(id -u)" != 0 ] || ! unshare -m true 2>/dev/null; then
        echo "not run: mounting needs root and a mount name space (unshare -m)" >&2
        exit 77
    fi
    exec unshare -m --propagation private bash "${BASH_SOURCE[0]}" --inside
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/edgecam-disks.XXXXXX")
disk=$home/disk
broken=$home/broken
loop=""
pid=""
mkdir "$disk" "$home/fuse"
leave() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    chattr -i "$disk/spool" 2>/dev/null || true
    umount -l "$disk" 2>/dev/null || true
    [ -z "$loop" ] || losetup -d "$loop" 2>/dev/null || true
    fusermount3 -u "$home/fuse" 2>/dev/null || true
    rm -rf "$home"
}
trap leave EXIT
failed=0

# mill COUNT MAXBYTES PAUSEMILLIS WHENFULL: keeps pictures in $disk/spool, what it says goes to $home/said
mill() {
    java -XX:TieredStopAtLevel=1 -cp "$classes" io.edgecam.storage.PictureMill \
        "$disk/spool" 1 "$1" "$2" "$3" "$4" >"$home/said" 2>"$home/log"
}
await_pictures() { # await_pictures COUNT: until the mill has kept so many
    until [ "$(grep -c '^spooled' "$home/said")" -ge "$1" ]; do sleep 0.1; done
}
classes="${EDGECAM_TEST_CLASSES:-target/classes:target/test-classes:$(cat target/localedge.classpath)}"
judge() { # judge NAME EXPECTED-OF-REFUSED(0|+)
    local verdict
    verdict=$(java -cp "$classes" io.edgecam.storage.SpoolJudge "$disk/spool" <"$home/said" | grep -v '^<') || failed=1
    echo "$1: $verdict"
    grep -m1 '^refused' "$home/said" | cut -c1-300 | sed 's/^/    /' || true
    if ! grep -q '^ended' "$home/said"; then echo "    DID NOT END"; failed=1; fi
    if ! grep -q '^spooled' "$home/said"; then echo "    KEPT NOTHING"; failed=1; fi
    if [ "$2" = 0 ] && grep -q '^refused' "$home/said"; then echo "    REFUSED PICTURES"; failed=1; fi
    if [ "$2" = + ] && ! grep -q '^refused' "$home/said"; then echo "    THE FAULT DID NOT SHOW"; failed=1; fi
    if ! grep '^spooled\|^refused' "$home/said" | tail -1 | grep -q "^${3:-spooled}"; then
        echo "    DID NOT END WITH ${3:-spooled}"; failed=1
    fi
}
huge=1000000000

mount -t tmpfs -o size=2m,mode=0700 tmpfs "$disk"
mill 60 $huge 0 OVERWRITE_OLDEST; judge "tmpfs of 2 MB, full, overwriteOldest" 0; umount "$disk"
mount -t tmpfs -o size=2m,mode=0700 tmpfs "$disk"
mill 60 $huge 0 REJECT_NEW; judge "tmpfs of 2 MB, full, rejectNew" + refused; umount "$disk"
mount -t tmpfs -o size=40m,nr_inodes=12 tmpfs "$disk"
mill 40 $huge 0 OVERWRITE_OLDEST; judge "tmpfs with 12 inodes, overwriteOldest" 0; umount "$disk"
mount -t tmpfs -o size=40m,nr_inodes=12 tmpfs "$disk"
mill 40 $huge 0 REJECT_NEW; judge "tmpfs with 12 inodes, rejectNew" + refused; umount "$disk"

truncate -s 8M "$home/image"
mkfs.ext4 -q -F -m 0 "$home/image"
mount -o loop "$home/image" "$disk"
mill 150 $huge 0 OVERWRITE_OLDEST; judge "ext4 of 8 MB, full, overwriteOldest" 0; umount "$disk"
mkfs.ext4 -q -F -m 0 -N 24 "$home/image"
mount -o loop "$home/image" "$disk"
mill 60 $huge 0 OVERWRITE_OLDEST; judge "ext4 with few inodes, overwriteOldest" 0; umount "$disk"

mkfs.ext4 -q -F -m 0 -N 200 "$home/image"
mount -o loop "$home/image" "$disk"
: >"$home/said"; mill 50 3000000 100 OVERWRITE_OLDEST & pid=$!
await_pictures 10; chattr +i "$disk/spool"; sleep 2; chattr -i "$disk/spool"; wait $pid
judge "ext4, folder made immutable for 2 s" +; umount "$disk"

# a plain remount is refused while the spool holds its lock file; ext4 goes read-only by itself after an error
mkfs.ext4 -q -F -m 0 -N 200 "$home/image"
mount -o loop "$home/image" "$disk"
: >"$home/said"; mill 50 3000000 100 OVERWRITE_OLDEST & pid=$!
await_pictures 10; mount -o remount,abort "$disk"; wait $pid
umount "$disk"; e2fsck -fy "$home/image" >/dev/null 2>&1 || true; mount -o loop "$home/image" "$disk"
judge "ext4, gone read-only" + refused; umount "$disk"

if ! command -v fusermount3 >/dev/null || ! pkg-config --exists fuse3; then
    echo "EIO: not run, it needs libfuse3-dev and fuse3"
    exit $failed
fi
cc -O2 "$(dirname "${BASH_SOURCE[0]}")/faulty-disk.c" -o "$home/faulty-disk" $(pkg-config fuse3 --cflags --libs)
truncate -s 32M "$home/image2"
mkfs.ext4 -q -F -m 0 "$home/image2"
"$home/faulty-disk" "$home/image2" /dev/null "$broken" "$home/fuse" -f & fuse=$!
for _ in $(seq 50); do [ -e "$home/fuse/disk" ] && break; sleep 0.1; done
loop=$(losetup --show -f "$home/fuse/disk")
mount -o errors=remount-ro "$loop" "$disk"
: >"$home/said"; mill 50 $huge 100 OVERWRITE_OLDEST & pid=$!
await_pictures 10; : >"$broken"; wait $pid
grep '^event' "$home/said" | head -1 | cut -c1-300 || true
rm -f "$broken"; umount "$disk"; e2fsck -fy "$loop" >/dev/null 2>&1 || true; mount "$loop" "$disk"
judge "ext4 on a disk that breaks (EIO), after fsck" + refused
umount "$disk"; losetup -d "$loop"; loop=""; fusermount3 -u "$home/fuse"; wait $fuse || true
exit $failed
