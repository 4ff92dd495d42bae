import * as fc from 'fast-check';

/** Unit files by path below a folder of units: services, targets, a template, drop-ins of every kind, names and lists written in
 *  all the ways that are allowed. Ordered by their numbers, so that the whole can be started. */
export interface UnitSet {
  names: string[];
  files: Record<string, string>;
}

const frame = '[Unit]\nDefaultDependencies=no\n';
const service = '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n';

interface Drawn {
  kind: 'service' | 'target' | 'instance';
  after: number[];
  before: number[];
  wants: number[];
  resets: boolean;
  dropIn: boolean;
  layout: 'one line' | 'lines' | 'continued' | 'quoted comment';
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.constantFrom('service' as const, 'service' as const, 'target' as const, 'instance' as const),
  after: fc.array(fc.nat(11), { maxLength: 3 }),
  before: fc.array(fc.nat(11), { maxLength: 2 }),
  wants: fc.array(fc.nat(11), { maxLength: 2 }),
  resets: fc.boolean(),
  dropIn: fc.boolean(),
  layout: fc.constantFrom('one line' as const, 'lines' as const, 'continued' as const, 'quoted comment' as const),
});

/** The same set for the same seed. */
export function drawUnits(prefix: string, seed: number): UnitSet {
  const [all = []] = fc.sample(fc.array(drawn, { minLength: 12, maxLength: 12 }), { seed, numRuns: 1 });
  const names = all.map(({ kind }, n) => (kind === 'instance' ? `${prefix}-u${n}@x.service` : `${prefix}-u${n}.${kind}`));
  const files: Record<string, string> = {};
  all.forEach((unit, n) => {
    const name = names[n] ?? '';
    // Only to lower numbers and from higher ones: no cycle, whatever is drawn.
    const named = (numbers: number[], fits: (m: number) => boolean): string[] => [...new Set(numbers)].filter(fits).flatMap((m) => names[m] ?? []);
    const after = named(unit.after, (m) => m < n);
    const before = named(unit.before, (m) => m > n);
    const wants = named(unit.wants, (m) => m < n);
    const file = name.replace('@x.', '@.');
    // A list that is emptied later in the file counts no more.
    const reset = unit.resets ? `Wants=${names[0]}\nWants=\n` : '';
    files[file] = `${frame}${writeList('After', after, unit.layout)}${writeList('Before', before, unit.layout)}${reset}${writeList('Wants', wants, unit.layout)}${unit.kind === 'target' ? '' : service}`;
    const late = named([n - 1, n - 2], (m) => m >= 0);
    if (unit.dropIn) files[`${file}.d/10-late.conf`] = `[Unit]\n${writeList('After', late, 'lines')}`;
  });
  // A drop-in that belongs to many units at once, by the dash in their names.
  files[`${prefix}-.service.d/50-all.conf`] = `[Unit]\nAfter=${prefix}-first.target\n`;
  files[`${prefix}-first.target`] = frame;
  // An instance is one only where somebody names it.
  files[`${prefix}-all.target`] = `${frame}Wants=${names.join(' ')}\n`;
  return { names: [...names, `${prefix}-first.target`], files };
}

function writeList(key: string, names: string[], layout: Drawn['layout']): string {
  if (names.length === 0) return '';
  switch (layout) {
    case 'one line':
      return `${key} = ${names.join('  ')}\n`;
    case 'lines':
      return names.map((name) => `${key}=${name}\n`).join('');
    case 'continued':
      return `${key}=${names.join(' \\\n    ')}\n`;
    case 'quoted comment':
      return `# ${key}=nobody.service\n; ${key}=nobody.service\n${key}=${names.map((name) => `"${name}"`).join(' ')}\n`;
  }
}
