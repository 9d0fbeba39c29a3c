#!/usr/bin/env bash
# Pictures of a bundle's report.html, for the README: light and wide, dark and as narrow as a phone. Needs Chromium.
#
#   modules/report/src/test/screenshots.sh BUNDLE FOLDER
set -euo pipefail

[ $# -eq 2 ] && [ -f "$1/report.html" ] || { echo "usage: $0 BUNDLE FOLDER, where BUNDLE has a report.html" >&2; exit 3; }
page="file://$(cd "$1" && pwd -P)/report.html"
folder=$(cd "$2" && pwd -P)
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if browser=$(command -v "$name"); then break; fi
done
[ -n "$browser" ] || { echo "$0: no Chromium on the PATH" >&2; exit 4; }
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# A picture: name, width, height, further flags.
take() {
  local name=$1 size=$2,$3
  shift 3
  "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" \
    --window-size="$size" --screenshot="$folder/$name" "$@" "$page" >/dev/null 2>&1
}

take report-light-wide.webp 1400 1640
take report-dark-narrow.webp 390 2400 --blink-settings=preferredColorScheme=0
