import { signOf } from '../state-sign.ts';
import type { Shade } from '../shade.ts';
import { h, hrefOf, type Child, type Markup } from './markup.ts';

const tones: Readonly<Record<Shade, string>> = { green: 'good', red: 'bad', yellow: 'warn', dim: 'quiet', cyan: 'info', bold: 'quiet' };

/** A state as sign and word; the colour says nothing more. */
export function drawState(state: string, word: string = state): Markup {
  const { mark, shade } = signOf(state);
  return h('span', { class: `state ${tones[shade]}` }, h('span', { class: 'sign', 'aria-hidden': 'true' }, mark), ' ', word);
}

/** The sign alone, where the word stands beside it for everybody. */
export function drawSign(state: string): Markup {
  const { mark, shade } = signOf(state);
  return h('span', { class: `sign ${tones[shade]}`, 'aria-hidden': 'true' }, mark);
}

const levels = ['claimed', 'recorded', 'replayed', 'attested'];

/** How far evidence goes, as four steps and the word. */
export function drawLevel(level: string): Markup {
  const reached = levels.indexOf(level) + 1;
  const steps = levels.map((name, index) => h('rect', { x: index * 9, y: 8 - 2 * index, width: 7, height: 4 + 2 * index, class: index < reached ? 'on' : 'off' }, h('title', {}, name)));
  return h('span', { class: 'level' }, h('svg', { viewBox: '0 0 36 12', width: 36, height: 12, 'aria-hidden': 'true', focusable: 'false' }, steps), ' ', level === 'none' ? 'no evidence' : level);
}

/** A moment of a commit: the day and the time of day, UTC. */
export function drawTime(at: string | null): Child {
  if (at === null) return 'not committed';
  return h('time', { datetime: at, title: at }, at.slice(0, 10), ' ', h('span', { class: 'clock' }, `${at.slice(11, 16)}Z`));
}

export function drawCommit(commit: string | null): Markup {
  return commit === null ? h('span', { class: 'quiet' }, 'not committed') : h('a', { href: hrefOf(`commit:${commit}`), class: 'sha' }, commit.slice(0, 12));
}

/** An entry by its title, or by its id where it has none. */
export function drawEntryLink(id: string, title: string | null): Markup {
  return h('a', { href: hrefOf(id) }, title === null || title === '' ? id : title);
}

/** The phase of a row; nothing where it has none. */
export function drawPhaseName(phase: string | null): string {
  return phase === null || phase === '-' ? '' : phase;
}

/** `3 items`, `1 item`. */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString('en')} ${many === 1 ? one : more}`;
}

/** Whole days between two moments, as words; the empty text where one is not known. */
export function ageOf(from: string | null, to: string | null): { days: number | null; words: string } {
  const length = Date.parse(to ?? '') - Date.parse(from ?? '');
  if (Number.isNaN(length)) return { days: null, words: '' };
  const days = Math.max(0, Math.floor(length / 86_400_000));
  return { days, words: days === 0 ? 'today' : count(days, 'day') };
}

/** A part of the page, with its heading and what it holds in a few words. */
export function drawSection(id: string, title: string, lead: Child | null, ...children: (Child | null)[]): Markup {
  return h('section', { id, 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title), lead === null ? null : h('p', { class: 'lead' }, lead), children);
}
