#!/usr/bin/env bash
# Runs the JMH benchmarks of schedule, recorder, snapshots and reader; arguments are JMH's:
#
#   modules/bench/jmh.sh [-h] [-prof gc] [REGEX]...
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

build test-compile
exec "$java" -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/classpath")" \
  org.openjdk.jmh.Main "$@"
