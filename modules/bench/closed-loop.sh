#!/usr/bin/env bash
# How many short requests a second one event loop of attain's client sends in a closed loop to a server that answers at
# once. Linux only (taskset).
#
#   modules/bench/closed-loop.sh [CLIENT_CPUS] [SERVER_CPUS] [USERS] [SECONDS] [PROMPT_TOKENS]     (0 1 64 10 16)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

build process-classes -Dmaven.test.skip=true
exec taskset -c "${1:-0}" "$java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$module/target/classes:$(cat "$module/target/classpath")" dev.attain.bench.ClosedLoop \
  "${2:-1}" "${3:-64}" "${4:-10}" "${5:-16}"
