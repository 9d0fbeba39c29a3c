# Starts a command as the leader of its own session and process group, watched from outside.
#
#   sh -c "$(cat guard.sh)" attain-guard GRACE COMMAND [ARGUMENT]...      GRACE in tenths of a second
#
# Standard input is a pipe whose other end the starting JVM holds and nobody else. A line on it (a number of tenths of
# a second) asks to stop; its end means that the JVM has closed it or is no more, however it went. In both cases the
# watch sends TERM to the group, and KILL to what is left of it after the grace. This process itself becomes COMMAND,
# so that process id, group id and exit code are COMMAND's own; standard output and error are inherited.

# The whole life of the watch; runs in a session of its own, or the group's end would be its own.
watch='
group=$1 grace=$2

# True while a process of the group lives. A zombie does not: in a container whose first process reaps nothing it
# would stay for ever. Without /proc the answer of kill stands. The single process counts too: it may not have become
# the leader of its group yet.
living() {
  kill -0 -"$group" 2>/dev/null || kill -0 "$group" 2>/dev/null || return 1
  [ -r /proc/self/stat ] || return 0
  for stat in /proc/[0-9]*/stat; do
    line=
    { read -r line <"$stat"; } 2>/dev/null
    # After the name in brackets, which may hold anything: state, parent, group.
    set -- ${line##*") "}
    case $1 in Z | X | "") continue ;; esac
    if [ "$3" = "$group" ] || [ "${stat#/proc/}" = "$group/stat" ]; then return 0; fi
  done
  return 1
}

signal() {
  kill -"$1" -"$group" 2>/dev/null || kill -"$1" "$group" 2>/dev/null
}

read -r asked && grace=$asked
living && signal TERM
while [ "$grace" -gt 0 ] && living; do
  sleep 0.1 || sleep 1
  grace=$((grace - 1))
done
living && signal KILL
'

in_new_session() {
  if command -v setsid >/dev/null; then exec setsid "$@"; fi
  exec perl -MPOSIX -e 'POSIX::setsid(); exec { $ARGV[0] } @ARGV or die "cannot run $ARGV[0]: $!\n"' "$@"
}

grace=$1
shift
exec 3<&0 </dev/null
# Started by a subshell that ends at once: the watch is no child that COMMAND might be surprised to have.
(in_new_session sh -c "$watch" attain-watch $$ "$grace" <&3 3<&- >/dev/null 2>&1 &)
exec 3<&-
in_new_session "$@"
