#!/usr/bin/env bash
# Findings as annotations of the pull request, and as a SARIF file where one is asked for.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

files=()
while read -r file; do
  if [[ -n $file ]]; then files+=("$file"); fi
done <<<"${REFANG_FILES:-}"

option --as-of "${REFANG_AS_OF:-}"
if [[ ${REFANG_STRICT:-} == true ]]; then options+=(--strict); fi

check() { refang check --format "$1" ${options[@]+"${options[@]}"} -- ${files[@]+"${files[@]}"}; }

# Refang tells paths from where it runs, GitHub reads them from the root of the repository.
from_root() { node "$action/scripts/action/from-root.mjs" "$1" "$(git rev-parse --show-prefix)"; }

code=0
check github | from_root github || code=$?
if [[ -n ${REFANG_SARIF:-} ]]; then
  check sarif | from_root sarif >"$(git rev-parse --show-toplevel)/$REFANG_SARIF" || true
fi

output code "$code"
if [[ $code -lt 2 ]]; then output usable true; fi
case $code in
  0) echo 'no findings' ;;
  1) if [[ ${REFANG_WARNINGS:-} == pass ]]; then code=0; fi ;;
esac
exit "$code"
