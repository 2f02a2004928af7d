#!/usr/bin/env bash
# Checks V4L2 cameras against real drivers of Linux: boots a small virtual machine that has the drivers vivid and
# v4l2loopback, and runs V4l2Checks in it. Prints a line for each check; ends with 0 if all are ok. For root on Debian 12
# on amd64; takes some minutes; what it makes is in target/vm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
here=src/test/vm
work=$PWD/target/vm
root=$work/root

mkdir -p "$work"
exec 3>&1 >"$work/log" 2>&1
trap 'code=$?; exec >&3 2>&1; [ "$code" = 0 ] || tail -n 30 "$work/log"; exit "$code"' EXIT
step() { echo "-- $*" >&3; }

step "packages"
apt-get update -q
kernel=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: linux-image-\([0-9].*\)/\1/p' | head -n 1)
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends qemu-system-x86 kmod cpio busybox-static gcc \
    libc6-dev make binutils unzip zip bzip2 openjdk-17-jdk-headless maven fonts-dejavu-core "linux-headers-$kernel"
# Not installed, only unpacked: this machine keeps its own kernel.
mkdir -p "$work/packages"
if [ ! -e "$work/packages/$kernel" ]; then
    rm -rf "$work/packages" "$work/unpacked"
    mkdir -p "$work/packages" "$work/unpacked"
    (cd "$work/packages" && apt-get download "linux-image-$kernel" v4l2loopback-source)
    for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$work/unpacked"; done
    tar -xjf "$work/unpacked/usr/src/v4l2loopback.tar.bz2" -C "$work/unpacked/usr/src"
    touch "$work/packages/$kernel"
fi

step "drivers for $kernel"
loopback=$work/unpacked/usr/src/modules/v4l2loopback
make -C "/usr/src/linux-headers-$kernel" "M=$loopback" modules
depmod -b "$work/unpacked" "$kernel"

step "module"
if [ ! -e target/edgecam.jar ] || [ -n "$(find src/main pom.xml -newer target/edgecam.jar -type f -print -quit)" ]; then
    mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip package
fi

step "disk image"
rm -rf "$root"
mkdir -p "$root"/{bin,dev,proc,sys,tmp,modules,app/lib,app/checks,etc,usr/share/fonts,var/cache/fontconfig}
cp /bin/busybox "$root/bin/"
for name in sh mount insmod cat kill poweroff; do ln -s busybox "$root/bin/$name"; done
cp "$here/init" "$root/init"
chmod +x "$root/init"
gcc -O1 -static -o "$root/app/device" "$here/device.c"
jlink=$(ls -d /usr/lib/jvm/java-17-openjdk-*/bin/jlink | head -n 1)
"$jlink" --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.random --strip-java-debug-attributes --no-man-pages --no-header-files \
    --output "$root/jre"
cp target/edgecam.jar "$root/app/"
cp target/lib/*.jar "$root/app/lib/"
opencv=$(ls "$root"/app/lib/opencv-*.jar)
unzip -q -o "$opencv" 'nu/pattern/opencv/linux/x86_64/*.so' -d "$work/opencv"
strip --strip-unneeded -o "$root/app/libopencv.so" "$work"/opencv/nu/pattern/opencv/linux/x86_64/*.so
zip -q -d "$opencv" 'nu/pattern/opencv/*'
javac -proc:none -d "$root/app/checks" -cp "target/edgecam.jar:target/lib/*" \
    src/test/java/io/edgecam/camera/source/{V4l2Checks,Colour}.java
cp -r /etc/fonts "$root/etc/"
cp -r /usr/share/fonts/truetype "$root/usr/share/fonts/"
# Java loads this one by name, so it is in no list of what is linked.
cp -L /usr/lib/x86_64-linux-gnu/libfontconfig.so.1 "$root/jre/lib/"
find "$root/jre" "$root/app/libopencv.so" -type f \( -name '*.so*' -o -name java \) -exec ldd {} + 2>/dev/null \
    | awk '$2 == "=>" && $3 ~ "^/" { print $3 } $1 ~ "^/lib.*ld-" { print $1 }' | grep -v "^$root" | sort -u \
    | while read -r library; do
        mkdir -p "$root$(dirname "$library")"
        cp -nL "$library" "$root$library"
    done
number=10
for module in $(modprobe -d "$work/unpacked" -S "$kernel" --show-depends vivid | sed -n 's/^insmod //p') \
    "$loopback/v4l2loopback.ko"; do
    cp "$module" "$root/modules/$number-$(basename "$module")"
    number=$((number + 1))
done
(cd "$root" && find . | cpio -o -H newc --quiet) >"$work/image.cpio"

step "virtual machine"
timeout 900 qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 1536 -nodefaults -no-reboot -display none \
    -serial stdio -kernel "$work/unpacked/boot/vmlinuz-$kernel" -initrd "$work/image.cpio" \
    -append "console=ttyS0 quiet panic=-1" </dev/null | sed -u 's,\r,,g' | tee "$work/result" >&3
grep -q '^exit code 0$' "$work/result"
