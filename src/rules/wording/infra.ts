import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const infraWording: Record<RuleOf<'infra'>, Wording> = {
  'gate-cycle': {
    title: 'A health gate waits for something that is started after it',
    why: 'On a cold boot the gate waits until its time limit, and a healthy version is rolled back.',
    wrong: `==> machine-docs/infra.yaml <==
version: 1
apps:
  traefik:
    runs_in: deploy-proxy.service
    gate: [{name: page, url: https://ci.example/, expect: {status: [200]}}]
  dashboard:
    runs_in: deploy-dashboard.service
    serves: [https://ci.example/]
order: {units: ["systemd/*.service"]}

==> systemd/deploy-dashboard.service <==
[Unit]
After=deploy-proxy.service`,
    right: `==> machine-docs/infra.yaml <==
version: 1
apps:
  traefik:
    runs_in: deploy-proxy.service
    serves: [https://traefik.ci.example/]
    gate: [{name: api, url: https://traefik.ci.example/api/version, expect: {status: [200]}}]
  dashboard:
    runs_in: deploy-dashboard.service
    serves: [https://ci.example/]
order: {units: ["systemd/*.service"]}

==> systemd/deploy-dashboard.service <==
[Unit]
After=deploy-proxy.service`,
    nextStep: 'Ask in gate: what the app serves itself, and move the rest to confirm:.',
  },
  'toothless-gate': {
    title: 'A health gate cannot fail',
    why: 'It accepts refused connections or error pages, so a broken version is kept as the last good one.',
    wrong: `==> machine-docs/infra.yaml <==
version: 1
apps:
  proxy:
    wanted: 5.1.1+v3.6.15
    gate: [{name: up, url: https://ci.example/, expect: {status: [200, 404, 502]}}]`,
    right: `==> machine-docs/infra.yaml <==
version: 1
apps:
  proxy:
    wanted: 5.1.1+v3.6.15
    gate: [{name: up, url: https://ci.example/api/version, expect: {status: [200], json: {Version: "\${version.app}"}}}]`,
    nextStep: 'Accept only what the healthy app answers.',
  },
  'identity-blind': {
    title: 'A health gate does not look at who answers',
    why: 'A status alone also passes on an empty body, on another service and on the old version.',
    wrong: `==> machine-docs/infra.yaml <==
version: 1
apps:
  proxy:
    wanted: 5.1.1+v3.6.15
    gate: [{name: api, url: https://traefik.ci.example/api/version, expect: {status: [200]}}]`,
    right: `==> machine-docs/infra.yaml <==
version: 1
apps:
  proxy:
    wanted: 5.1.1+v3.6.15
    gate: [{name: api, url: https://traefik.ci.example/api/version, expect: {status: [200], json: {Version: "\${version.app}"}}}]`,
    nextStep: 'Add a condition on the body that only this app at this version meets.',
  },
  'alert-unexplained': {
    title: 'No entry explains an open alert',
    why: 'An alert that nobody wrote about was not looked into, or was and the next agent starts over.',
    wrong: `$ ls machine-docs/alerts
20260613T054428Z-traefik-unhealthy-on-latest.json
$ docket search traefik-unhealthy-on-latest
nothing`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
Alert 20260613T054428Z-traefik-unhealthy-on-latest: false alarm, the gate asked a page that was not up yet.`,
    nextStep: 'Write into the journal what the alert was, and name it by its file.',
  },
  'alert-cleared-without-record': {
    title: 'An alert was deleted without a record',
    why: 'With the file goes what failed and when; an entry is all that could be left of it.',
    wrong: `$ git rm machine-docs/alerts/20260613T054428Z-traefik-unhealthy-on-latest.json`,
    right: `$ git mv machine-docs/alerts/20260613T054428Z-traefik-unhealthy-on-latest.json machine-docs/alerts/closed/`,
    nextStep: 'Restore the file under alerts/closed/, or journal what it said and why it is over.',
  },
};

export const safetyWording: Record<RuleOf<'safety'>, Wording> = {
  secret: {
    title: 'A secret stands in a document',
    why: 'The record is read by every agent and goes to every clone; what was once pushed is known.',
    wrong: `==> machine-docs/JOURNAL-pxgate.md <==
curl -H "Authorization: Bearer THE-TOKEN-ITSELF" https://ci.example/`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
curl -H "Authorization: Bearer $CI_TOKEN" https://ci.example/`,
    nextStep: 'Take the secret out before you commit; revoke it if it was pushed.',
  },
  'terminal-escape': {
    title: 'A document holds control or bidirectional characters',
    why: 'They move the cursor, hide text or turn it round: what a person sees in a terminal is not what stands there.',
    wrong: String.raw`==> machine-docs/JOURNAL-pxgate.md <==
→ all green\x1b[1A\x1b[2K`,
    right: String.raw`==> machine-docs/JOURNAL-pxgate.md <==
→ all green`,
    nextStep: String.raw`Delete the characters, or write them as \xNN.`,
  },
};
