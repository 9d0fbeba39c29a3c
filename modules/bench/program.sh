# For the scripts beside it: where things are, a JDK, and a build.
module=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$module/../.." && pwd -P)

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 4
}

find_java() {
  local home
  for home in "${ATTAIN_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -x "$home/bin/javac" ] && [[ $("$home/bin/javac" -version 2>&1) =~ ^javac\ ([0-9]+) ]] &&
      [ "${BASH_REMATCH[1]}" -ge 21 ]; then
      echo "$home/bin/java"
      return
    fi
  done
  fail 'needs a JDK 21 or newer and found none; set ATTAIN_JAVA_HOME to its folder'
}

# Up to the given phase, quietly; a failed build says why.
build() {
  mvn -q -B -ntp -f "$root/pom.xml" -pl modules/bench -am -Dformatter.skip=true "$@" </dev/null >&2 ||
    fail 'the build failed; see above'
}

java=$(find_java)
