#!/usr/bin/env bash
# demo.sh - the story of docket, told on the bundled example by the built product itself.
#
# Needs bash, git and node; `npm run demo` builds first. The example goes into a temporary folder that is removed at the end;
# KEEP=1 keeps it. Ends with 0 when every command answered as it should, refusals included.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
bin=$here/../../dist/bin/docket.js
[ -f "$bin" ] || { echo "demo.sh: not built yet: npm run build" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/docket-demo.XXXXXX")
finish() {
  if [ "${KEEP:-}" = 1 ]; then printf '\nThe example is kept in %s\n' "$work/example"; else rm -rf "$work"; fi
}
trap finish EXIT

docket() { node "$bin" "$@"; }

say() { printf '\n'; printf '%s\n' "$@"; }

# show EXIT COMMAND…: print the command, run it inside the example, and insist on its exit code.
show() {
  local expected=$1 got=0
  shift
  printf '\n$ %s\n' "$*"
  (cd "$work/example" && "$@") </dev/null || got=$?
  if [ "$got" -ne "$expected" ]; then
    printf '\ndemo.sh: `%s` ended with %s, expected %s\n' "$*" "$got" "$expected" >&2
    exit 1
  fi
  [ "$got" -eq 0 ] || printf '(exit %s)\n' "$got"
}

say "A Builder and an Adversary have worked on a proxy for two days. All they left is markdown and git:"
bash "$here/make-repo.sh" "$work/example" >/dev/null
show 0 git log --format='%h %ad %s' --date=format:'%m-%d %H:%M'

say "What is the state? docket reads the files as they are and joins them with the commits. Phase pvfix says DONE; pxgate has one" \
    "verified gate and one that nobody has claimed."
show 0 docket status

say "Why is it so? Every entry has an id and knows the commits that brought and changed it. The journal below is the real one" \
    "that this project started from: one entry, and inside it two reproductions that somebody typed by hand."
show 0 docket list journal reproduction

say "What must be done next? Three commits say that they close a deferred item. sync believes none of them on its word: one fix has" \
    "landed and touches what its item names, one never touched it, and one waits on a branch that nobody has merged."
show 0 docket sync --dry-run

say "May this claim stand? M1 of pxgate has the Adversary's PASS. But nobody recorded the reproduction: no red that failed before," \
    "no green that passes now, no negative control that shows that the check can fail. So the gate says no, and how to mend it:"
show 1 docket gate pxgate/M1

say "The fault that all this was about, seen before anything is deployed: the gate of the proxy waited for a unit that starts after the" \
    "proxy. Before the fix that is a cycle, with the line of every edge; after it the order is sound."
show 1 docket infra order --at before-fix
show 0 docket infra order deploy-proxy

say "The record was not changed by any of this:"
show 0 git status --short --branch
