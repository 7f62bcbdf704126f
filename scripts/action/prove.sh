#!/usr/bin/env bash
# The engines of this machine load what was built, fire on what they must and stay silent on the rest.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

option --target "${REFANG_TARGETS:-}"
option --as-of "${REFANG_AS_OF:-}"
option --require "${REFANG_ENGINES:-}"

code=0
muted refang prove ${options[@]+"${options[@]}"} || code=$?
if [[ $code -eq 1 ]]; then annotate 'Refang proof' 'An engine disagrees or is missing. The log of this step tells which'; fi
exit "$code"
