import * as fc from 'fast-check';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withAddition, withoutAddition } from '../../src/agents/install/agents/merge-json.ts';
import { readJson, valueOf } from '../../src/agents/install/agents/read-json.ts';
import { withoutSection, withSection, markdownMarks } from '../../src/agents/install/agents/own-section.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket, type Answer } from '../support/run-docket.ts';

const targets = ['claude', 'codex', 'cursor', 'gemini', 'generic'];
let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
});
afterEach(() => repo.remove());

const install = (target: string, ...args: string[]): Promise<Answer> => runDocket(['-C', repo.dir, 'install', 'agents', '--target', target, ...args]);
const read = (path: string): string => readFileSync(join(repo.dir, path), 'utf8');

/** Every file of the working tree. */
function picture(): Record<string, string> {
  const paths = readdirSync(repo.dir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile() && !each.parentPath.includes('.git/') && !each.parentPath.endsWith('.git'));
  return Object.fromEntries(paths.map((each) => [join(each.parentPath, each.name).slice(repo.dir.length + 1), readFileSync(join(each.parentPath, each.name), 'base64')]));
}

/** Files of somebody else, each in a form of its own. */
const theirs: Record<string, string> = {
  'AGENTS.md': '# Rules\r\n\r\nNo tabs.',
  'GEMINI.md': '',
  '.claude/settings.json': '{\n    "permissions": {"allow": ["Bash(ls)"]},\n    "hooks": {\n        "Stop": []\n    }\n}\n',
  '.mcp.json': '{"mcpServers":{"other":{"command":"x"}}}',
  '.codex/config.toml': 'model = "gpt"\n[mcp_servers.other]\ncommand = "x"\n',
  '.codex/hooks.json': '{\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ "hooks": [ { "type": "command", "command": "mine" } ] }\n\t\t]\n\t}\n}',
  '.cursor/hooks.json': '{"version": 1, "hooks": {}}',
  '.gemini/settings.json': '// mine\n{\n  "theme": "dark", /* yes */\n}\n',
};

describe('docket install agents', () => {
  test.each(targets)('%s: what the host reads, each in its own form; a second time nothing; taken out, nothing', async (target) => {
    const { data } = await askDocket(['install', 'agents', '--target', target], repo.dir);
    const { written, chained } = data as unknown as { written: string[]; chained: string[] };
    expect(chained).toEqual([]);
    expect(written).toContain('AGENTS.md');
    expect(written.filter((path) => path.endsWith('SKILL.md'))).toHaveLength(2);
    for (const path of written.filter((each) => each.endsWith('.json'))) expect(() => JSON.parse(read(path))).not.toThrow();
    for (const path of written.filter((each) => /SKILL\.md$|\.mdc$/u.test(each))) expect(parse(read(path).split('---\n')[1] ?? '')).toHaveProperty('description');
    expect((await askDocket(['install', 'agents', '--target', target], repo.dir)).data).toMatchObject({ written: [], diff: '' });
    await install(target, '--uninstall');
    expect(picture()).toEqual({});
    expect(existsSync(join(repo.dir, `.${target}`))).toBe(false);
  });

  test('the hooks are those that the hosts call', async () => {
    for (const target of targets) await install(target);
    expect(JSON.parse(read('.claude/settings.json'))).toMatchObject({ hooks: { Stop: [{ hooks: [{ type: 'command', command: 'docket hook agent-stop claude' }] }], SessionStart: [{ hooks: [{ command: 'docket hook session-start claude' }] }] } });
    expect(JSON.parse(read('.codex/hooks.json'))).toMatchObject({ hooks: { Stop: [{ hooks: [{ type: 'command', command: 'docket hook agent-stop codex' }] }] } });
    expect(JSON.parse(read('.cursor/hooks.json'))).toMatchObject({ version: 1, hooks: { stop: [{ command: 'docket hook agent-stop cursor' }], sessionStart: [{ command: 'docket hook session-start cursor' }] } });
    expect(JSON.parse(read('.gemini/settings.json'))).toMatchObject({ hooks: { AfterAgent: [{ hooks: [{ command: 'docket hook agent-stop gemini' }] }] }, mcpServers: { docket: { command: 'docket', args: ['mcp'] } } });
    for (const path of ['.mcp.json', '.cursor/mcp.json']) expect(JSON.parse(read(path))).toEqual({ mcpServers: { docket: { command: 'docket', args: ['mcp'] } } });
    expect(read('.codex/config.toml')).toContain('[mcp_servers.docket]\ncommand = "docket"\nargs = ["mcp"]\n');
    expect(read('.gemini/commands/docket-brief.toml')).toMatch(/^description = "[^"]+"\nprompt = """\n[\s\S]+\{\{args\}\}\n"""\n# /u);
  });

  test('what others wrote stays byte by byte: put in for all hosts, edited elsewhere, taken out in another order', async () => {
    for (const [path, text] of Object.entries(theirs)) repo.write(path, text);
    const before = picture();
    for (const target of targets) expect((await install(target)).exit).toBe(0);
    const added = '\r\n## More\r\n';
    writeFileSync(join(repo.dir, 'AGENTS.md'), `${read('AGENTS.md').replace('No tabs.', 'No tabs at all.')}${added}`);
    writeFileSync(join(repo.dir, '.claude/settings.json'), read('.claude/settings.json').replace('"Bash(ls)"', '"Bash(ls)", "Bash(cat)"'));
    for (const target of ['generic', 'codex', 'claude', 'gemini', 'cursor']) expect((await install(target, '--uninstall')).exit).toBe(0);
    const expected = { ...before };
    expected['AGENTS.md'] = Buffer.from(`${theirs['AGENTS.md']?.replace('No tabs.', 'No tabs at all.') ?? ''}${added}`).toString('base64');
    expected['.claude/settings.json'] = Buffer.from(theirs['.claude/settings.json']?.replace('"Bash(ls)"', '"Bash(ls)", "Bash(cat)"') ?? '').toString('base64');
    expect(picture()).toEqual(expected);
  });

  test('what two hosts share stays until the last of them goes', async () => {
    await install('codex');
    const alone = picture();
    await install('generic');
    await install('claude');
    await install('claude', '--uninstall');
    await install('generic', '--uninstall');
    expect(picture()).toEqual(alone);
  });

  test('a dry run prints the difference and writes nothing', async () => {
    const { stdout } = await install('claude', '--dry-run');
    expect(stdout).toContain('+++ b/.claude/skills/docket-builder/SKILL.md');
    expect(picture()).toEqual({});
  });

  test('files that docket did not write, or that were edited, stay, and it says so', async () => {
    repo.write('.claude/skills/docket-builder/SKILL.md', 'mine\n');
    const first = await install('claude');
    expect([first.exit, read('.claude/skills/docket-builder/SKILL.md')]).toEqual([0, 'mine\n']);
    expect(first.stderr).toContain('docket did not write it');
    writeFileSync(join(repo.dir, '.claude/commands/docket-brief.md'), `${read('.claude/commands/docket-brief.md')}more\n`);
    await install('claude', '--uninstall');
    expect(Object.keys(picture()).toSorted()).toEqual(['.claude/commands/docket-brief.md', '.claude/skills/docket-builder/SKILL.md']);
  });

  test.each([
    ['.claude/settings.json', '{\n  "a": 1,\n  "b" 2\n}\n', '.claude/settings.json:3'],
    ['.mcp.json', '', null],
    ['.mcp.json', '{"mcpServers": []}', '.mcp.json:1'],
    ['.mcp.json', '{"mcpServers": {"docket": {"command": "else"}}}', '.mcp.json:1'],
    ['.claude/settings.json', '{"hooks": {\n"Stop": "x"}}', '.claude/settings.json:2'],
    ['.claude/settings.json', '{"a": 1} x', '.claude/settings.json:1'],
  ])('%s with %j', async (path, text, place) => {
    repo.write(path, text);
    const before = picture();
    const { exit, stderr } = await install('claude');
    if (place === null) {
      expect(exit).toBe(0);
      return;
    }
    expect([exit, picture()]).toEqual([2, before]);
    expect(stderr).toContain(place);
  });

  test('it writes through no link, knows its targets, and needs a repository', async () => {
    mkdirSync(join(repo.dir, 'elsewhere'));
    symlinkSync('elsewhere', join(repo.dir, '.claude'));
    expect((await install('claude')).exit).toBe(2);
    expect(readdirSync(join(repo.dir, 'elsewhere'))).toEqual([]);
    expect((await install('vim')).exit).toBe(2);
    expect((await runDocket(['-C', repo.dir, 'install', 'agents'])).stderr).toContain('claude, codex, cursor, gemini, generic');
    expect((await runDocket(['-C', '/', 'install', 'agents', '--target', 'codex'])).exit).toBe(2);
  });
});

test('the plugin for Claude Code is whole', () => {
  const folder = new URL('../../templates/claude-plugin/', import.meta.url);
  const json = (path: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Record<string, unknown>;
  expect(json('.claude-plugin/plugin.json')).toMatchObject({ name: 'docket', version: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version });
  expect(json('hooks/hooks.json')).toMatchObject({ hooks: { Stop: [{ hooks: [{ command: 'docket hook agent-stop claude' }] }] } });
  expect(json('.mcp.json')).toMatchObject({ mcpServers: { docket: { command: 'docket' } } });
  expect(readdirSync(new URL('commands/', folder)).length).toBeGreaterThan(0);
  expect(readdirSync(new URL('skills/', folder)).toSorted()).toEqual(['docket-adversary', 'docket-builder']);
});

describe('whatever stands in a file', () => {
  const addition = { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'docket x' }] }], SessionStart: [{ a: 1 }] }, mcpServers: { docket: { command: 'docket', args: ['mcp'] } } };
  const key = fc.constantFrom('hooks', 'mcpServers', 'a', 'é"\\', 'z');
  const foreign = fc.letrec((tie) => ({ value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.string(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true })) })).value;
  const file = fc.record({
    a: foreign, hooks: fc.record({ Stop: fc.array(fc.record({ hooks: fc.constant([1]) }), { maxLength: 2 }), PreToolUse: fc.array(foreign, { maxLength: 2 }) }, { requiredKeys: [], noNullPrototype: true }), mcpServers: fc.dictionary(fc.constantFrom('other', 'x'), foreign, { maxKeys: 2, noNullPrototype: true }),
  }, { requiredKeys: [], noNullPrototype: true });
  const form = fc.constantFrom<(value: unknown) => string>((value) => JSON.stringify(value), (value) => JSON.stringify(value, null, 2), (value) => `${JSON.stringify(value, null, '\t')}\n`, (value) => JSON.stringify(value, null, 4).replaceAll('\n', '\r\n'), (value) => `\uFEFF // c\n${JSON.stringify(value)} /* d */\n`);

  test('what is put into JSON is there, once, and comes out again without a trace', () => {
    fc.assert(fc.property(file, form, (value, print) => {
      const text = print(value);
      const once = withAddition(text, addition, 'x.json');
      expect(valueOf(readJson(once, 'x.json'))).toMatchObject({ ...(value.a === undefined ? {} : { a: value.a as object }), mcpServers: { ...value.mcpServers, docket: addition.mcpServers.docket } });
      expect(withAddition(once, addition, 'x.json')).toBe(once);
      expect(withoutAddition(once, addition, 'x.json')).toBe(text);
    }));
  });

  test('so does a section', () => {
    const line = fc.constantFrom('# A', '', 'words', '<!-- c -->', '  - x', '```');
    fc.assert(fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.array(line, { maxLength: 3 }), (lines, eol, ends, more) => {
      const text = lines.join(eol) + (ends ? eol : '');
      const once = withSection(text, 'a\nb\n', ['claude'], markdownMarks);
      expect(withSection(once, 'a\nb\n', ['claude'], markdownMarks)).toBe(once);
      expect(withoutSection(once)).toBe(text);
      const after = more.map((each) => each + eol).join('');
      expect(withoutSection(once + after)).toBe(text + after);
    }));
  });
});
