import { h, type Markup } from '../markup.ts';
import type { PageEvent } from '../data/collect-events.ts';
import type { PageCommit } from '../data/report.ts';

const lanes = ['claim', 'verdict', 'deferral', 'alert', 'message', 'done'] as const;
const names: Readonly<Record<(typeof lanes)[number], string>> = { claim: 'Claims', verdict: 'Verdicts', deferral: 'Deferrals', alert: 'Alerts', message: 'Messages', done: 'DONE' };
const width = 1000;
const left = 84;
const lane = 24;
const right = 8;

interface Scale {
  x(at: string): number;
  from: number;
  to: number;
}

/** Events against commits, one lane a kind: shapes tell good from bad, colours only help. The table below it says the same in words. */
export function drawChart(events: readonly PageEvent[], commits: readonly PageCommit[]): Markup {
  const scale = scaleOf([...events.map(({ at }) => at), ...commits.map(({ at }) => at)]);
  const shown = lanes.filter((name) => events.some((event) => event.lane === name));
  const height = (shown.length + 1) * lane + 26;
  const label = `Timeline: ${shown.map((name) => `${events.filter((event) => event.lane === name).length} ${names[name].toLowerCase()}`).join(', ')}, from ${day(scale.from)} to ${day(scale.to)}`;
  return h(
    'div',
    { class: 'chart', tabindex: 0, role: 'region', 'aria-label': 'timeline drawing' },
    h(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
      drawAxis(scale, height),
      shown.map((name, index) => drawLane(names[name], events.filter((event) => event.lane === name), index * lane + lane / 2 + 4, scale)),
      drawCommits(commits, shown.length * lane + lane / 2 + 4, scale),
    ),
  );
}

function scaleOf(moments: readonly string[]): Scale {
  const times = moments.map((at) => Date.parse(at)).filter((time) => !Number.isNaN(time));
  const from = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const to = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const span = Math.max(1, to - from);
  return { from, to, x: (at) => round(left + 10 + ((Date.parse(at) - from) / span) * (width - left - right - 20)) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

const ticks = 5;

function drawAxis({ from, to, x }: Scale, height: number): Markup {
  const moments = Array.from({ length: ticks }, (_, index) => new Date(from + ((to - from) * index) / (ticks - 1)).toISOString());
  const isShort = to - from < 3 * 86_400_000;
  const marks = moments.map((at, index) => [
    h('line', { class: 'grid', x1: x(at), x2: x(at), y1: 4, y2: height - 20 }),
    h('text', { x: x(at), y: height - 5, 'text-anchor': index === 0 ? 'start' : index === ticks - 1 ? 'end' : 'middle' }, isShort ? at.slice(5, 16).replace('T', ' ') : at.slice(0, 10)),
  ]);
  return h('g', { class: 'axis' }, to > from ? marks : marks.slice(0, 1));
}

function drawLane(name: string, events: readonly PageEvent[], y: number, { x }: Scale): Markup {
  const drawn = new Map<string, Markup>();
  for (const { at, state } of events) {
    const shape = shapeOf(state);
    drawn.set(`${shape.name} ${Math.round(x(at))}`, h('path', { class: shape.name, d: shape.path(x(at), y) }));
  }
  return h('g', { class: 'lane' }, h('line', { class: 'base', x1: left, x2: width - right, y1: y, y2: y }), h('text', { x: 0, y: y + 4 }, name), [...drawn.values()]);
}

function drawCommits(commits: readonly PageCommit[], y: number, { x }: Scale): Markup {
  const places = [...new Set(commits.map(({ at }) => x(at)))].toSorted((a, b) => a - b);
  return h('g', { class: 'lane' }, h('line', { class: 'base', x1: left, x2: width - right, y1: y, y2: y }), h('text', { x: 0, y: y + 4 }, 'Commits'), h('path', { class: 'commits', d: places.map((place) => `M${place} ${y - 5}v10`).join('') }));
}

interface Shape {
  name: string;
  path: (x: number, y: number) => string;
}

const circle: Shape['path'] = (x, y) => `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z`;
const cross: Shape['path'] = (x, y) => `M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`;
const diamond: Shape['path'] = (x, y) => `M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`;
const triangle: Shape['path'] = (x, y) => `M${x} ${y - 5}l5.5 10h-11z`;
const square: Shape['path'] = (x, y) => `M${x - 4} ${y - 4}h8v8h-8z`;

function shapeOf(state: string): Shape {
  switch (state) {
    case 'pass':
    case 'closed':
    case 'marked':
    case 'cleared':
      return { name: 'good', path: circle };
    case 'fail':
    case 'standing':
      return { name: 'bad', path: cross };
    case 'raised':
      return { name: 'bad', path: triangle };
    case 'conditional':
    case 'claimed':
    case 'reclaimed':
    case 'reopened':
      return { name: 'warn', path: diamond };
    default:
      return { name: 'info', path: square };
  }
}
