#!/bin/sh
# Calls a direct method and patches the twin of a running module through Microsoft's npm client azure-iothub.
# Try it against a local edge that runs (its standard output names the values), or against a real IoT Hub.
set -eu

usage() {
  cat <<'TEXT'
usage: src/test/microsoft-clients.sh [options]
  --connection-string S   service connection string   (or SERVICE_CONNECTION_STRING)
  --endpoint HOST:PORT    where the REST is, when not on port 443   (or SERVICE_ENDPOINT)
  --ca FILE               CA certificate, PEM         (or NODE_EXTRA_CA_CERTS)
  --device ID             edge-device unless said     (or DEVICE_ID)
  --module ID             CameraModule unless said, - for the device itself   (or MODULE_ID)
  --method NAME           takePicture unless said, empty for none
  --payload JSON          {} unless said
  --patch JSON            desired properties to merge; none unless said
TEXT
}

device=${DEVICE_ID:-edge-device}
module=${MODULE_ID:-CameraModule}
method=takePicture
payload={}
patch=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
  esac
  [ $# -ge 2 ] || { usage >&2; exit 2; }
  case $1 in
    --connection-string) SERVICE_CONNECTION_STRING=$2 ;;
    --endpoint) SERVICE_ENDPOINT=$2 ;;
    --ca) NODE_EXTRA_CA_CERTS=$2 ;;
    --device) device=$2 ;;
    --module) module=$2 ;;
    --method) method=$2 ;;
    --payload) payload=$2 ;;
    --patch) patch=$2 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done
[ -n "${SERVICE_CONNECTION_STRING:-}" ] || { usage >&2; exit 2; }
export SERVICE_CONNECTION_STRING SERVICE_ENDPOINT="${SERVICE_ENDPOINT:-}"
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
  export NODE_EXTRA_CA_CERTS
fi

command -v node >/dev/null || { echo 'node is not installed: https://nodejs.org, version 18 or newer' >&2; exit 3; }
cd "$(dirname "$0")/node"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund >&2
fi
if [ -n "$patch" ]; then
  node service.js patch "$device" "$module" "$patch"
fi
if [ -n "$method" ]; then
  node service.js method "$device" "$module" "$method" "$payload"
fi
