import { array, assert, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawDot, drawMermaid, findNeighbours, type Order } from '../../../src/reconcile/index.ts';
import { findComponents, findShortestCycle, graphOf } from '../../../src/reconcile/order/find-cycles.ts';
import { orderOf } from './specimens.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
const graphs = array(record({ from: constantFrom(...names), to: constantFrom(...names) }), { maxLength: 16 }).map((edges) => edges.filter(({ from, to }) => from !== to));

/** The slow and obvious way: who reaches whom. */
function reaches(edges: readonly { from: string; to: string }[], start: string): Map<string, number> {
  const distance = new Map<string, number>();
  let front = [start];
  for (let steps = 1; front.length > 0; steps++) {
    front = [...new Set(front.flatMap((node) => edges.filter(({ from }) => from === node).map(({ to }) => to)))].filter((node) => !distance.has(node));
    for (const node of front) distance.set(node, steps);
  }
  return distance;
}

describe('knots in a graph', () => {
  it('are the nodes that reach each other', () => {
    assert(property(graphs, (edges) => {
      const components = findComponents(graphOf(edges));
      for (const one of names) {
        for (const other of names) {
          if (one === other) continue;
          const mutual = reaches(edges, one).has(other) && reaches(edges, other).has(one);
          expect(components.some((nodes) => nodes.has(one) && nodes.has(other))).toBe(mutual);
        }
      }
    }), { numRuns: 300 });
  });

  it('have a shortest way round, and none is shorter', () => {
    assert(property(graphs, (edges) => {
      const graph = graphOf(edges);
      for (const component of findComponents(graph)) {
        const cycle = findShortestCycle(graph, component)!;
        const lengths = [...component].map((node) => reaches(edges, node).get(node)!);
        expect(cycle.length - 1).toBe(Math.min(...lengths));
        expect(cycle[0]).toBe(cycle.at(-1));
        for (const [index, to] of cycle.slice(1).entries()) expect(graph.get(cycle[index]!)?.has(to)).toBe(true);
      }
    }), { numRuns: 300 });
  });

  it('are found in a chain that would exhaust the stack', () => {
    const edges = Array.from({ length: 50_000 }, (_, index) => ({ from: `n${index}`, to: `n${(index + 1) % 50_000}` }));
    expect(findComponents(graphOf(edges)).map(({ size }) => size)).toEqual([50_000]);
  });
});

const after = (...units: string[]): string => `[Unit]\nAfter=${units.join(' ')}\n`;

describe('cycles of an order', () => {
  it('are witnessed once for each knot, the shortest first', async () => {
    const order = await orderOf({
      'u/a.service': after('b.service'), 'u/b.service': after('c.service'), 'u/c.service': after('a.service'),
      'u/x.service': after('y.service'), 'u/y.service': after('x.service'),
    });
    expect(order.cycles.map(({ path }) => path)).toEqual([['x.service', 'y.service', 'x.service'], ['a.service', 'b.service', 'c.service', 'a.service']]);
    expect(order.cycles[0]?.proposal).toBe('take one of these out: After between x.service and y.service (u/x.service:2); After between y.service and x.service (u/y.service:2)');
  });

  it('show the shortest of several ways through a gate', async () => {
    const gate = [{ name: 'g', url: 'https://w.example/', expect: { status: [200] } }];
    const order = await orderOf({ 'u/w.service': after('m.service', 'p.service'), 'u/m.service': after('p.service') }, { p: { runs_in: 'p.service', gate }, w: { runs_in: 'w.service', serves: ['https://w.example/'] } });
    expect(order.cycles.map(({ path }) => path)).toEqual([['p.service', 'w.service', 'p.service']]);
  });

  it('show every gate that takes part, and units that knot without any', async () => {
    const ask = (name: string, host: string): Record<string, unknown> => ({ name, url: `https://${host}.example/`, expect: { status: [200] } });
    const order = await orderOf({ 'u/w.service': after('p.service'), 'u/v.service': after('p.service'), 'u/a.service': after('b.service'), 'u/b.service': after('a.service') }, {
      p: { runs_in: 'p.service', gate: [ask('one', 'w'), ask('two', 'v'), ask('three', 'w')] },
      w: { runs_in: 'w.service', serves: ['https://w.example/'] },
      v: { runs_in: 'v.service', serves: ['https://v.example/'] },
    });
    expect(order.cycles.map(({ edges }) => edges[0]?.why)).toEqual(['gate p/one asks https://w.example/', 'gate p/two asks https://v.example/', 'gate p/three asks https://w.example/', 'After']);
  });
});

describe('neighbours', () => {
  it('are direct or further away, and a unit in a cycle is not its own', async () => {
    const order = await orderOf({ 'u/a.service': after('b.service'), 'u/b.service': after('c.service', 'a.service'), 'u/d.service': after('a.service') });
    expect(findNeighbours(order, 'a')).toEqual({
      unit: 'a.service',
      waits_for: ['b.service', 'c.service'],
      waited_on_by: ['b.service', 'd.service'],
      direct: { waits_for: ['b.service'], waited_on_by: ['b.service', 'd.service'] },
    });
    expect(findNeighbours(order, 'c.service')).toMatchObject({ waits_for: [], waited_on_by: ['b.service', 'a.service', 'd.service'] });
    expect(findNeighbours(order, 'c.target')).toBeNull();
  });
});

describe('drawings', () => {
  const order: Order = {
    answer: 'cycle', unread: [], unknown: [], leaves: ['docker.service'],
    edges: [
      { from: 'a.service', to: 'docker.service', why: 'After', place: { path: 'u/a.service', line: 2 } },
      { from: 'b\\x2d"c".service', to: 'a.service', why: 'After', place: { path: 'u/b.service', line: 2 } },
      { from: 'b\\x2d"c".service', to: 'a.service', why: 'After', place: { path: 'nix/b.nix', line: 9 } },
      { from: 'a.service', to: 'b\\x2d"c".service', why: 'gate a/x asks https://b.example/?q="<1>"', place: { path: 'infra.yaml', line: 4 } },
    ],
    cycles: [{ path: [], proposal: '', edges: [{ from: 'a.service', to: 'b\\x2d"c".service', why: 'gate a/x asks https://b.example/?q="<1>"', place: { path: 'infra.yaml', line: 4 }, also: [] }] }],
  };
  it('Mermaid', () => {
    expect(drawMermaid(order)).toBe(`flowchart LR
  n0["a.service"]
  n1(["docker.service"])
  n2["b\\x2d#34;c#34;.service"]
  n0 -->|"After"| n1
  n2 -->|"After"| n0
  n0 -.->|"gate a/x asks https://b.example/?q=#34;#60;1#62;#34;"| n2
  linkStyle 2 stroke:red,stroke-width:2px
`);
  });
  it('DOT', () => {
    expect(drawDot(order)).toBe(`digraph order {
  rankdir=LR;
  node [shape=box];
  "docker.service" [style=dotted];
  "a.service" -> "docker.service" [label="After"];
  "b\\\\x2d\\"c\\".service" -> "a.service" [label="After"];
  "a.service" -> "b\\\\x2d\\"c\\".service" [label="gate a/x asks https://b.example/?q=\\"<1>\\"", style=dashed, color=red];
}
`);
  });
});
