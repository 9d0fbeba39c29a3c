#!/usr/bin/env bash
# Measures attain's client beside those of others against a server with known delays: what each costs, and how true its
# figures are. Builds what has changed, fetches the others by package name into ${ATTAIN_CACHE:-~/.cache/attain}/peers,
# leaves out what cannot be had, and says so.
#
#   modules/bench/compare.sh [--rates 20000,40000] [--peers rust,python,aiperf,guidellm] [--seconds 10] [--rounds 3]
#                            [--server-cpus LIST] [--client-cpus LIST] [--output FOLDER] [--help]
#
# Linux only (taskset, /proc). ATTAIN_PYTHON and ATTAIN_JAVA_HOME choose the Python and the JDK.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

build process-classes -Dmaven.test.skip=true
exec "$java" -Xmx256m -XX:+UseSerialGC "-Dattain.home=$root" "-Dattain.bench.output=$module/target/comparison" \
  -cp "$module/target/classes:$(cat "$module/target/classpath")" dev.attain.bench.Compare "$@"
