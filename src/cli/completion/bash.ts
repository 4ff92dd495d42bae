import type { CompletableOption, CompletionModel } from './completion-model.ts';

/** A completion script for bash 3.2 and newer; it needs no other package. */
export function bashCompletion({ contexts, globals }: CompletionModel): string {
  const names = contexts.map(({ name }) => name).filter((name) => name !== '');
  const valued = [...globals, ...contexts.flatMap(({ options }) => options)].filter(({ takesValue }) => takesValue).flatMap((option) => option.names);
  const cases = contexts.map(({ name, words, options }) => `    '${name}') words='${[...words.map(({ word }) => word), ...optionNames([...options, ...globals])].join(' ')}' ;;`);
  const values = contexts.flatMap(({ name, options }) => options.filter((option) => option.values.length > 0).flatMap((option) => option.names.map((flag) => `    '${name} ${flag}') words='${option.values.join(' ')}' ;;`)));
  const globalValues = globals.filter((option) => option.values.length > 0).map((option) => `    *' ${option.names.join("'|*' ")}') words='${option.values.join(' ')}' ;;`);
  return `# bash completion for docket: eval "$(docket completion bash)"
_docket() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command='' words='' word i skip=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ -n $skip ]]; then skip=''; continue; fi
    case "$word" in
      ${[...new Set(valued)].join('|')}) skip=1; continue ;;
      -*) continue ;;
    esac
    case "\${command:+$command }$word" in
      ${names.map((name) => `'${name}'`).join('|')}) command="\${command:+$command }$word" ;;
    esac
  done
  if [[ -n $skip ]]; then
    case "$command $previous" in
${[...values, ...globalValues].join('\n')}
      *' -C') COMPREPLY=($(compgen -d -- "$current")); return ;;
      *' --path') COMPREPLY=($(compgen -f -- "$current")); return ;;
    esac
  else
    case "$command" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _docket docket
`;
}

function optionNames(options: readonly CompletableOption[]): string[] {
  return options.flatMap(({ names }) => names);
}
