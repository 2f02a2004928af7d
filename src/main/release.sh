#!/usr/bin/env bash
# Makes a release in target/release: src/main/release.sh. Everything is tested first. See docs/releasing.md.
#   --trial   the same files, without the tests and without asking whether this is a state to release
set -euo pipefail
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

fail() {
    echo "release: $*" >&2
    exit 1
}

version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
moment=$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' pom.xml)
jdk=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
[ "$jdk" = 17 ] || fail "a release is built with JDK 17, so that everyone can build the same; this is ${jdk:-none}"

# a jar holds the files' permissions, and those of a work tree are of whoever checked it out
chmod -R u=rwX,go=rX src/main LICENSE pom.xml

case "${1:-}" in
    --trial)
        mvn -B -ntp -q clean package -Dmaven.test.skip=true
        ;;
    '')
        [ -z "$(git status --porcelain)" ] || fail 'there are changes that are not committed: git status'
        grep -q "^## \[$version\] - ${moment%T*}$" CHANGELOG.md \
            || fail "CHANGELOG.md has no line '## [$version] - ${moment%T*}'; the date is that of project.build.outputTimestamp"
        mvn -B -ntp clean verify
        ;;
    *) fail "there is no option $1; see src/main/release.sh" ;;
esac

name=edgecam-$version
folder=target/release
mkdir -p "$folder/$name"
cp -r target/edgecam.jar target/lib LICENSE CHANGELOG.md src/main/resources/META-INF/THIRD-PARTY-NOTICES.md \
    src/main/resources/META-INF/licences "$folder/$name"
mkdir "$folder/$name/deployment"
cp -r deployment*.template.json .env.example docs/portal docs/kubernetes "$folder/$name/deployment"

# whatever folder, clock, user and umask: the same bytes
tar --create --format=ustar --sort=name --mtime="$moment" --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' \
    --directory "$folder" "$name" | gzip --no-name -9 >"$folder/$name.tar.gz"
rm -r "${folder:?}/$name"
cp target/edgecam.cdx.json "$folder/$name.cdx.json"
(cd "$folder" && sha256sum "$name.cdx.json" "$name.tar.gz" | tee SHA256SUMS)
