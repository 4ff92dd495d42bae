import { locateArguments } from '../../git/open-repository.ts';
import { stagedArguments } from '../../git/read-staged.ts';
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
/** Nothing of the configuration may run a program, or print in another way. */
const git = 'git --no-pager --no-replace-objects -c core.fsmonitor=false -c core.quotePath=true -c diff.orderFile=/dev/null';
/** A variable may hold 128 KiB on Linux; beyond this git is asked again. */
const longestSaid = 60_000;

/** Exits with 0 where nothing staged is of the record, and nothing goes: a link may lead to it. One process of git where it knows its folder. */
const sieveOfIndex = [
  `  tab='${tab}'`,
  "  nl='",
  "'",
  '  if [ -d "${GIT_DIR:-.git}/objects" ]; then folder=${GIT_DIR:-.git}/docket',
  '  else case $0 in */hooks/*) folder=${0%/*}/../docket ;; *) folder= ;; esac; [ -n "$folder" ] && [ -d "$folder/../objects" ] || folder=$(git rev-parse --git-common-dir)/docket; fi',
  '  patterns=',
  '  if [ -r "$folder/hook-paths" ]; then while IFS= read -r pattern; do patterns=$patterns$nl$pattern; done < "$folder/hook-paths"; fi',
  '  needed= staged= place=',
  '  [ ! -e "${GIT_DIR:-${folder%/docket}}/MERGE_HEAD" ] || needed=1',
  `  if ! staged=$(${git} ${stagedArguments.join(' ')} HEAD -- 2>/dev/null); then needed=2; elif [ -z "$patterns" ]; then needed=1; fi`,
  '  set -f; IFS=$nl',
  '  [ -n "$needed" ] || for line in $staged; do',
  '    case ${line%%"$tab"*} in *D) needed=1; break ;; esac',
  '    path=${line#*"$tab"}',
  '    for pattern in $patterns; do case $path in $pattern | \\"*) needed=1; break 2 ;; esac; done',
  '  done',
  '  set +f; unset IFS',
];

/** Hands on what git said, so that it need not be asked again. */
const tellPlace = `  if [ "$needed" != 2 ] && [ "\${#staged}" -lt ${longestSaid} ]; then place=$(${git} ${locateArguments.join(' ')} 2>/dev/null) || place=; fi`;

const sieves: Readonly<Record<Exclude<HookName, 'pre-push'>, readonly string[]>> = {
  'pre-commit': [...sieveOfIndex, '  [ -n "$needed" ] || exit 0', tellPlace],
  // A message may claim, judge or declare without touching a document.
  'commit-msg': [...sieveOfIndex, '  [ -n "$needed" ] || grep -qiE "^(re-?)?(claim|review|verdict)|^[a-z]+(-[a-z]+)*\\(|^(closes-(deferred|finding)|decision|phase|role):" "$1" || exit 0'],
  'post-merge': [],
};

function runLines(name: HookName, program: Program): string[] {
  const call = (command: string): string => `exec ${command} ${name} "$@"`;
  const goesOn = name === 'pre-push' ? 'this push was not judged, and goes on' : name === 'post-merge' ? 'nothing was closed' : 'this commit was not judged, and goes on';
  const missing = (what: string): string => `echo "docket: ${what}, so ${goesOn}; docket check --range judges it later. To mend it: docket install hooks" >&2`;
  const byName = [
    '  if command -v node >/dev/null 2>&1; then',
    `    if command -v docket >/dev/null 2>&1; then ${call('docket hook')}; fi`,
    ...(program.kind === 'portable' ? [`    if [ -x node_modules/.bin/docket ]; then ${call('node_modules/.bin/docket hook')}; fi`] : []),
    `    ${missing('docket was not found')}`,
    `  else ${missing('node was not found on the PATH')}; fi`,
  ];
  if (program.kind === 'portable') return byName;
  const words = program.words.map(quoteWord);
  const [node = '', file = ''] = words;
  const said = name === 'pre-commit' ? 'DOCKET_PLACE="$place" DOCKET_STAGED="$staged" ' : '';
  return [`  if [ -x ${node} ] && [ -r ${file} ]; then`, ...(said === '' ? [] : [`    [ -n "$place" ] || staged=`]), `    ${said}${call(words.join(' '))}`, '  fi', ...byName];
}

/** git tells a push on standard input, and what stands below these lines wants to read it, too. */
function pushLines(program: Program): string[] {
  return ['docket_input=$(cat)', `printf '%s\\n' "$docket_input" | (`, ...runLines('pre-push', program), ') || exit $?', 'exec <<DOCKET_INPUT', '$docket_input', 'DOCKET_INPUT'];
}
