#!/usr/bin/env bash
# make-repo.sh DIR - build the example repository in DIR (absent or empty).
#
# Needs bash and git only, no network. Names, e-mails, dates and contents are
# fixed, so every run gives the same shas. The one file that is not written
# here is machine-docs/JOURNAL-pxgate.md: the real journal that docket started from
# stands beside this script and is copied byte by byte.
# facts.json says what each commit shows and what is true of the repository.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: make-repo.sh DIR" >&2; exit 2; }
dir=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
seed=$here/JOURNAL-pxgate.md
seed_blob=09fc3eaae4a76eba52818f81c469f45da67e58dd

# ---------------------------------------------------------------- surroundings
# Nothing of the caller's git may leak in: no variables, no config, no hooks.
for name in $(compgen -e); do
  case $name in GIT_*) unset "$name" ;; esac
done
export LC_ALL=C TZ=UTC
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_CONFIG_COUNT=7
export GIT_CONFIG_KEY_0=core.logAllRefUpdates GIT_CONFIG_VALUE_0=false   # no reflog keeps the old commit alive
export GIT_CONFIG_KEY_1=core.autocrlf         GIT_CONFIG_VALUE_1=false
export GIT_CONFIG_KEY_2=core.fileMode         GIT_CONFIG_VALUE_2=false
export GIT_CONFIG_KEY_3=core.hooksPath        GIT_CONFIG_VALUE_3=/dev/null
export GIT_CONFIG_KEY_4=commit.gpgSign        GIT_CONFIG_VALUE_4=false
export GIT_CONFIG_KEY_5=gc.auto               GIT_CONFIG_VALUE_5=0
export GIT_CONFIG_KEY_6=core.excludesFile     GIT_CONFIG_VALUE_6=/dev/null

die() { echo "make-repo.sh: $*" >&2; exit 1; }

[ -f "$seed" ] || die "the journal is missing: $seed"
[ "$(git -C / hash-object --no-filters "$seed")" = "$seed_blob" ] || die "the journal has changed"
if [ -e "$dir" ]; then
  [ -d "$dir" ] || die "$dir is not a directory"
  shopt -s nullglob dotglob
  inside=("$dir"/*)
  shopt -u nullglob dotglob
  [ ${#inside[@]} -eq 0 ] || die "$dir is not empty"
fi

git init -q --template= --object-format=sha1 --initial-branch=main "$dir"
cd "$dir"
mkdir -p .git/hooks .git/info
git config gc.auto 0                     # the dangling commit is part of the example
git config gc.pruneExpire never

# --------------------------------------------------------------------- helpers
loop()     { who="Project Loop" mail=loop@example.org; }        # Builder and Adversary share one name
operator() { who="Olive Operator" mail=operator@example.org; }

put() {                                  # put FILE: standard input becomes the file
  case $1 in */*) mkdir -p "${1%/*}" ;; esac
  cat >"$1"
}

slurp() { local x; x=$(cat "$1"; printf x); text=${x%x}; }

swap() {                                 # swap FILE OLD NEW: exactly one OLD, or stop
  slurp "$1"
  local rest=${text#*"$2"}
  [ "$rest" != "$text" ] || die "$1: nothing to replace: $2"
  [ "${rest#*"$2"}" = "$rest" ] || die "$1: more than one: $2"
  printf '%s' "${text%%"$2"*}$3$rest" >"$1"
}

commit() {                               # commit DATE: message on standard input
  git add -A
  GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$mail GIT_AUTHOR_DATE=$1 \
    GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$mail GIT_COMMITTER_DATE=$1 \
    git commit -q --no-verify --cleanup=verbatim -F -
  sha=$(git rev-parse HEAD)
}

# ============================================================ 1. skeleton (operator)
operator

put runner/warm_reconcile.py <<'EOF'
#!/usr/bin/env python3
"""Keep the always-on services of the CI host at their wanted version.

One run handles one app. The order of the steps never changes:

  1. look at what runs now and whether it is healthy,
  2. refuse to go on by ourselves over a major step or flagged release notes,
  3. remember the running version as last-good (stateful apps: take a snapshot),
  4. deploy the wanted version and wait for the health gate,
  5. healthy: the wanted version becomes last-good,
     unhealthy: go back to last-good and leave an alert for a person.

The module needs nothing but the standard library and curl, so that it can run
inside the unit that brings up the proxy, before anything else is there.

Usage:
  warm_reconcile.py --list
  warm_reconcile.py APP WANTED [--dry-run]
"""
from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

# Everything the reconciler remembers lives below this folder.
WARM_ROOT = Path(os.environ.get("EXAMPLE_WARM_ROOT", "/var/lib/example-warm"))
ALERTS = WARM_ROOT / "alerts"
NOTES = WARM_ROOT / "release-notes"

# Words in release notes that call for a person.
NOTES_STOP = re.compile(r"manual (migration|step)|back ?up first|breaking", re.I)

POLL_SECONDS = 2


class Held(Exception):
    """A step that the reconciler may not take by itself."""


class DeployError(Exception):
    """The deploy command itself failed, before any health gate."""


# --------------------------------------------------------------------------
# Versions: RECIPE+APP, for instance 5.1.1+v3.6.15
# --------------------------------------------------------------------------

def split_version(version):
    """'5.1.1+v3.6.15' -> ('5.1.1', 'v3.6.15'); the second half may be empty."""
    recipe, _, app = version.partition("+")
    return recipe, app


def numbers(text):
    return tuple(int(part) for part in re.findall(r"\d+", text))


def version_key(version):
    recipe, app = split_version(version)
    return numbers(recipe), numbers(app)


def is_major_step(old, new):
    """True if the first number of either half goes up."""
    for before, after in zip(version_key(old), version_key(new)):
        if before and after and after[0] > before[0]:
            return True
    return False


def notes_want_a_person(app, version):
    path = NOTES / app / (version + ".md")
    if not path.exists():
        return None
    text = path.read_text(encoding="utf-8")
    return text if NOTES_STOP.search(text) else None


# --------------------------------------------------------------------------
# The apps
#
#   domain         the public name that the app answers to
#   service        the swarm service that is scaled and updated
#   stateful       take a snapshot before a deploy, restore it on rollback
#   health_domain  ask this name instead of `domain` (optional)
#   health_path    path of the health probe
#   health_ok      status codes that count as healthy
#   within         seconds until the gate gives up after a deploy
# --------------------------------------------------------------------------

SPECS = {
    "dashboard": {
        "domain": "ci.commoninternet.net",
        "service": "ccci-dashboard_app",
        "stateful": False,
        "health_path": "/healthz",
        "health_ok": (200,),
        "within": 120,
    },
    "keycloak": {
        "domain": "keycloak.ci.commoninternet.net",
        "service": "ccci-keycloak_app",
        "stateful": True,
        # The realm page needs the database, so it proves more than the
        # start page does.
        "health_path": "/realms/master",
        "health_ok": (200,),
        "within": 600,
    },
    "traefik": {
        "domain": "traefik.ci.commoninternet.net",
        "service": "ccci-traefik_app",
        "stateful": False,
        # The proxy's name has nothing to show at /, so look at the dashboard
        # through it: whoever gets that page knows that routing works too.
        "health_domain": "ci.commoninternet.net",
        "health_path": "/",
        "health_ok": (200,),
        "within": 300,
    },
}


# --------------------------------------------------------------------------
# State and alerts
# --------------------------------------------------------------------------

def state_path(app):
    return WARM_ROOT / app / "last_good"


def read_last_good(app):
    try:
        return state_path(app).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def write_last_good(app, version):
    path = state_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(version + "\n", encoding="utf-8")
    os.replace(part, path)


def write_alert(app, reason, version):
    """Leave one small JSON file for whoever looks after the host."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    ALERTS.mkdir(parents=True, exist_ok=True)
    path = ALERTS / f"{stamp}-{app}-{reason}.json"
    body = {"app": app, "reason": reason, "ts": stamp, "version": version}
    path.write_text(json.dumps(body) + "\n", encoding="utf-8")
    return path


def note_run(app, outcome):
    """One line per run, so that a quiet host can still be read."""
    path = WARM_ROOT / app / "runs.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(timezone.utc).isoformat(timespec="seconds")
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{stamp} {outcome}\n")


# --------------------------------------------------------------------------
# Swarm
# --------------------------------------------------------------------------

def docker(*args):
    return subprocess.run(
        ["docker", *args], capture_output=True, text=True, check=False
    )


def current_version(app):
    service = SPECS[app]["service"]
    got = docker(
        "service", "inspect", service,
        "--format", '{{index .Spec.Labels "example.version"}}',
    )
    return got.stdout.strip() or None if got.returncode == 0 else None


def deploy(app, version):
    service = SPECS[app]["service"]
    _, image_tag = split_version(version)
    got = docker(
        "service", "update", "--detach=false",
        "--label-add", f"example.version={version}",
        "--image", f"{app}:{image_tag or version}", service,
    )
    if got.returncode != 0:
        raise DeployError(got.stderr.strip())


def stop(app):
    docker("service", "scale", SPECS[app]["service"] + "=0")


def start(app):
    docker("service", "scale", SPECS[app]["service"] + "=1")


# --------------------------------------------------------------------------
# Snapshots of stateful apps
# --------------------------------------------------------------------------

def snapshot_dir(app):
    return WARM_ROOT / app / "snapshot"


def take_snapshot(app, version):
    """Stop the app, copy its volumes aside, remember what they belong to."""
    if not SPECS[app]["stateful"]:
        return
    stop(app)
    folder = snapshot_dir(app)
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"app": app, "version": version, "ts": int(time.time())}
    (folder / "meta.json").write_text(json.dumps(meta) + "\n")


def restore_snapshot(app):
    if not SPECS[app]["stateful"]:
        return
    stop(app)
    if not (snapshot_dir(app) / "meta.json").exists():
        raise DeployError(f"{app}: no snapshot to go back to")


# --------------------------------------------------------------------------
# Health
# --------------------------------------------------------------------------

def probe_target(app):
    """Name and path that the health gate of APP asks for."""
    spec = SPECS[app]
    return spec.get("health_domain", spec["domain"]), spec["health_path"]


def is_ok(app, code):
    return code in SPECS[app]["health_ok"]


def health_code(domain, path, timeout=10):
    # Ask over the loopback address, but under the public name. The name of
    # the proxy itself has no page at /, which is why its spec sends us to
    # the dashboard instead (see SPECS).
    command = [
        "curl", "-sk", "-o", os.devnull, "-w", "%{http_code}",
        "--max-time", str(timeout),
        "--resolve", f"{domain}:443:127.0.0.1",
        f"https://{domain}{path}",
    ]
    try:
        got = subprocess.run(
            command, capture_output=True, text=True, timeout=timeout + 5
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    if got.returncode != 0:
        return 0
    return int(got.stdout or 0)


def wait_healthy(app, within):
    """Poll until healthy; False once WITHIN seconds are over."""
    domain, path = probe_target(app)
    deadline = time.monotonic() + within
    while True:
        code = health_code(domain, path)
        if is_ok(app, code):
            return True
        if time.monotonic() >= deadline:
            print(f"{app}: {domain}{path} still answers {code}", file=sys.stderr)
            return False
        time.sleep(POLL_SECONDS)


# --------------------------------------------------------------------------
# The run
# --------------------------------------------------------------------------

def check_step(app, running, wanted):
    if running and is_major_step(running, wanted):
        write_alert(app, "held-major", wanted)
        raise Held(f"{app}: {running} -> {wanted} is a major step")
    if notes_want_a_person(app, wanted):
        write_alert(app, "held-notes", wanted)
        raise Held(f"{app}: the notes of {wanted} ask for a person")


def roll_back(app, version, failed):
    write_alert(app, "unhealthy-on-latest", failed)
    if not version or version == failed:
        return False
    restore_snapshot(app)
    deploy(app, version)
    if wait_healthy(app, SPECS[app]["within"]):
        return True
    write_alert(app, "rollback-failed", version)
    return False


def reconcile(app, wanted):
    spec = SPECS[app]
    running = current_version(app)
    if running == wanted and wait_healthy(app, 60):
        write_last_good(app, wanted)
        note_run(app, "nothing to do")
        return 0
    check_step(app, running, wanted)
    last_good = read_last_good(app) or running
    try:
        take_snapshot(app, running)
        deploy(app, wanted)
        healthy = wait_healthy(app, spec["within"])
    except DeployError as error:
        print(f"{app}: {error}", file=sys.stderr)
        healthy = False
    if healthy:
        write_last_good(app, wanted)
        note_run(app, "deployed " + wanted)
        return 0
    return 0 if roll_back(app, last_good, wanted) else 1


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("app", nargs="?", choices=sorted(SPECS))
    parser.add_argument("wanted", nargs="?")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args(argv)
    if args.list:
        for app in sorted(SPECS):
            print(app, "https://%s%s" % probe_target(app))
        return 0
    if not args.app or not args.wanted:
        parser.error("APP and WANTED are needed")
    if args.dry_run:
        print(args.app, current_version(args.app), "->", args.wanted)
        return 0
    try:
        return reconcile(args.app, args.wanted)
    except Held as held:
        print(held, file=sys.stderr)
        return 0


if __name__ == "__main__":
    sys.exit(main())
EOF

put runner/stamp.py <<'EOF'
"""Remember which version of an app was last deployed by the runner."""
from pathlib import Path


def deploy_and_stamp(folder, version, deploy, gate):
    """Deploy, ask the gate, keep a stamp; returns what the gate said."""
    deploy(version)
    Path(folder, "version.stamp").write_text(version + "\n", encoding="utf-8")
    return gate()
EOF

put runner/nightly_sweep.py <<'EOF'
"""Go through the always-on apps once a night."""
import subprocess
import sys

APPS = ("traefik", "keycloak")


def fetch(app):
    """Look for a newer recipe of APP; True if the network answered."""
    got = subprocess.run(["git", "-C", f"/opt/recipes/{app}", "fetch", "-q"])
    return got.returncode == 0


def main():
    for app in APPS:
        if not fetch(app):
            print(f"{app}: no network, giving up", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
EOF

put nix/modules/proxy.nix <<'EOF'
# The reverse proxy of the CI host. The unit counts as started only when the
# reconciler is through, health gate included: everything that needs a working
# proxy is ordered after it.
{ pkgs, ... }:
{
  systemd.services.deploy-proxy = {
    description = "Bring traefik to its wanted version";
    after = [ "docker.service" "network-online.target" ];
    wants = [ "network-online.target" ];
    wantedBy = [ "multi-user.target" ];
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
      # The gate asks for the dashboard's page, through the proxy.
      ExecStart = "${pkgs.python3}/bin/python3 /opt/example/runner/warm_reconcile.py traefik 5.1.1+v3.6.15";
      TimeoutStartSec = "300";
    };
  };
}
EOF

put nix/modules/dashboard.nix <<'EOF'
# The start page of the CI host, served through the proxy.
{ pkgs, ... }:
{
  systemd.services.deploy-dashboard = {
    description = "Bring up the dashboard";
    after = [ "deploy-bridge.service" "deploy-proxy.service" "docker.service" ];
    wants = [ "deploy-bridge.service" ];
    wantedBy = [ "multi-user.target" ];
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
      ExecStart = "${pkgs.python3}/bin/python3 /opt/example/runner/warm_reconcile.py dashboard 1.4.0+2.0.3";
    };
  };
}
EOF

put systemd/deploy-proxy.service <<'EOF'
# Plain twin of nix/modules/proxy.nix, for hosts without Nix.
[Unit]
Description=Bring traefik to its wanted version
After=docker.service network-online.target
Wants=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/python3 /opt/example/runner/warm_reconcile.py traefik 5.1.1+v3.6.15
TimeoutStartSec=300

[Install]
WantedBy=multi-user.target
EOF

put systemd/deploy-bridge.service <<'EOF'
[Unit]
Description=Bring up the webhook bridge
After=deploy-proxy.service docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/docker service scale ccci-bridge_app=1

[Install]
WantedBy=multi-user.target
EOF

put systemd/deploy-dashboard.service <<'EOF'
# Plain twin of nix/modules/dashboard.nix, for hosts without Nix.
[Unit]
Description=Bring up the dashboard
After=deploy-bridge.service deploy-proxy.service
After=docker.service
Wants=deploy-bridge.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/python3 /opt/example/runner/warm_reconcile.py dashboard 1.4.0+2.0.3

[Install]
WantedBy=multi-user.target
EOF

put systemd/nightly-sweep.service <<'EOF'
[Unit]
Description=Nightly walk through the always-on apps
After=deploy-proxy.service

[Service]
Type=oneshot
ExecStart=/usr/bin/python3 /opt/example/runner/nightly_sweep.py
EOF

put docs/warm.md <<'EOF'
# Always-on apps

Three apps stay up between test runs: the proxy, the single sign-on server and
the dashboard. `runner/warm_reconcile.py` keeps them at their wanted version.
EOF

put README.md <<'EOF'
# warm-host example

A tiny project around one question: may the start of the proxy wait for a page
that is started after the proxy? The record of the work is in `machine-docs/`.
EOF

put machine-docs/infra.yaml <<'EOF'
version: 1
apps:
  traefik:
    driver: {kind: swarm, service: ccci-traefik_app}
    wanted: 5.1.1+v3.6.15
    runs_in: deploy-proxy.service
    serves: [https://traefik.ci.commoninternet.net/]
    gate:
      - {name: routed, url: https://ci.commoninternet.net/, pin: 127.0.0.1:443, tls: {verify: false}, expect: {status: [200]}}
    timing: {within: 300s, every: 2s, timeout: 10s, consecutive: 1, start_grace: 5s}
    rollback: {to: last_good, stateful: false}
    hold: {major: true, notes_match: "manual migration"}
  dashboard:
    driver: {kind: swarm, service: ccci-dashboard_app}
    wanted: 1.4.0+2.0.3
    runs_in: deploy-dashboard.service
    serves: [https://ci.commoninternet.net/]
    gate:
      - {name: self, url: https://ci.commoninternet.net/healthz, pin: 127.0.0.1:443, tls: {verify: false}, expect: {status: [200], json: {service: dashboard}}}
    timing: {within: 120s, every: 2s, timeout: 10s, consecutive: 2, start_grace: 5s}
    rollback: {to: last_good, stateful: false}
order: {units: ["nix/modules/*.nix", "systemd/*.service"]}
EOF

put machine-docs/DECISIONS.md <<'EOF'
# DECISIONS — all phases, append-only

## Settled

- **Host:** one swarm node carries the runner and the always-on apps; a second node only if the first is full.
- **Versions:** every app has a wanted version in the repository, nothing follows `latest`.

## Open (defaults, to confirm once things land)

- **Alert delivery:** TBD. Leaning towards one file per alert, passed on by the Builder.

## Dead-ends

- (none yet)
EOF

put machine-docs/DEFERRED.md <<'EOF'
# DEFERRED — work that was put aside on purpose

## Conventions

Either side may file. Nobody rewrites or removes what the other one filed. To close: tick the box and add one line that
says which commit, pull request or decision did it.

## Format (one item per entry)

```
### YYYY-MM-DD — <slug>
- [ ] **What:** <one sentence>
- **Filed by:** <Builder|Adversary>, phase <id>
- **Reason for deferral:** <why not now>
- **Re-entry trigger:** <gate, phase, finding, flag or person>
- **Linked IDEA / BACKLOG:** <id or —>
```

---

## Open deferrals

(none yet)

## Closed deferrals

(none yet)
EOF

commit 2026-06-12T08:30:00Z <<'EOF'
chore: skeleton of the warm-host example

Reconciler, units, the frame of the record.
EOF

# =========================================================== 2. phase pvfix starts
loop

put machine-docs/STATUS-pvfix.md <<'EOF'
# STATUS — phase pvfix (Builder)

Mission: a rebuild must leave the proxy at its wanted version, started, without a person.

## Gate

(none claimed yet)

## DONE

Not yet. Comes here when M1 has its PASS.
EOF

put machine-docs/JOURNAL-pvfix.md <<'EOF'
# JOURNAL — phase pvfix (Builder, append-only)

## 2026-06-12 bootstrap

**Context:** the proxy unit has a start limit of 300 s, its health wait alone may take 300 s after a deploy, plus 60 s for
the look at the running version.

**Plan:**
- raise the limit of the unit, so that systemd never kills a reconciler that is still waiting
- leave the order of the units alone

### What is known of the host
One node, swarm, seven units ordered after the proxy.

**Next:** change `nix/modules/proxy.nix`, and the plain unit with it.
EOF

put machine-docs/BACKLOG-pvfix.md <<'EOF'
# BACKLOG — phase pvfix

## Build backlog

- [ ] Raise the start limit of the proxy unit
- [ ] One rebuild on the host with the new limit

## Adversary findings

(none yet)
EOF

swap machine-docs/DEFERRED.md '## Open deferrals

(none yet)
' '## Open deferrals

### 2026-06-12 — proxy start limit is shorter than the health wait
- [ ] **What:** `nix/modules/proxy.nix` stops the unit after 300 s, the gate inside may need 360 s.
- **Filed by:** Builder, phase pvfix
- **Reason for deferral:** the survey of the host comes first.
- **Re-entry trigger:** before the M1 claim of pvfix
- **Linked IDEA / BACKLOG:** BACKLOG-pvfix, first task

### 2026-06-12 — alert files pile up without end
- [ ] **What:** `write_alert` in `runner/warm_reconcile.py` adds files and nothing ever counts or moves them.
- **Filed by:** Builder, phase pvfix
- **Reason for deferral:** no harm yet, one file in a month.
- **Re-entry trigger:** once gate M1 of pvfix is claimed
- **Linked IDEA / BACKLOG:** —
'
commit 2026-06-12T09:10:12Z <<'EOF'
status+journal(pvfix): phase start

Two items filed in DEFERRED.

Phase: pvfix
EOF

# ============================== T. the fix, on a branch that will not survive
git checkout -q -b tmp/start-limit
swap nix/modules/proxy.nix 'TimeoutStartSec = "300";' '# 60 s look + 300 s gate, twice over when it rolls back, and some air.
      TimeoutStartSec = "900";'
swap systemd/deploy-proxy.service 'TimeoutStartSec=300' 'TimeoutStartSec=900'
commit 2026-06-12T10:02:41Z <<'EOF'
fix(pvfix): let the proxy unit outlive its own health wait

The limit of 300 s ended the unit while the gate was still entitled to wait.

Phase: pvfix
EOF
old=$sha
git checkout -q main

# =============================================== 3. the Adversary opens its ledger
put machine-docs/REVIEW-pvfix.md <<'EOF'
# REVIEW — phase pvfix (Adversary, append-only)

Verdicts only after a cold run in my own clone. A `## VETO <reason>` heading would stop DONE.

## Verdicts

(none yet)

## Open VETOes

(none)
EOF
commit 2026-06-12T10:20:05Z <<'EOF'
review(pvfix): ledger opened, no verdict yet

Read the phase goal and the units. Nothing is claimed.

Phase: pvfix
EOF

# ========================================= 4. the fix again, on top of the ledger
GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$mail GIT_COMMITTER_DATE=2026-06-12T10:31:19Z \
  git cherry-pick tmp/start-limit >/dev/null
twin=$(git rev-parse HEAD)
git branch -q -D tmp/start-limit
[ "$old" != "$twin" ] || die "the rebased fix kept its sha"

# ============================================================ 5. claim of pvfix M1
put machine-docs/STATUS-pvfix.md <<'EOF'
# STATUS — phase pvfix (Builder)

Mission: a rebuild must leave the proxy at its wanted version, started, without a person.

Gate: **M1 CLAIMED, awaiting Adversary** (claimed 2026-06-12)

**WHAT:** the start limit of the proxy unit covers the longest wait of the gate inside it.

**HOW (cold, from your clone):**

1. `grep -n TimeoutStartSec nix/modules/proxy.nix systemd/deploy-proxy.service`
2. `grep -n '"within"' runner/warm_reconcile.py`

**EXPECTED:**

1. `900` in both files
2. 300 for traefik, so look + gate + rollback gate = 660 s stays below the limit

**WHERE:** `nix/modules/proxy.nix`, `systemd/deploy-proxy.service`

## DONE

Not yet. Comes here when M1 has its PASS.
EOF

slurp machine-docs/JOURNAL-pvfix.md
printf '%s' "$text
## 2026-06-12T10:40Z–10:58Z — M1: start limit raised, record brought up to date

**Did:** limit 300 s → 900 s in \`nix/modules/proxy.nix\` and in the plain unit, committed as \`${old:0:12}\`. An earlier try
(commit \`4c1d9e7\`) had touched the gate's own wait and was thrown away before it was pushed.

**Why the limit rather than the wait:** a shorter wait would call a slow but healthy proxy broken.

TODO later: time one boot with an empty image cache.

**Next:** claim M1.
" >machine-docs/JOURNAL-pvfix.md

swap machine-docs/BACKLOG-pvfix.md '- [ ] Raise the start limit of the proxy unit' '- [x] Raise the start limit of the proxy unit'
swap machine-docs/DEFERRED.md '- [ ] **What:** `nix/modules/proxy.nix` stops' '- [x] **What:** `nix/modules/proxy.nix` stops'
swap machine-docs/DEFERRED.md '- **Linked IDEA / BACKLOG:** BACKLOG-pvfix, first task
' "- **Linked IDEA / BACKLOG:** BACKLOG-pvfix, first task
- **Closed:** 2026-06-12 by commit ${old:0:12}
"
swap machine-docs/DEFERRED.md '
## Closed deferrals
' '
### 2026-06-12 — version stamp written before the deploy is healthy
- [ ] **What:** `runner/stamp.py` writes the stamp right after the deploy, so a failed gate leaves a stamp that lies.
- **Filed by:** Builder, phase pvfix
- **Reason for deferral:** the stamp is read by nobody until the next phase of the runner.
- **Operator action to lift:** say which side owns the stamp file.
- **Linked IDEA / BACKLOG:** —

### 2026-06-12 — nightly sweep gives up on the first network error
- [ ] **What:** `runner/nightly_sweep.py` ends the night when one fetch fails.
- **Filed by:** Adversary, phase pvfix (seen while reading the units)
- **Reason for deferral:** not part of the proxy.
- **Re-entry trigger:** two red nights in a row
- **Linked IDEA / BACKLOG:** —

## Closed deferrals
'
swap machine-docs/DECISIONS.md '
## Dead-ends

- (none yet)
' '
## Dead-ends

- (none yet)

---

## Phase pvfix (2026-06-12) — start limit of the proxy unit covers the whole gate

The limit of a unit that runs a gate is set from the longest path through that gate, rollback included, and never the
other way round. SETTLED.
'
commit 2026-06-12T11:05:33Z <<'EOF'
claim(pvfix-M1): the proxy unit outlives its own health wait

STATUS has WHAT, HOW, EXPECTED and WHERE.

Phase: pvfix
EOF
claim_pvfix=$sha

# ==================================================== 6. PASS, and finding A1 filed
swap machine-docs/REVIEW-pvfix.md '## Verdicts

(none yet)

## Open VETOes

(none)
' "## Verdicts

## M1 — start limit of the proxy unit: **PASS** @ 2026-06-13T06:14Z

Cold clone at claim \`${claim_pvfix:0:9}\`. Both files say 900, the sum of the waits is 660. JOURNAL-pvfix not read before this.

The cold boot of 05:38Z showed something else: the unit waited the whole time for a page that cannot be there yet. It did
not break this gate, so it is filed as A1 (BACKLOG-pvfix) and not held against M1.

## Open VETOes

(none)
"
swap machine-docs/BACKLOG-pvfix.md '## Adversary findings

(none yet)
' '## Adversary findings

### A1 [adversary] deploy-proxy waits for a page that is started after it

**Filed:** 2026-06-13T06:16Z
**Severity:** high: a cold boot hangs until the start limit, then raises a false alarm
**Status:** OPEN
**Description:** the traefik gate in `runner/warm_reconcile.py` asks for the page of the dashboard. The dashboard unit is
ordered after deploy-proxy (`nix/modules/dashboard.nix`), and deploy-proxy is not started before its gate has ended.
**Repro (controlled):** scale the dashboard to 0, run the old question: 404 as long as one cares to wait.
**Root cause:** the gate looks at something else than the app that it guards.
'
commit 2026-06-13T06:20:47Z <<'EOF'
review(pvfix-M1): M1 PASS + [adversary] A1 - the proxy waits for the dashboard

M1 holds cold. A1 is filed in BACKLOG-pvfix: the gate and the order of the units
form a circle.

Phase: pvfix
EOF

# ============================== 7. pvfix is called done; A1 is parked, with a workaround
put machine-docs/STATUS-pvfix.md <<'EOF'
# STATUS — phase pvfix (Builder)

Mission: a rebuild must leave the proxy at its wanted version, started, without a person.

Gate: M1 PASS (REVIEW-pvfix.md, 2026-06-13). No VETO.

## Known limits

A cold boot still hangs. Until the gate is mended, use the manual workaround (DECISIONS 2026-06-13, pvfix).

## DONE

Phase pvfix complete @2026-06-13: M1 PASS. A1 is parked in DEFERRED.md, entry of 2026-06-13.
EOF
slurp machine-docs/JOURNAL-pvfix.md
printf '%s' "$text
## 2026-06-13 ~06:35 — A1 read, it is not mended inside pvfix

**Findings:** A1 is right, the circle is there on paper and on the host. The alert that the boot left behind
(\`machine-docs/alerts/20260613T054428Z-traefik-unhealthy-on-latest.json\`) is a false one: traefik was up.

**Decided:** a manual workaround until a phase of its own mends the gate.

Next: hand over to pxgate.
" >machine-docs/JOURNAL-pvfix.md
swap machine-docs/BACKLOG-pvfix.md '- [ ] One rebuild on the host with the new limit' '- [x] One rebuild on the host with the new limit'
put machine-docs/alerts/20260613T054428Z-traefik-unhealthy-on-latest.json <<'EOF'
{"app": "traefik", "reason": "unhealthy-on-latest", "ts": "20260613T054428Z", "version": "5.1.1+v3.6.15"}
EOF
swap machine-docs/DEFERRED.md '
## Closed deferrals
' '
### 2026-06-13 — deploy-proxy ↔ dashboard health-gate circular dependency
- [ ] **What:** the gate of traefik in `runner/warm_reconcile.py` must stop asking for the dashboard (finding A1, pvfix).
- **Filed by:** Builder, phase pvfix
- **Reason for deferral:** the probe needs a phase with its own gates, pvfix is about the start limit.
- **Re-entry trigger:** start of phase pxgate
- **Linked IDEA / BACKLOG:** A1 in BACKLOG-pvfix.md

## Closed deferrals
'
slurp machine-docs/DECISIONS.md
printf '%s' "$text
## 2026-06-13 — pvfix: manual workaround, start the dashboard by hand while the proxy gate hangs

Whoever boots the host cold starts the dashboard's swarm service by hand as soon as the proxy listens; the gate then
finds its page and the rest of the units follow. To be retired by whatever answers A1.
" >machine-docs/DECISIONS.md
swap nix/modules/dashboard.nix '# The start page of the CI host, served through the proxy.
' '# The start page of the CI host, served through the proxy.
# Hangs on a cold boot: DECISIONS 2026-06-13, pvfix manual workaround.
'
commit 2026-06-13T06:52:10Z <<'EOF'
deferred+decisions(pvfix): park the circle, write the manual workaround down

The alert of the cold boot is kept under machine-docs/alerts.

Phase: pvfix
EOF

# ================================= 8. pxgate: ledger and orientation message (Adversary)
put machine-docs/REVIEW-pxgate.md <<'EOF'
# REVIEW — phase pxgate (Adversary, append-only)

House rules: cold runs only, journal unread until the verdict stands. A gate that waits for me carries `### PENDING`; a
heading `## VETO <reason>` forbids DONE until I lift it. No VETO so far.

## Adversary orientation (cold start — 2026-06-13T09:22Z)

Read: plan, units, the code. Not run: anything.

## M1 — probe replaced, shown under control

### PENDING — nothing claimed yet

## M2 — cold boot on the real host

### PENDING — after M1
EOF
put machine-docs/BACKLOG-pxgate.md <<'EOF'
# BACKLOG — phase pxgate

## Adversary findings

### Break-it probes to execute at M1 gate

- [ ] **P1-neg (traefik-down gate fails):** stop traefik, the new question must not come back as healthy.
- [ ] **P2 (dashboard-down gate passes):** dashboard at 0 replicas, the new question must come back at once.
EOF
put machine-docs/BUILDER-INBOX.md <<'EOF'
# BUILDER-INBOX — Adversary → Builder (non-gate) @2026-06-13

Orientation for pxgate, no verdict in here.

1. **A1 (BACKLOG-pvfix) is your mission.** Mend the question, not the order: seven units rely on the order.
2. **The path matters.** Whatever you ask must be answered by traefik without anything behind it.
3. **Teeth.** I will stop traefik and expect your gate to go red. Do not argue it, show it.
EOF
commit 2026-06-13T09:31:26Z <<'EOF'
review(pxgate): ledger opened, orientation sent - no verdict

Nothing is claimed. The Builder finds three remarks in its inbox.

Phase: pxgate
EOF

# ============================================ 8b. the message grows before it is read
slurp machine-docs/BUILDER-INBOX.md
printf '%s' "${text}4. **The alert of 05:44Z** is still in the folder. Say in the journal what becomes of it.

— Adversary (delete this file once read)
" >machine-docs/BUILDER-INBOX.md
commit 2026-06-13T10:04:52Z <<'EOF'
inbox(pxgate): one more remark for the Builder

Phase: pxgate
Role: adversary
EOF
git tag before-fix

# ================================================================= 9. the seed's fix
swap runner/warm_reconcile.py "        # The proxy's name has nothing to show at /, so look at the dashboard
        # through it: whoever gets that page knows that routing works too.
        \"health_domain\": \"ci.commoninternet.net\",
        \"health_path\": \"/\",
" "        # traefik's own API: no backend, nothing that is started later. The
        # page of the dashboard stood here and could not be there on a cold
        # boot, since the dashboard is ordered after the proxy (A1, pvfix).
        \"health_path\": \"/api/version\",
"
swap runner/warm_reconcile.py '    # Ask over the loopback address, but under the public name. The name of
    # the proxy itself has no page at /, which is why its spec sends us to
    # the dashboard instead (see SPECS).
' '    # Ask over the loopback address, but under the public name: the answer
    # must come from this host. Every app is asked under its own name, the
    # proxy included (see SPECS).
'
swap nix/modules/proxy.nix "      # The gate asks for the dashboard's page, through the proxy.
" "      # The gate asks traefik's own API, nothing that is started after this unit.
"
put machine-docs/infra.yaml <<'EOF'
version: 1
apps:
  traefik:
    driver: {kind: swarm, service: ccci-traefik_app}
    wanted: 5.1.1+v3.6.15
    runs_in: deploy-proxy.service
    serves: [https://traefik.ci.commoninternet.net/]
    gate:
      - {name: api, url: https://traefik.ci.commoninternet.net/api/version, pin: 127.0.0.1:443, tls: {verify: false}, expect: {status: [200], json: {Version: 3.6.15}}}
    confirm:
      - {name: routed, url: https://ci.commoninternet.net/, provider: dashboard, expect: {status: [200]}}
    timing: {within: 300s, every: 2s, timeout: 10s, consecutive: 2, start_grace: 5s}
    rollback: {to: last_good, stateful: false}
    hold: {major: true, notes_match: "manual migration"}
    negative_controls: [{name: stopped, break: [docker, service, scale, ccci-traefik_app=0], restore: [docker, service, scale, ccci-traefik_app=1], within: 20s}]
  dashboard:
    driver: {kind: swarm, service: ccci-dashboard_app}
    wanted: 1.4.0+2.0.3
    runs_in: deploy-dashboard.service
    serves: [https://ci.commoninternet.net/]
    gate:
      - {name: self, url: https://ci.commoninternet.net/healthz, pin: 127.0.0.1:443, tls: {verify: false}, expect: {status: [200], json: {service: dashboard}}}
    timing: {within: 120s, every: 2s, timeout: 10s, consecutive: 2, start_grace: 5s}
    rollback: {to: last_good, stateful: false}
order: {units: ["nix/modules/*.nix", "systemd/*.service"]}
EOF
cat "$seed" >machine-docs/JOURNAL-pxgate.md
slurp machine-docs/DECISIONS.md
printf '%s' "$text
## 2026-06-13 — pxgate: the proxy gate asks traefik's own API (supersedes the pvfix manual workaround)

The gate of an app asks the app itself. For traefik that is its version API under its own name, which needs no backend.
Whether routing works is looked at afterwards and blocks nobody's start. Nobody has to start the dashboard by hand any
more. Order of the units: unchanged.
" >machine-docs/DECISIONS.md
swap machine-docs/DEFERRED.md '- [ ] **What:** the gate of traefik' '- [x] **What:** the gate of traefik'
swap machine-docs/DEFERRED.md '- **Linked IDEA / BACKLOG:** A1 in BACKLOG-pvfix.md
' '- **Linked IDEA / BACKLOG:** A1 in BACKLOG-pvfix.md
- **Closed:** 2026-06-13 with this fix commit
'
swap machine-docs/BACKLOG-pxgate.md '# BACKLOG — phase pxgate
' '# BACKLOG — phase pxgate

## Build backlog

- [x] Point the gate of traefik at something that traefik serves itself
- [x] Write the decision down, close the item of 2026-06-13
- [~] Go through the units that are ordered after deploy-proxy
- [ ] M2: rebuild the host and watch one cold boot
'
rm machine-docs/BUILDER-INBOX.md
commit 2026-06-13T12:22:38Z <<'EOF'
fix(pxgate): let the proxy gate ask traefik, not the page behind it

Undoes the circle of finding A1 (pvfix):
- runner/warm_reconcile.py: no health_domain for traefik any more, and the path
  is /api/version; its own name is the default.
- nix/modules/proxy.nix: the comment says what the gate asks.
- machine-docs/infra.yaml: the same, and the routed page becomes a confirm.
- machine-docs/DECISIONS.md: new entry, retires the manual workaround of pvfix.
- machine-docs/DEFERRED.md: 2026-06-13 circular-dependency entry closed.
- machine-docs/BUILDER-INBOX.md: read, deleted.

With the dashboard at 0 replicas:
  ci.commoninternet.net/                      404, for ever
  traefik.ci.commoninternet.net/api/version   200, at once

Closes-Deferred: 2026-06-13-deploy-proxy-dashboard-health-gate-circular-dependency
Phase: pxgate

Co-Authored-By: Pair Agent <pair@example.org>
EOF
fix=$sha

# =========================================================== 10. claim of pxgate M1
put machine-docs/STATUS-pxgate.md <<'EOF'
# STATUS — phase pxgate (Builder)

Plan: `plan-phase-pxgate-proxy-healthgate.md`, in the operator's repository.

## Gate: M1 — CLAIMED, awaiting Adversary

### WHAT is claimed

The gate of deploy-proxy no longer asks for anything that is started after deploy-proxy, and it still fails when traefik is
broken.

### HOW to verify (cold-clone commands)

```bash
# 1. the question has changed
python3 runner/warm_reconcile.py --list
# EXPECTED: traefik https://traefik.ci.commoninternet.net/api/version

# 2. nobody's order has changed
git diff --stat before-fix HEAD -- systemd nix/modules/dashboard.nix
# EXPECTED: nothing
```

### EXPECTED

- 1 and 2 as noted beside the commands.
- When curl fails, `health_code()` hands back the error sentinel 999, which no app counts as healthy.

### WHERE

- `runner/warm_reconcile.py` lines 117-127 and line 253
- `nix/modules/proxy.nix`
- `machine-docs/infra.yaml`

## Gate: M2 — not started

## DONE

Not yet. Only when M1 and M2 have their PASS.
EOF
commit 2026-06-13T12:34:15Z <<'EOF'
claim(pxgate-M1): the proxy gate depends on traefik alone

WHAT, HOW, EXPECTED and WHERE are in STATUS-pxgate.

Phase: pxgate
EOF
claim_pxgate=$sha
git tag at-claim

# ================================ 11. PASS, written ten minutes ahead of its own commit
swap machine-docs/REVIEW-pxgate.md '### PENDING — nothing claimed yet
' "### PASS @2026-06-13T13:00Z — Adversary cold-verified

Claim \`${claim_pxgate:0:10}\`, own clone, own commands.

- \`python3 runner/warm_reconcile.py --list\` → traefik is asked under its own name, \`/api/version\`
- P2: dashboard at 0 replicas, the answer is 200 at once
- P1-neg: traefik stopped, the gate goes red, and green again after the start

Remark, harmless: STATUS says that the error sentinel is 999. I called \`health_code()\` against a closed port and the code
returns 0. Both are outside \`health_ok\`, so the gate has its teeth, but the sentence is wrong and nobody had run it.
"
swap machine-docs/BACKLOG-pvfix.md '**Status:** OPEN' "**Status:** CLOSED @2026-06-13 (fix commit ${fix:0:10}, seen cold under M1 of pxgate)"
swap machine-docs/BACKLOG-pxgate.md '- [ ] **P1-neg' '- [x] **P1-neg'
swap machine-docs/BACKLOG-pxgate.md '- [ ] **P2 ' '- [x] **P2 '
commit 2026-06-13T12:50:23Z <<'EOF'
review(pxgate-M1): PASS @13:00Z - gate asks traefik itself; A1 (pvfix) closed

One remark: the error sentinel is 0 in the code, 999 only in the claim.

Phase: pxgate
EOF

# ============================================================== 12. STATUS rewritten
put machine-docs/STATUS-pxgate.md <<EOF
# STATUS — phase pxgate (Builder)

Plan: \`plan-phase-pxgate-proxy-healthgate.md\`, in the operator's repository.

## Gate: M1 — PASS @ 2026-06-13T13:00Z (REVIEW-pxgate.md, claim ${claim_pxgate:0:10}). No VETO.

The sentence about 999 was wrong, see the remark in REVIEW-pxgate.md: \`health_code()\` hands back 0.

## Gate: M2 — AWAITING ORCHESTRATOR

A rebuild and one cold boot of the real host; both need the operator. Nothing is claimed.

## DONE

Not yet. Only when M2 has its PASS as well.
EOF
commit 2026-06-13T13:18:44Z <<'EOF'
status(pxgate): M1 verified, M2 - AWAITING ORCHESTRATOR

Phase: pxgate
EOF

# ======================================= B. a fix on a branch that nobody has merged
git checkout -q -b fix/dstamp
swap runner/stamp.py '    """Deploy, ask the gate, keep a stamp; returns what the gate said."""
    deploy(version)
    Path(folder, "version.stamp").write_text(version + "\n", encoding="utf-8")
    return gate()
' '    """Deploy, ask the gate, stamp only what passed; returns what the gate said."""
    deploy(version)
    healthy = gate()
    if healthy:
        Path(folder, "version.stamp").write_text(version + "\n", encoding="utf-8")
    return healthy
'
commit 2026-06-13T15:07:30Z <<'EOF'
fix(dstamp): stamp a version only after its gate has passed

A stamp that is written first survives a failed gate.

Closes-Deferred: 2026-06-12-version-stamp-written-before-the-deploy-is-healthy
EOF
dstamp=$sha
git checkout -q main

# ======================== 13. a landed fix whose item is still open (box not ticked)
swap runner/nightly_sweep.py '    """Look for a newer recipe of APP; True if the network answered."""
    got = subprocess.run(["git", "-C", f"/opt/recipes/{app}", "fetch", "-q"])
    return got.returncode == 0
' '    """Look for a newer recipe of APP; True if the network answered in time."""
    for pause in (0, 5, 30):
        time.sleep(pause)
        got = subprocess.run(["git", "-C", f"/opt/recipes/{app}", "fetch", "-q"])
        if got.returncode == 0:
            return True
    return False
'
swap runner/nightly_sweep.py 'import sys
' 'import sys
import time
'
commit 2026-06-13T16:12:09Z <<'EOF'
fix(sweep): try a fetch three times before the night is over

Closes-Deferred: 2026-06-12-nightly-sweep-gives-up-on-the-first-network-error
EOF

# ==================== 14. declares an item closed without touching what the item names
slurp docs/warm.md
printf '%s' "$text
## Alerts

One JSON file per alert; look through the folder now and then.
" >docs/warm.md
commit 2026-06-14T07:40:55Z <<'EOF'
docs(warm): say where alerts are kept

Closes-Deferred: 2026-06-12-alert-files-pile-up-without-end
EOF

# ======== 15. an item filed at the end of the file (wrong heading), a message to the Adversary
swap machine-docs/DEFERRED.md '## Closed deferrals

(none yet)
' '## Closed deferrals

(none yet)

### 2026-06-14 — keycloak gate asks the realm page only
- [ ] **What:** the gate of keycloak in `runner/warm_reconcile.py` takes any 200 of the realm page for an answer.
- **Filed by:** Builder, phase pxgate
- **Reason for deferral:** pxgate is about the proxy.
- **Re-entry trigger:** before any M2 gate claim of pxgate
- **Linked IDEA / BACKLOG:** —
'
put machine-docs/ADVERSARY-INBOX.md <<EOF
@2026-06-14T08:01Z — Builder: the operator rebuilds the host today, please leave traefik running until M2 is claimed

Also: a fix for the version stamp waits on branch \`fix/dstamp\` (commit ${dstamp:0:10}); it is not part of M2.
EOF
commit 2026-06-14T08:05:21Z <<'EOF'
deferred+inbox(pxgate): keycloak item filed, Adversary told about the rebuild

Phase: pxgate
Role: builder
EOF
git tag head

git symbolic-ref HEAD refs/heads/main
printf '%s\n' \
  "main       $(git rev-parse main)" \
  "fix/dstamp $(git rev-parse fix/dstamp)" \
  "old fix    $old (on no ref)" \
  "its twin   $twin"
