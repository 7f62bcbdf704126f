# shellcheck shell=bash
# What the steps of action.yml share. Sourced; runs with the bash 3.2 of macOS too.
set -euo pipefail

action=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Of this action, whatever the machine has installed.
refang() { node "$action/dist/refang.cjs" "$@"; }

# Runs a command and returns its exit code. Its output is not searched for workflow commands: it can quote what an
# indicator file says, and that may be `::add-mask::`.
muted() {
  local code=0 token
  token=$(node -p 'crypto.randomUUID()')
  printf '::stop-commands::%s\n' "$token"
  # In order with the two commands around it.
  "$@" 2>&1 || code=$?
  printf '::%s::\n' "$token"
  return "$code"
}

# An annotation without a place. Title and text are ours, without line breaks, `,` and `:`.
annotate() { printf '::error title=%s::%s\n' "$1" "$2"; }

# A value that later steps and the workflow can read; ours, without line breaks.
output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

# The options that steps share, in the array `options`.
options=()
option() { if [[ -n $2 ]]; then options+=("$1=$2"); fi; }
