#!/usr/bin/env bash
# What the pull request changes in the output, as Markdown: the file whose path is the output `report`.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

option --target "${REFANG_TARGETS:-}"
option --as-of "${REFANG_AS_OF:-}"

# GitHub checks a pull request out as merged into its base: the base is the first parent of that commit. Of a checkout
# of the branch itself it is where the branch began.
base_of_pull_request() {
  local parents
  parents=$(git cat-file commit HEAD | sed -n '/^$/q; s/^parent //p')
  if [[ $parents == *$'\n'"$PULL_REQUEST_HEAD" ]]; then
    echo "${parents%%$'\n'*}"
  else
    git merge-base "$PULL_REQUEST_BASE" HEAD
  fi
}

# A checkout has one commit only, unless it is told otherwise.
fetch_where_missing() {
  git cat-file -e "$1^{commit}" 2>/dev/null || git fetch --quiet --no-tags --depth=1 origin "$1"
}

# The base as people call it, `origin/main`, where that is it or is not known yet.
name_of_base() {
  local name="origin/${GITHUB_BASE_REF:-}"
  local known="refs/remotes/$name"
  git show-ref --quiet --verify "$known" || git update-ref "$known" "$1" || true
  if [[ $(git rev-parse --quiet --verify "$known") == "$1" ]]; then echo "$name"; else echo "$1"; fi
}

against=${REFANG_AGAINST:-}
if [[ -z $against ]]; then
  { base=$(base_of_pull_request) && fetch_where_missing "$base"; } || {
    annotate 'Refang' 'The base of the pull request is not here. Check out with actions/checkout and fetch-depth 0'
    exit 3
  }
  against=$(name_of_base "$base")
  # To Refang the name of a folder means the folder.
  if [[ -e $against ]]; then
    annotate 'Refang' 'The project has a folder with the name of the base. It would be compared in place of the base'
    exit 3
  fi
fi

report="${RUNNER_TEMP:-/tmp}/refang-diff.md"
code=0
compare=(diff --against "$against" --format markdown --exit-code ${options[@]+"${options[@]}"})
refang "${compare[@]}" >"$report" 2>"$report.log" || code=$?
case $code in
  0) output differs false ;;
  1) output differs true ;;
  *)
    muted cat "$report.log"
    # The comment must not go on telling of an earlier commit.
    node "$action/scripts/action/not-compared.mjs" <"$report.log" >"$report"
    ;;
esac
output report "$report"
output project "$(git rev-parse --show-prefix)"

# That a side cannot be built stops nothing here: of the pull request the steps before say so, and one that mends its base
# must get through.
if [[ $code -gt 3 || ($code -eq 3 && -n ${REFANG_AGAINST:-}) ]]; then exit "$code"; fi
