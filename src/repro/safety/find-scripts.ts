import { gitVerb } from './risky-programs.ts';

/** Texts among the words of a program that it hands to a shell, or starts as a command of its own. */
export function scriptsIn(program: string, args: readonly string[]): string[] {
  switch (program) {
    case 'alias':
      return args.flatMap((word) => (word.includes('=') ? [word.slice(word.indexOf('=') + 1)] : []));
    case 'hash':
      return valuesOf(args, /^-p$/);
    case 'script':
    case 'flock':
      return valuesOf(args, /^(?:-[a-z]*c|--command)(?:=|$)/);
    case 'tar':
    case 'bsdtar':
      return [...valuesOf(args, /^--(?:to-command|use-compress-program|info-script|new-volume-script)(?:=|$)|^-[IF]$/), ...valuesOf(args, /^--checkpoint-action(?:=|$)/).flatMap((action) => (action.startsWith('exec=') ? [action.slice(5)] : []))];
    case 'rsync':
      return valuesOf(args, /^(?:-e|--rsh)(?:=|$)/);
    case 'git':
      return scriptsOfGit(args);
    default:
      return [];
  }
}

/** Settings that name a program. */
const startsProgram = /^(?:alias\..+|pager\..+|core\.(?:pager|editor|sshcommand|askpass|fsmonitor|gitproxy|alternaterefscommand)|sequence\.editor|diff\.external|gpg(?:\..+)?\.program|credential(?:\..+)?\.helper|.+\.(?:textconv|command|cmd|driver|clean|smudge|process|uploadpack|receivepack))=/i;

function scriptsOfGit(args: readonly string[]): string[] {
  const settings = valuesOf(args, /^-c$/).flatMap((setting) => (startsProgram.test(setting) ? [setting.slice(setting.indexOf('=') + 1).replace(/^!/, '')] : []));
  const [verb = '', ...rest] = gitVerb(args);
  if (verb === 'rebase') return [...settings, ...valuesOf(rest, /^(?:-x|--exec)(?:=|$)/)];
  const [word = '', ...command] = rest.filter((each) => each !== '--recursive' && each !== '--quiet');
  const isRun = (verb === 'bisect' && word === 'run') || (verb === 'submodule' && word === 'foreach');
  return isRun ? [...settings, command.join(' ')] : settings;
}

/** What follows an option, in the same word or in the next. */
function valuesOf(args: readonly string[], option: RegExp): string[] {
  return args.flatMap((word, index) => {
    if (!option.test(word)) return [];
    return [word.startsWith('--') && word.includes('=') ? word.slice(word.indexOf('=') + 1) : (args[index + 1] ?? '')];
  });
}
