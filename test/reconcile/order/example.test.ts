import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNeighbours, matchPaths, readOrder, readSpec, readWorkingTree, runStaticControl, type Edge, type InfraSpec, type Order, type ReadTree } from '../../../src/reconcile/index.ts';
import { buildExample, type Example } from '../../example/build-example.ts';
import raw from '../../example/facts.json' with { type: 'json' };

interface OrderFacts {
  answer: Order['answer'];
  shortest?: string[];
  members?: string[];
  edges?: Edge[];
  proposal?: string;
  unread: unknown[];
  unknown: unknown[];
  leavesInclude: string[];
}
const facts = raw.infraOrder as unknown as Record<string, OrderFacts>;
const tags = ['before-fix', 'at-claim', 'head'];

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

/** A revision, straight from git. */
function revision(dir: string, rev: string): ReadTree {
  const git = (...args: string[]): string => execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8' });
  return {
    list: (globs) => Promise.resolve(git('ls-tree', '-r', '-z', '--name-only', rev).split('\0').filter(matchPaths(globs))),
    read: (path) => Promise.resolve(git('show', `${rev}:${path}`)),
  };
}

function specAt(dir: string): InfraSpec {
  const reading = readSpec(readFileSync(join(dir, 'machine-docs/infra.yaml'), 'utf8'), 'machine-docs/infra.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return reading.spec;
}

describe.each(tags)('the example at %s', (tag) => {
  const expected = facts[tag]!;
  let spec: InfraSpec;
  let order: Order;
  beforeAll(async () => {
    spec = specAt(example.checkedOut(tag));
    order = await readOrder(spec, readWorkingTree(example.checkedOut(tag)));
  });

  it('answers as it is', () => {
    expect(order).toMatchObject({ answer: expected.answer, unread: expected.unread, unknown: expected.unknown });
    expect(order.leaves).toEqual(expect.arrayContaining(expected.leavesInclude));
  });

  it('shows the shortest way round, with every place that is to blame', () => {
    if (!expected.shortest) return expect(order.cycles).toEqual([]);
    const [cycle] = order.cycles;
    expect(cycle).toMatchObject({ path: expected.shortest, proposal: expected.proposal });
    const members = order.edges.filter(({ from, to }) => expected.members?.includes(from) && expected.members.includes(to));
    expect(members).toEqual(expected.edges);
    expect(cycle?.edges.map(({ from, to, place }) => [from, to, place.path])).toEqual([
      ['deploy-proxy.service', 'deploy-dashboard.service', 'machine-docs/infra.yaml'],
      ['deploy-dashboard.service', 'deploy-proxy.service', 'nix/modules/dashboard.nix'],
    ]);
    expect(cycle?.edges[1]?.also).toEqual([{ path: 'systemd/deploy-dashboard.service', line: 4 }]);
  });

  it('reads a revision as it reads the working tree', async () => {
    expect(await readOrder(spec, revision(example.dir, tag))).toEqual(order);
  });

  it.each([
    ['the Nix modules', 'nix/modules/*.nix', 'systemd/'],
    ['the unit files', 'systemd/*.service', 'nix/'],
  ])('answers the same from %s alone', async (_, glob, absent) => {
    const whole = revision(example.dir, tag);
    const half: ReadTree = { ...whole, list: async (globs) => (await whole.list(globs)).filter((path) => !path.startsWith(absent)) };
    for (const alone of [await readOrder({ ...spec, order: { units: [glob], compose: [] } }, whole), await readOrder(spec, half)]) {
      expect(alone).toMatchObject({ answer: expected.answer, unread: [], unknown: [] });
      expect(alone.cycles[0]?.path).toEqual(expected.shortest);
    }
  });

  it('has gates that are worth their name, once they are fixed', () => {
    const controls = spec.apps.map((app) => [app.name, runStaticControl(app).verdict, runStaticControl(app).place.line]);
    expect(controls[0]).toEqual(['traefik', tag === 'before-fix' ? 'identity-blind' : 'sound', 9]);
    expect(controls[1]?.[1]).toBe('sound');
  });

  it('knows what else comes after the proxy', () => {
    const near = findNeighbours(order, 'deploy-proxy');
    expect(near?.direct.waited_on_by).toEqual(expect.arrayContaining(['deploy-bridge.service', 'deploy-dashboard.service', 'nightly-sweep.service']));
    expect(near?.direct.waits_for).toEqual(expect.arrayContaining(['docker.service', 'network-online.target']));
    expect(findNeighbours(order, 'deploy-dashboard.service')?.waits_for).toEqual(expect.arrayContaining(['deploy-bridge.service', 'deploy-proxy.service', 'network-online.target']));
    expect(findNeighbours(order, 'nobody')).toBeNull();
  });
});
