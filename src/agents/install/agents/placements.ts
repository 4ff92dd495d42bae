import { readTemplate } from '../../../edits/scaffold/read-template.ts';
import type { Host } from '../../hosts/names.ts';

/** One file that an agent host reads, and what docket has to say in it. */
export type Placement =
  | { kind: 'file'; path: string; text: string; notation: 'markdown' | 'toml' }
  | { kind: 'section'; path: string; text: string; notation: 'markdown' | 'toml' }
  | { kind: 'json'; path: string; addition: object };

const skills = ['docket-builder', 'docket-adversary'] as const;
const commands = ['docket-brief', 'docket-claim', 'docket-judge'] as const;

/** Everything that a target gets. Texts stand in `templates/`; skills and commands are those of the plugin. */
export function placementsOf(target: Host): Placement[] {
  return [...own[target](), { kind: 'section', path: 'AGENTS.md', text: readTemplate('agents/AGENTS-section.md'), notation: 'markdown' }];
}

const own: Record<Host, () => Placement[]> = {
  claude: () => [...skillsIn('.claude/skills'), ...commandsIn('.claude/commands', asTheyAre), json('.claude/settings.json', 'claude-settings.json'), json('.mcp.json', 'mcp.json')],
  codex: () => [...skillsIn('.agents/skills'), json('.codex/hooks.json', 'codex-hooks.json'), { kind: 'section', path: '.codex/config.toml', text: readTemplate('agents/codex-config.toml'), notation: 'toml' }],
  cursor: () => [
    ...skillsIn('.cursor/skills'), ...commandsIn('.cursor/commands', bodyAlone), json('.cursor/hooks.json', 'cursor-hooks.json'), json('.cursor/mcp.json', 'mcp.json'),
    { kind: 'file', path: '.cursor/rules/docket.mdc', text: `${readTemplate('agents/cursor-rule.mdc')}${readTemplate('agents/AGENTS-section.md')}`, notation: 'markdown' },
  ],
  gemini: () => [
    ...skillsIn('.gemini/skills'), ...commandsIn('.gemini/commands', asToml), json('.gemini/settings.json', 'gemini-settings.json'),
    { kind: 'section', path: 'GEMINI.md', text: readTemplate('agents/AGENTS-section.md'), notation: 'markdown' },
  ],
  generic: () => [...skillsIn('.agents/skills'), json('.mcp.json', 'mcp.json')],
};

function json(path: string, template: string): Placement {
  return { kind: 'json', path, addition: JSON.parse(readTemplate(`agents/${template}`)) as object };
}

function skillsIn(folder: string): Placement[] {
  return skills.map((name): Placement => ({ kind: 'file', path: `${folder}/${name}/SKILL.md`, text: readTemplate(`claude-plugin/skills/${name}/SKILL.md`), notation: 'markdown' }));
}

type Wording = (template: string) => { text: string; notation: 'markdown' | 'toml'; ending: string };

function commandsIn(folder: string, word: Wording): Placement[] {
  return commands.map((name): Placement => {
    const { text, notation, ending } = word(readTemplate(`claude-plugin/commands/${name}.md`));
    return { kind: 'file', path: `${folder}/${name}.${ending}`, text, notation };
  });
}

function asTheyAre(text: string): ReturnType<Wording> {
  return { text, notation: 'markdown', ending: 'md' };
}

/** Cursor's commands are plain markdown. */
function bodyAlone(text: string): ReturnType<Wording> {
  return { text: partsOf(text).body.replaceAll(' $ARGUMENTS', ''), notation: 'markdown', ending: 'md' };
}

/** Gemini's are TOML with a prompt. */
function asToml(text: string): ReturnType<Wording> {
  const { description, body } = partsOf(text);
  return { text: `description = ${JSON.stringify(description)}\nprompt = """\n${body.replaceAll('$ARGUMENTS', '{{args}}')}"""\n`, notation: 'toml', ending: 'toml' };
}

function partsOf(text: string): { description: string; body: string } {
  const found = /^---\ndescription: (.*)\n---\n\n([\s\S]*)$/u.exec(text);
  return { description: found?.[1] ?? '', body: found?.[2] ?? text };
}
