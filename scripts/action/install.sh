#!/usr/bin/env bash
# Makes the command line from the code of this action, with the packages that its lock file names. Once a job.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# That event gives the rights of the base branch, and its secrets, to a job that reads what a stranger's fork says.
if [[ ${GITHUB_EVENT_NAME:-} == pull_request_target ]]; then
  annotate 'Refang' 'Use the event pull_request. Under pull_request_target a fork would be read with the rights of this repository'
  exit 3
fi
if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
  annotate 'Refang' 'Node 20.19 or newer is needed. Run actions/setup-node before this action'
  exit 3
fi
if [[ ! -e $action/dist/refang.cjs ]]; then
  cd "$action"
  # `prepare` of package.json makes dist/.
  npm ci --no-audit --no-fund --loglevel=error
fi
refang --version
