#!/usr/bin/env bash
# Makes a deployment manifest for the Azure CLI without VS Code or iotedgedev: modules/manifest.sh PLATFORM [TEMPLATE]
# TEMPLATE is deployment.template.json if it is left out. Variables come from the environment, or else from .env.
# Needs jq. The manifest, with secrets in it, goes to config/, which git ignores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -ge 1 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
platform=$1 template=${2:-deployment.template.json}

if [ -f .env ]; then
    while IFS='=' read -r name value; do
        [[ $name =~ ^[A-Za-z_]+$ && ! -v $name ]] && export "$name=$value"
    done <.env
fi

mkdir -p config
manifest=config/$(basename "$template" .template.json).$platform.json
umask 077
trap 'rm -f "$manifest.part"' EXIT
jq --arg platform "$platform" --slurpfile json modules/CameraModule/module.json '
    $json[0].image as $image
    | ($image.tag.version + "-" + $platform) as $tag
    | if $image.tag.platforms | has($platform) then . else error("module.json has no platform \($platform)") end
    | def variable: $ENV[.name] // error("\(.name) is neither in the environment nor in .env");
      def filled: gsub("\\$\\{MODULES\\.CameraModule(?<debug>(\\.debug)?)\\}"; $image.repository + ":" + $tag + .debug)
        | gsub("\\$\\{?(?<name>[A-Z][A-Z_]+)\\}?"; variable);
      def pieces: tojson as $text | [range(0; $text | length; 512)] | to_entries
        | map({key: (if .key == 0 then "createOptions" else "createOptions0\(.key)" end), value: $text[.value:.value + 512]})
        | from_entries;
    del(."$schema-template")
    | walk(if type == "string" then filled
        elif type == "object" and (.createOptions | type) == "object" then del(.createOptions) + (.createOptions | pieces)
        else . end)' "$template" >"$manifest.part"
mv "$manifest.part" "$manifest"
echo "$manifest"
