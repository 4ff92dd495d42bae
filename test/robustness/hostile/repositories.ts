import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeRepository, type Repository } from '../../support/make-repository.ts';

/** A repository, or what stands where one is expected, as somebody might have prepared it. */
export interface Hostile {
  name: string;
  /** Changes a small honest record. Gives the environment to ask in, where that is what is hostile. */
  spoil(repository: Repository): void | NodeJS.ProcessEnv;
}

const at = '2026-02-03T10:00:00Z';
const journal = 'machine-docs/JOURNAL-k1.md';

/** A small record with something of every kind. */
export function makeRecord(): Repository {
  const repository = makeRepository();
  repository.write(journal, '# JOURNAL\n\n## 2026-02-03 — kiln start\n\n**Next:** claim K1. See `src/kiln.ts:1`.\n\n```console repro id=kiln-k1 claim=K1\n# green\n$ ./probe.sh\n→ 200\n```\n');
  repository.write('machine-docs/STATUS-k1.md', '# STATUS\n\n## Gate: K1 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt heats.\n\n## DONE\n\nNot yet.\n');
  repository.write('machine-docs/REVIEW-k1.md', '# REVIEW\n\n## K1 — FAIL @2026-02-03T09:00Z\n\nNo.\n');
  repository.write('machine-docs/DECISIONS.md', '# DECISIONS\n\n## Settled\n- **Fuel:** wood.\n');
  repository.write('machine-docs/DEFERRED.md', '# DEFERRED\n\n## Open deferrals\n\n### 2026-02-03 — glaze\n- [ ] **What:** glaze it (`src/kiln.ts`).\n');
  repository.write('machine-docs/BUILDER-INBOX.md', '# BUILDER-INBOX\n\n## 2026-02-03 — Hello\n\nRead me.\n\n— Adversary\n');
  repository.write('src/kiln.ts', 'export {};\n');
  repository.commit('claim(k1-K1): it heats', at);
  return repository;
}

const objectsOf = (dir: string): string[] => readdirSync(join(dir, '.git/objects')).filter((name) => /^[0-9a-f]{2}$/.test(name)).flatMap((folder) => readdirSync(join(dir, '.git/objects', folder)).map((name) => join(dir, '.git/objects', folder, name)));
const objectOf = (repository: Repository, name: string): string => {
  const id = repository.git('rev-parse', name);
  return join(repository.dir, '.git/objects', id.slice(0, 2), id.slice(2));
};
const overwrite = (path: string, bytes: string | Buffer): void => {
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
};
const text = (name: string, content: string | Buffer, path = journal): Hostile => ({ name, spoil: (repository) => repository.write(path, content) });
const entries = (count: number, of: (index: number) => string): string => `# J\n\n${Array.from({ length: count }, (_, index) => of(index)).join('')}`;
const replace = (repository: Repository, path: string, make: (whole: string) => void): void => {
  const whole = join(repository.dir, path);
  rmSync(whole, { recursive: true, force: true });
  mkdirSync(dirname(whole), { recursive: true });
  make(whole);
};
const huge = process.env['DOCKET_LONG'] === undefined ? 1 : 10;

/** What git itself holds is broken, missing or leads elsewhere. */
export const brokenGit: Hostile[] = [
  { name: 'an empty folder', spoil: ({ dir }) => { rmSync(join(dir, '.git'), { recursive: true }); rmSync(join(dir, 'machine-docs'), { recursive: true }); } },
  { name: 'documents outside of a repository', spoil: ({ dir }) => rmSync(join(dir, '.git'), { recursive: true }) },
  { name: 'an unborn HEAD', spoil: ({ git }) => void git('update-ref', '-d', 'HEAD') },
  { name: 'a HEAD that is no reference', spoil: ({ write }) => write('.git/HEAD', 'ref: refs/heads/../../x\n\0') },
  { name: 'an empty .git', spoil: ({ dir }) => { rmSync(join(dir, '.git'), { recursive: true }); mkdirSync(join(dir, '.git')); } },
  { name: 'a .git file to nowhere', spoil: (repository) => replace(repository, '.git', (path) => writeFileSync(path, 'gitdir: /nowhere/\u001b[2J/x\n')) },
  { name: 'a .git file to itself', spoil: (repository) => replace(repository, '.git', (path) => writeFileSync(path, 'gitdir: .git\n')) },
  { name: 'a bare repository inside', spoil: ({ dir }) => renameSync(join(dir, '.git'), join(dir, 'bare.git')) },
  { name: 'a missing blob', spoil: (repository) => rmSync(objectOf(repository, `HEAD:${journal}`)) },
  { name: 'a blob that is empty', spoil: (repository) => overwrite(objectOf(repository, `HEAD:${journal}`), '') },
  { name: 'a blob that is no zlib', spoil: (repository) => overwrite(objectOf(repository, `HEAD:${journal}`), 'x'.repeat(100)) },
  { name: 'a missing tree', spoil: (repository) => rmSync(objectOf(repository, 'HEAD^{tree}')) },
  { name: 'a missing commit', spoil: (repository) => rmSync(objectOf(repository, 'HEAD')) },
  { name: 'no objects at all', spoil: ({ dir }) => objectsOf(dir).forEach((path) => rmSync(path)) },
  { name: 'a truncated pack', spoil: ({ dir, git }) => {
    git('repack', '-adq');
    const pack = readdirSync(join(dir, '.git/objects/pack')).find((name) => name.endsWith('.pack')) ?? '';
    const path = join(dir, '.git/objects/pack', pack);
    chmodSync(path, 0o644);
    truncateSync(path, Math.floor(statSync(path).size / 2));
  } },
  { name: 'a broken reference', spoil: ({ write }) => write('.git/refs/heads/odd', 'no sha\n') },
  { name: 'the branch broken', spoil: ({ write }) => write('.git/refs/heads/main', 'f'.repeat(40)) },
  { name: 'a broken index', spoil: ({ write }) => write('.git/index', 'DIRC\0\0\0\u0002\0\0\u00ff\u00ffrubbish') },
  { name: 'an index cut short', spoil: ({ dir }) => truncateSync(join(dir, '.git/index'), 100) },
  { name: 'alternates to nowhere and to themselves', spoil: ({ write }) => write('.git/objects/info/alternates', '/nowhere\n../objects\n') },
  { name: 'a configuration that cannot be read', spoil: ({ write }) => write('.git/config', '[core\n\u001b[31m') },
  { name: 'a configuration that includes itself', spoil: ({ dir }) => writeFileSync(join(dir, '.git/config'), `${readFileSync(join(dir, '.git/config'), 'utf8')}[include]\n\tpath = config\n`) },
  { name: 'a repository format of the future', spoil: ({ git }) => void git('config', 'core.repositoryformatversion', '99') },
  { name: 'a submodule that leads out', spoil: ({ write, git }) => { write('.gitmodules', '[submodule "x"]\n\tpath = ../../x\n\turl = ext::sh -c touch% x\n'); git('update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},machine-docs/sub`); } },
  { name: 'GIT_DIR of another', spoil: ({ dir }) => ({ GIT_DIR: join(dir, 'nowhere'), GIT_EXTERNAL_DIFF: '/bin/false', GIT_INDEX_FILE: '/nowhere/index', GIT_OBJECT_DIRECTORY: '/nowhere' }) },
  { name: 'commits with odd words', spoil: ({ dir, git }) => {
    for (const message of ['claim(\u001b[31m): \u202e x', `review(k1): ${'M1 PASS + '.repeat(5000)}`, `x\n\nCloses-Deferred:${' '.repeat(50_000)}x`, `${'('.repeat(5000)}`]) execFileSync('git', ['-C', dir, 'commit', '-q', '--allow-empty', '--no-verify', '-F', '-'], { input: message, env: { ...process.env, GIT_AUTHOR_NAME: '\u001b]0;x\u0007', GIT_AUTHOR_EMAIL: 'a', GIT_COMMITTER_NAME: 'b', GIT_COMMITTER_EMAIL: '\u202e', GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at } });
    git('tag', 'HEAD');
  } },
];

/** What stands in place of documents. */
export const oddFiles: Hostile[] = [
  { name: 'a link that leads out', spoil: (repository) => replace(repository, journal, (path) => symlinkSync('/etc/passwd', path)) },
  { name: 'a link to itself', spoil: (repository) => replace(repository, journal, (path) => symlinkSync('JOURNAL-k1.md', path)) },
  { name: 'a folder of documents that is a loop', spoil: (repository) => replace(repository, 'machine-docs', (path) => symlinkSync('.', path)) },
  { name: 'a pipe', spoil: (repository) => replace(repository, journal, (path) => execFileSync('mkfifo', [path])) },
  { name: 'a device', spoil: (repository) => replace(repository, journal, (path) => symlinkSync('/dev/zero', path)) },
  { name: 'a folder named as a journal', spoil: (repository) => replace(repository, 'machine-docs/JOURNAL.md', (path) => mkdirSync(path)) },
  { name: 'names with line breaks, quotes and escapes', spoil: ({ write }) => { for (const name of ['a\nb', 'a"b', "a'b", '\u001b[31m', '\u202eb', '-rf', '$(x)', 'a\tb']) write(`machine-docs/JOURNAL-${name}.md`, '# J\n\n## 2026-02-03 — x\n'); } },
  { name: 'names that are no UTF-8', spoil: ({ dir }) => writeFileSync(Buffer.concat([Buffer.from(`${dir}/machine-docs/JOURNAL-`), Buffer.from([0xff, 0xfe]), Buffer.from('.md')]), '# J\n') },
  { name: 'a configuration that is a pipe', spoil: (repository) => replace(repository, 'machine-docs/docket.yaml', (path) => execFileSync('mkfifo', [path])) },
  { name: 'a configuration that is a folder', spoil: (repository) => replace(repository, 'machine-docs/docket.yaml', (path) => mkdirSync(path)) },
  { name: 'a configuration that leads out', spoil: (repository) => replace(repository, 'machine-docs/docket.yaml', (path) => symlinkSync('/etc/passwd', path)) },
];

/** What stands in documents, configurations and other files. */
export const oddTexts: Hostile[] = [
  text('one endless line', `# J\n\n${'x'.repeat(huge * 1_000_000)}\n`),
  text('headings without end', entries(huge === 1 ? 2000 : 200_000, (index) => `## 2026-02-03 — h${index}\n`)),
  text('quotes, lists and brackets in each other', `# J\n\n## 2026-02-03 — x\n\n${'>'.repeat(3000)} x\n\n${Array.from({ length: 300 }, (_, level) => `${' '.repeat(level * 2)}- a`).join('\n')}\n\n${'['.repeat(50_000)}\n\n${'*a '.repeat(20_000)}\n`),
  text('NUL and bytes that are no text', Buffer.concat([Buffer.from('# J\n\n## 2026-02-03 — \0\u0001x\n\n'), Buffer.from([0, 255, 254, 195, 10])])),
  text('UTF-16', Buffer.from('\uFEFF# J\n\n## 2026-02-03 — x\n', 'utf16le')),
  text('a BOM and lone carriage returns', '\uFEFF# J\r\r## 2026-02-03 — x\r\rwords\r'),
  text('escapes for terminals in every field', '# J\u001b[2J\n\n## 2026-02-03 — \u001b]8;;http://x\u0007t\u202e {#\u001b[31m}\n\n**\u001b[1mNext:** \u009b31m\n\n- [ ] \u001b[0m\n'),
  text('the same in findings', '# B\n\n## Adversary findings\n\n### A1 [adversary] \u001b[31m\u202ex\n**Severity:** \u001b[2J **Status:** OPEN\n', 'machine-docs/BACKLOG-k1.md'),
  text('front matter of aliases', `---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nphase: *c\n---\n# J\n`),
  text('front matter of names that every object has', '---\n__proto__: {phase: x}\nconstructor: y\nphase: k1\ntoString: z\n---\n# J\n\n## 2026-02-03 — x\n'),
  text('front matter that is code', '---js\nrequire("fs").writeFileSync("canary", "")\n---\n# J\n'),
  text('a receipt of names that every object has', '# J\n\n## 2026-02-03 — x\n\n```console repro id=__proto__ claim=constructor\n$ x\n→/ (a*)*b\n```\n\n<!-- docket-receipt v1 {"__proto__":{"kind":"record"},"kind":"record","v":1} -->\n'),
  text('patterns that never end', `# J\n\n## 2026-02-03 — x\n\n\`\`\`console repro id=a claim=K1\n# red\n$ x\n→/ (?:(?:a?){1000})${'(?:a?){1000}'.repeat(150)}\n→/ ((((\n→~ ${'[..]'.repeat(490)}\n\`\`\`\n`),
  text('a configuration of aliases', `phases: &a [x]\nroles: &b {builder: *b}\ninputs: *none\n`, 'machine-docs/docket.yaml'),
  text('a configuration nested without end', `phases: ${'['.repeat(100_000)}`, 'machine-docs/docket.yaml'),
  text('a configuration of names that every object has', '__proto__: {landing: x}\nrules: {__proto__: off, constructor: error}\nredactions: {__proto__: "(a+)+"}\n', 'machine-docs/docket.yaml'),
  text('a configuration that is no text', Buffer.from([0, 1, 2, 255, 254]), 'machine-docs/docket.yaml'),
  text('renames that lead out', 'documents:\n  ../../etc/passwd: JOURNAL-x.md\n  /etc/passwd: STATUS-x.md\n', 'machine-docs/docket.yaml'),
  text('services nested without end', `version: 1\napps: ${'{a: '.repeat(20_000)}`, 'machine-docs/infra.yaml'),
  text('services that lead out', 'version: 1\napps: {a: {driver: {kind: systemd, unit: x.service}, wanted: "1", gate: [{name: x, url: "http://localhost/"}]}}\norder: {units: ["**/*", ".git/*"], compose: ["machine-docs/*.md"]}\nstate_dir: ../../../etc\n', 'machine-docs/infra.yaml'),
  text('an alert nested without end', `{"app":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'machine-docs/alerts/20260203T040506Z-a-b.json'),
  text('an alert that is none', '[1, "\u001b[31m"', 'machine-docs/alerts/x.json'),
  text('a baseline that is none', '{"schemaVersion": 1, "known": [{"fingerprint": {}}]}', 'machine-docs/docket-baseline.json'),
  text('attributes for every file', '* filter=evil diff=evil merge=evil text eol=crlf working-tree-encoding=UTF-16 ident export-subst\n', '.gitattributes'),
];
