#!/usr/bin/env bash
# What is committed is what a build makes, to the byte. Nothing is written.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

option --target "${REFANG_TARGETS:-}"
option --as-of "${REFANG_AS_OF:-}"

code=0
muted refang build --check ${options[@]+"${options[@]}"} || code=$?
case $code in
  0) echo 'the output is what a build makes' ;;
  1) annotate 'Refang output is stale' 'Run refang build and commit what it writes. The log of this step names the files' ;;
esac
exit "$code"
