#!/bin/sh
# Runs a command that yields the processor to everybody else: yield.sh COMMAND [ARGUMENT]...
#
# On a machine of few cores the load node must run at the instant a request is due, and not when an engine happens to
# pause. Linux shares the processor between sessions before it looks at the niceness of processes, so that nice alone
# changes nothing for an engine in a session of its own: the session's niceness is set too, where there is such a thing.
{ echo 10 >/proc/self/autogroup; } 2>/dev/null
exec nice -n 10 "$@"
