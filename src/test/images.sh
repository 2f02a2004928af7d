#!/usr/bin/env bash
# Builds the images and runs them for real, on Debian 12 as root: src/test/images.sh [PLATFORM ...]
# A platform is amd64, arm32v7, arm64v8, amd64.debug or arm32v7.debug; without one it takes the first three.
# Before it: mvn -DskipTests package. What it needs and does not find, it installs with apt-get.
#
#   FFMPEG=small|debian|none   what reads rtsp:// cameras in the image (small)
#   JAR=prebuilt|build         the jar of target/, or one made by Maven in the image (prebuilt)
#   KEEP=FOLDER                keep bases and Docker's data there for the next time
#
# Where no Docker engine answers it starts one of its own, whose network is this machine's. Where no registry is to be
# reached it makes the base images of Debian's packages. Such a base carries this machine's package sources and
# certificates, so never push an image that was made of it. Ends with 69 where no engine can run, with 1 if anything fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

platforms=("$@")
[ $# -gt 0 ] || platforms=(amd64 arm32v7 arm64v8)
started=$SECONDS

say() {
    printf '%4d s  %s\n' "$((SECONDS - started))" "$*" >&2
}

fail() {
    echo "images: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "run it as root: it starts a Docker engine and makes file systems"
for platform in "${platforms[@]}"; do
    [ -f "Dockerfile.$platform" ] || fail "there is no Dockerfile.$platform"
done
if [ ! -f target/edgecam.jar ] || [ ! -f target/localedge.classpath ]; then
    fail "nothing is built yet: mvn -DskipTests package"
fi

if [ -n "${KEEP:-}" ]; then
    mkdir -p "$KEEP"
    folder=$(cd "$KEEP" && pwd)
else
    folder=$(mktemp -d)
fi
engine=

finish() {
    if [ -n "$engine" ]; then
        kill "$engine" 2>/dev/null || true
        wait "$engine" 2>/dev/null || true
        # the engine leaves its network behind, mounted
        awk -v under="$folder/" 'index($2, under) == 1 { print $2 }' /proc/self/mounts | sort -r | xargs -r umount || true
    fi
    [ -n "${KEEP:-}" ] || rm -rf "$folder" || true
}
trap finish EXIT

# ---- what it needs

missing=()
need() { # COMMAND PACKAGE
    command -v "$1" >/dev/null || missing+=("$2")
}
# Debian's docker has BuildKit in it; one from elsewhere may miss the plugin for that
buildkit() {
    local version
    version=$(docker --version | sed -n 's/^Docker version \([0-9]*\).*/\1/p')
    [ "${version:-99}" -lt 23 ] || docker buildx version >/dev/null 2>&1
}
export DOCKER_BUILDKIT=1
if command -v docker >/dev/null && ! buildkit; then
    [ -x /usr/bin/docker ] || missing+=(docker.io)
    export PATH=/usr/bin:$PATH
fi
emulated=no
case " ${platforms[*]} " in *' arm'*) emulated=yes ;; esac
need curl curl
need docker docker.io
docker info >/dev/null 2>&1 || need dockerd docker.io
need mmdebstrap mmdebstrap
if [ "$emulated" = yes ]; then
    need arch-test arch-test
    need qemu-arm-static qemu-user-static
    need update-binfmts binfmt-support
fi
if [ "${#missing[@]}" -gt 0 ]; then
    say "installing ${missing[*]}"
    apt-get update -q >"$folder/apt.log" 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >>"$folder/apt.log" 2>&1 \
        || { tail -n 20 "$folder/apt.log" >&2; fail "apt-get could not install ${missing[*]}"; }
fi
if [ "$emulated" = yes ] && [ ! -e /proc/sys/fs/binfmt_misc/qemu-arm ]; then
    mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
    update-binfmts --enable
fi

# ---- an engine

if ! docker info >/dev/null 2>&1; then
    say "no Docker engine answers, starting one"
    export DOCKER_HOST=unix://$folder/docker.sock
    dockerd --host "$DOCKER_HOST" --data-root "$folder/docker" --exec-root "$folder/exec" --pidfile "$folder/dockerd.pid" \
        --bridge=none --iptables=false --ip6tables=false --userland-proxy=false >"$folder/dockerd.log" 2>&1 &
    engine=$!
    for _ in $(seq 60); do
        if docker info >/dev/null 2>&1; then break; fi
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.5
    done
    if ! docker info >/dev/null 2>&1; then
        tail -n 5 "$folder/dockerd.log" >&2
        echo "images: the Docker engine did not start" >&2
        exit 69
    fi
fi

# ---- base images

# whole URI SUITE COMPONENT ARCHITECTURE : whether apt takes that part of the package source; mirrors are not always whole
whole() {
    local apt
    apt=$(mktemp -d)
    mkdir -p "$apt/lists/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $1 $2 $3" >"$apt/sources.list"
    local good=0
    apt-get update -qq --error-on=any -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt" -o Dir::Etc::SourceParts=- \
        -o Dir::Etc::SourceList="$apt/sources.list" -o APT::Architecture="$4" -o APT::Architectures="$4" \
        -o APT::Sandbox::User=root >/dev/null 2>&1 || good=1
    rm -rf "$apt"
    return "$good"
}

# this machine's Debian sources, each with the processors for which it can be had
sources() {
    local uri suite component architecture good
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' \
        | sort -u | while read -r uri suite component; do
        case "$suite $component" in "$codename main" | "$codename"-*' main') ;; *) continue ;; esac
        good=
        for architecture in amd64 $([ "$emulated" = no ] || echo arm64 armhf); do
            if whole "$uri" "$suite" "$component" "$architecture"; then
                good="$good $architecture"
            else
                say "warning: $suite for $architecture cannot be had whole and is left out"
            fi
        done
        [ -z "$good" ] || printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: %s\nArchitectures:%s\nSigned-By: %s\n\n' \
            "$uri" "$suite" "$component" "$good" /usr/share/keyrings/debian-archive-keyring.gpg
    done
}

base() { # IMAGE DEBIAN'S-ARCHITECTURE PLATFORM
    docker image inspect "$1" >/dev/null 2>&1 && return
    if docker pull -q --platform "$3" "$1" >/dev/null 2>&1; then
        say "$1 is pulled"
        return
    fi
    if [ ! -s "$folder/debian.sources" ]; then
        apt-get update -q >/dev/null
        sources >"$folder/debian.sources"
    fi
    # only what this processor has: mmdebstrap looks at every entry
    awk -v RS= -v ORS='\n\n' -v a="$2" '$0 ~ "\nArchitectures:[^\n]* " a "( |\n)"' "$folder/debian.sources" >"$folder/$2.sources"
    mkdir -p "$folder/base"
    # what the public slim images leave out, now and in later installs
    printf 'path-exclude=/usr/share/%s/*\n' man info locale doc >"$folder/slim"
    echo 'path-include=/usr/share/doc/*/copyright' >>"$folder/slim"
    say "no registry can be reached, making $1 of Debian's packages"
    PATH=/usr/sbin:/usr/bin:/sbin:/bin mmdebstrap --quiet --variant=minbase --architectures="$2" --format=tar \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --include=usr-is-merged \
        --customize-hook='rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/*' \
        --customize-hook="upload '$folder/debian.sources' /etc/apt/sources.list.d/debian.sources" \
        --customize-hook="upload '$folder/slim' /etc/dpkg/dpkg.cfg.d/slim" \
        --customize-hook='cd "$1/usr/share" && rm -rf man/* info/* locale/* && find doc -type f -not -name copyright -delete' \
        --customize-hook='mkdir -p "$1/usr/local/share/ca-certificates"' \
        --customize-hook='for pem in /usr/local/share/ca-certificates/*.crt; do [ ! -e "$pem" ] || cp "$pem" "$1/usr/local/share/ca-certificates/"; done' \
        "$codename" "$folder/base/base.tar" "$folder/$2.sources" >"$folder/mmdebstrap.log" 2>&1 \
        || { tail -n 20 "$folder/mmdebstrap.log" >&2; fail "$1 could not be made"; }
    # not "docker import": before version 23 that forgets the processor
    printf 'FROM scratch\nADD base.tar /\nCMD ["bash"]\n' >"$folder/base/Dockerfile"
    docker build --quiet --platform "$3" -t "$1" "$folder/base" >/dev/null
    rm -r "$folder/base"
}

codename=bookworm
base debian:bookworm-slim amd64 linux/amd64
for platform in "${platforms[@]}"; do
    case $platform in
        arm32v7*) base arm32v7/debian:bookworm-slim armhf linux/arm/v7 ;;
        arm64v8*) base arm64v8/debian:bookworm-slim arm64 linux/arm64/v8 ;;
    esac
done

# ---- build and run

trials=()
for platform in "${platforms[@]}"; do
    image=edgecam:trial-$platform
    begun=$SECONDS
    say "building $image"
    docker build --network host --build-arg JAR="${JAR:-prebuilt}" \
        --build-arg FFMPEG="${FFMPEG:-small}" -f "Dockerfile.$platform" -t "$image" . >"$folder/$platform.log" 2>&1 \
        || { tail -n 40 "$folder/$platform.log" >&2; fail "$image could not be built; see above"; }
    trials+=("$platform=$image=$((SECONDS - begun))")
done

say "running ${platforms[*]}"
java -XX:+UseSerialGC -Xmx256m -cp "target/test-classes:target/edgecam.jar:$(cat target/localedge.classpath)" \
    io.edgecam.shipping.ImageTrial "${trials[@]}"
say "done"
