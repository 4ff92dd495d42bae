import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readOrder, readWorkingTree } from '../../../src/reconcile/index.ts';
import { isUnitName, templateOf } from '../../../src/reconcile/order/unit-names.ts';
import { arrows, orderOf, specOf } from './specimens.ts';

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).error === undefined;
const mustHave = process.getuid?.() === 0 && /VERSION_ID="12"/.test(readOsRelease()) && /^ID=debian$/m.test(readOsRelease());
if (!hasAnalyze && !mustHave) process.stderr.write('SKIPPED: comparison with systemd itself, since systemd-analyze is not on the PATH (Debian: apt-get install systemd)\n');

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

const SERVICE = '[Service]\nType=oneshot\nExecStart=/bin/true\n';
const unit = (lines: string): string => `[Unit]\n${lines}\n${SERVICE}`;

/** Folders of unit files, each a trap of its own; `-> PATH` is a link. */
const CASES: Record<string, Record<string, string>> = {
  'lists, repeated and in several lines': { 'a.service': unit('After=x.service y.service\nAfter = z.service\nBefore=\tb.service\nDescription=a'), 'x.service': unit('Description=x') },
  'lines that go on, with comments in between': { 'a.service': unit('Description=a \\\nAfter=not-this.service\nAfter=x.service \\\n# not \\\n; nor this\n   y.service \\\n\nAfter=z.service') },
  'comments, blanks, CRLF and an odd backslash': { 'a.service': unit('  # After=no.service\n;After=no.service\n\n  After=x.service  \nDescription=ends \\\\\nAfter=y.service').replaceAll('\n', '\r\n') },
  'keys and sections elsewhere': { 'a.service': `${unit('after=no.service\nX-After=no.service\nAfter=x.service')}After=no.service\n[X-Own]\nAfter=no.service\n[Unit]\nAfter=y.service\n` },
  'an empty assignment takes nothing back': { 'a.service': unit('After=x.service\nAfter=\nAfter=y.service'), 'a.service.d/1.conf': '[Unit]\nAfter=\nBefore=z.service\n' },
  'names that are none': { 'a.service': unit('After=noext "quoted.service" /dev/sda1 x.service .service y.unknown esc\\x2dape.service\nAfter=dev-sda1.device home.mount') },
  'drop-ins, by name and by folder': {
    'a-b-c.service': unit('After=x.service'),
    'a-b-c.service.d/20.conf': '[Unit]\nAfter=own.service\n',
    'a-b-.service.d/20.conf': '[Unit]\nAfter=hidden.service\n',
    'a-b-.service.d/30.conf': '[Unit]\nAfter=prefix.service\n',
    'a-.service.d/40.conf': '[Unit]\nAfter=short-prefix.service\n',
    'service.d/50.conf': '[Unit]\nAfter=type.service\n',
    'service.d/30.conf': '[Unit]\nAfter=hidden-too.service\n',
    'a-b-c.service.d/README': '[Unit]\nAfter=no.service\n',
  },
  'a template and its instances': {
    'm.service': unit('After=t-l@one.service t-l@a\\x2db.service'),
    't-l@.service': unit('After=dep@%i.service i-%i.service p-%p.service j-%j.service n-%n N-%N.service\nAfter=I-%I.service odd%%.service plain.service'),
    't-l@.service.d/1.conf': '[Unit]\nAfter=dropped-%i.service\n',
    't-l@one.service.d/2.conf': '[Unit]\nAfter=only-one.service\n',
    'dep@.service': unit('After=end-%i.service'),
  },
  'an instance with a file of its own': { 'm.service': unit('After=t@own.service'), 't@.service': unit('After=from-template.service'), 't@own.service': unit('After=from-own.service') },
  'a unit without an instance': { 'plain.service': unit('After=i-%i.service n-%n p-%p.service') },
  'targets come after what they pull in': {
    'my.target': '[Unit]\nWants=a.service b.service\nRequires=c.service\nBindsTo=d.service\n',
    'a.service': unit('Description=a'),
    'b.service': unit('DefaultDependencies=no'),
    'c.service': unit('After=my.target'),
    'd.service': unit('Description=d'),
  },
  'a target on its own': { 'my.target': '[Unit]\nDefaultDependencies=no\nWants=a.service\n', 'a.service': unit('Description=a') },
  'links of a target': { 'my.target': '[Unit]\nDescription=t\n', 'my.target.wants/a.service': '-> ../a.service', 'a.service': unit('Description=a') },
  'timers, paths and sockets come before what they start': {
    'a.timer': '[Timer]\nOnBootSec=1h\n', 'a.service': unit('Description=a'),
    'other.timer': '[Timer]\nOnBootSec=1h\nUnit=b.service\n', 'b.service': unit('Description=b'),
    'p.path': '[Path]\nPathExists=/nowhere\nUnit=b.service\n',
    's.socket': '[Socket]\nListenStream=/run/docket-test.sock\nService=b.service\n',
  },
  'a unit after itself': { 'a.service': unit('After=a.service x.service') },
};

describe.skipIf(!hasAnalyze && !mustHave)('unit files read as systemd reads them', () => {
  it.each(Object.entries(CASES))('%s', async (_, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-units-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, 'u', dirname(path)), { recursive: true });
      if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(folder, 'u', path));
      else writeFileSync(join(folder, 'u', path), text);
    }
    const order = await readOrder(specOf({ order: { units: ['u/*'] } }), readWorkingTree(folder));
    const instances = new Set(order.edges.map(({ to }) => to).filter((name) => files[templateOf(name) ?? ''] !== undefined));
    const judged = askSystemd(join(folder, 'u'), [...instances]);
    expect(judged.units.size).toBeGreaterThan(0);
    expect(arrows(order.edges.filter(({ from, to }) => judged.units.has(from) || judged.units.has(to)))).toEqual(judged.arrows);
  });
});

/** What systemd makes of a folder of units: its own dump of them, without what it adds to every unit of a kind. */
function askSystemd(folder: string, instances: string[]): { units: Set<string>; arrows: string[] } {
  const own = [...new Set([...readdirSync(folder).filter((name) => isUnitName(name) && !name.includes('@.')), ...instances])];
  const { stderr, stdout } = spawnSync('systemd-analyze', ['verify', ...own], { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, SYSTEMD_LOG_LEVEL: 'debug', SYSTEMD_UNIT_PATH: `${folder}:`, SYSTEMD_LOG_COLOR: '0' } });
  const units = new Set<string>();
  const said = new Set<string>();
  let name = '';
  for (const line of `${stderr}\n${stdout}`.split('\n')) {
    name = /-> Unit (\S+):$/.exec(line)?.[1] ?? name;
    const [, key, other = '', origin = ''] = /^\s+(After|Before): (\S+) \(([\w-]+)\)/.exec(line) ?? [];
    if (!key || !own.includes(name) || /^(origin|destination)-default$/.test(origin) && !other.startsWith('my.') && !name.startsWith('my.')) continue;
    units.add(name);
    if (isOfEveryUnit(other)) continue;
    said.add(key === 'After' ? `${name} > ${other}` : `${other} > ${name}`);
  }
  return { units, arrows: [...said].sort() };
}

function isOfEveryUnit(name: string): boolean {
  return /\.slice$|^(-|tmp|var-tmp|run|run-\S+)\.mount$/.test(name) || ['sysinit.target', 'basic.target', 'shutdown.target', 'sockets.target', 'timers.target', 'paths.target', 'time-set.target', 'time-sync.target'].includes(name);
}

describe('what is meant to be installed', () => {
  it('counts as installed: a target of WantedBy comes after the unit', async () => {
    const { edges } = await orderOf({ 'u/a.service': `${unit('After=x.service')}[Install]\nWantedBy=multi-user.target\nRequiredBy=other.target graphical.service\n` });
    expect(edges).toEqual([
      { from: 'a.service', to: 'x.service', why: 'After', place: { path: 'u/a.service', line: 2 } },
      { from: 'multi-user.target', to: 'a.service', why: 'WantedBy', place: { path: 'u/a.service', line: 7 } },
      { from: 'other.target', to: 'a.service', why: 'RequiredBy', place: { path: 'u/a.service', line: 8 } },
    ]);
  });

  it('a unit after the target that wants it is no cycle, as systemd sees to', async () => {
    expect((await orderOf({ 'u/a.service': `${unit('After=multi-user.target')}[Install]\nWantedBy=multi-user.target\n` })).answer).toBe('ok');
  });

  it('but a unit that comes after one that does is one', async () => {
    const order = await orderOf({
      'u/a.service': unit('After=multi-user.target'),
      'u/b.service': `${unit('After=a.service')}[Install]\nWantedBy=multi-user.target\n`,
    });
    expect(order.cycles.map(({ path }) => path)).toEqual([['a.service', 'multi-user.target', 'b.service', 'a.service']]);
  });

  it('an alias is its unit', async () => {
    const order = await orderOf({ 'u/a.service': `${unit('After=b.service')}[Install]\nAlias=other.service\n`, 'u/b.service': unit('After=other.service') });
    expect(order.cycles[0]?.path).toEqual(['a.service', 'b.service', 'a.service']);
    expect(order.leaves).toEqual([]);
  });
});

describe('what is and is not known', () => {
  it('names a unit without a file as a leaf, which leaves the answer whole', async () => {
    const order = await orderOf({ 'u/a.service': unit('After=docker.service network-online.target\nBefore=late.service') });
    expect(order).toMatchObject({ answer: 'ok', leaves: ['docker.service', 'late.service', 'network-online.target'] });
  });

  it('knows a unit of which there is only a drop-in', async () => {
    const order = await orderOf({ 'u/docker.service.d/order.conf': '[Unit]\nAfter=a.service\n', 'u/a.service': unit('After=docker.service') });
    expect(order.cycles[0]?.edges.map(({ place }) => place)).toEqual([{ path: 'u/a.service', line: 2 }, { path: 'u/docker.service.d/order.conf', line: 2 }]);
  });

  it('gives each name the line on which it stands', async () => {
    const { edges } = await orderOf({ 'u/a.service': unit('After=x.service \\\n  y.service') });
    expect(edges.map(({ to, place: { line } }) => [to, line])).toEqual([['x.service', 2], ['y.service', 3]]);
  });

  it('says which names only the running machine knows', async () => {
    const order = await orderOf({ 'u/a.service': unit('After=on-%H.service x.service') });
    expect(order).toMatchObject({ answer: 'incomplete', unread: [{ what: 'After=on-%H.service of a.service', place: { path: 'u/a.service', line: 2 } }] });
  });

  it('ends on templates that name each other without end', async () => {
    const order = await orderOf({ 'u/m.service': unit('After=t@x.service'), 'u/t@.service': unit('After=t@%ix.service t@%iy.service') });
    expect(order.answer).toBe('incomplete');
    expect(order.unread[0]?.why).toMatch(/without end/);
  });

  it('names a file that is named outright and is not there', async () => {
    const order = await readOrder(specOf({ order: { units: ['u/gone.service', 'v/*.service'], compose: ['compose.yml'] } }), { list: () => Promise.resolve([]), read: () => Promise.resolve(null) });
    expect(order).toMatchObject({ answer: 'incomplete', unread: [{ what: 'u/gone.service' }, { what: 'compose.yml' }] });
  });
});

it('finds the cycle that systemd-analyze finds', { skip: !hasAnalyze && !mustHave }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-units-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'u'));
  for (const [name, after] of [['dk-a', 'dk-b'], ['dk-b', 'dk-c'], ['dk-c', 'dk-a']]) writeFileSync(join(folder, 'u', `${name}.service`), unit(`After=${after}.service\nRequires=${after}.service`));
  const order = await readOrder(specOf({ order: { units: ['u/*.service'] } }), readWorkingTree(folder));
  expect(order.cycles.map(({ path }) => path)).toEqual([['dk-a.service', 'dk-b.service', 'dk-c.service', 'dk-a.service']]);
  // It may end with 0 on a cycle, so its words are what counts.
  const words = execFileSync('sh', ['-c', 'systemd-analyze verify "$0"/u/dk-a.service 2>&1 || true', folder], { encoding: 'utf8', env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}/u:` } });
  expect(words).toMatch(/ordering cycle/);
});
