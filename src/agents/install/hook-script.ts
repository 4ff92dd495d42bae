import { quoteWord } from '../../queries/shell-word.ts';
import type { HookName } from './names.ts';

/** How a hook finds docket: by the words that started the installation, for a file that stays in this clone; else by name, for one that is committed. */
export type Program = { kind: 'here'; words: readonly string[] } | { kind: 'portable' };

export const blockStart = '# >>> docket >>>';
export const blockEnd = '# <<< docket <<<';
/** Stands in the first line of a file that holds nothing else. */
export const ownMark = '(docket made this file)';

/**
 * The lines of a hook, from mark to mark, in plain sh. They run apart from what stands around them, end before Node starts when nothing of the record is staged,
 * and let the commit pass, aloud, where docket is not installed any more: CI judges it again.
 */
export function hookBlock(name: HookName, program: Program, own: boolean): string {
  const lines = name === 'pre-push' ? pushLines(program) : ['(', ...sieves[name], ...runLines(name, program), ') || exit $?'];
  return `${[`${blockStart} ${own ? `${ownMark} ` : ''}docket install hooks --uninstall takes these lines out`, ...lines, blockEnd].join('\n')}\n`;
}

const tab = '\t';

/** Exits with 0 where nothing staged is of the record, and nothing goes: a link may lead to it. */
const sieveOfIndex = [
  `  tab='${tab}'`,
  "  nl='",
  "'",
  '  case $0 in */hooks/*) folder=${0%/*}/../docket ;; *) folder=$(git rev-parse --git-common-dir)/docket ;; esac',
  '  patterns=',
  '  if [ -r "$folder/hook-paths" ]; then while IFS= read -r pattern; do patterns=$patterns$nl$pattern; done < "$folder/hook-paths"; fi',
  '  needed=',
  '  [ ! -e "${GIT_DIR:-${folder%/docket}}/MERGE_HEAD" ] || needed=1',
  '  if [ -z "$patterns" ] || ! changes=$(git -c core.fsmonitor=false diff-index --cached --no-renames --name-status HEAD -- 2>/dev/null); then needed=1; fi',
  '  set -f; IFS=$nl',
  '  [ -n "$needed" ] || for line in $changes; do',
  '    case $line in D*) needed=1; break ;; esac',
  '    path=${line#*"$tab"}',
  '    for pattern in $patterns; do case $path in $pattern | \\"*) needed=1; break 2 ;; esac; done',
  '  done',
  '  set +f; unset IFS',
];

const sieves: Readonly<Record<Exclude<HookName, 'pre-push'>, readonly string[]>> = {
  'pre-commit': [...sieveOfIndex, '  [ -n "$needed" ] || exit 0'],
  // A message may claim, judge or declare without touching a document.
  'commit-msg': [...sieveOfIndex, '  [ -n "$needed" ] || grep -qiE "^(re-?)?(claim|review|verdict)|^[a-z]+(-[a-z]+)*\\(|^(closes-(deferred|finding)|decision|phase|role):" "$1" || exit 0'],
  'post-merge': [],
};

function runLines(name: HookName, program: Program): string[] {
  const call = (command: string): string => `exec ${command} hook ${name} "$@"`;
  const missing = `  echo "docket: not found, so this ${name} was not judged" >&2`;
  if (program.kind === 'portable') return [`  if command -v docket >/dev/null 2>&1; then ${call('docket')}; fi`, `  if [ -x node_modules/.bin/docket ]; then ${call('node_modules/.bin/docket')}; fi`, missing];
  const words = program.words.map(quoteWord);
  const there = program.words.map((word) => `[ -r ${quoteWord(word)} ]`).join(' && ');
  return [`  if ${there}; then ${call(words.join(' '))}; fi`, `  if command -v docket >/dev/null 2>&1; then ${call('docket')}; fi`, missing];
}

/** git tells a push on standard input, and what stands below these lines wants to read it, too. */
function pushLines(program: Program): string[] {
  return ['docket_input=$(cat)', `printf '%s\\n' "$docket_input" | (`, ...runLines('pre-push', program), ') || exit $?', 'exec <<DOCKET_INPUT', '$docket_input', 'DOCKET_INPUT'];
}
