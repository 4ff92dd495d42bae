import type { CompletableOption, CompletionModel } from './completion-model.ts';

/** A completion script for zsh; it works both from a folder of `$fpath` (as `_docket`) and by `eval`. */
export function zshCompletion({ contexts, globals }: CompletionModel): string {
  const names = contexts.map(({ name }) => name).filter((name) => name !== '');
  const cases = contexts.map(({ name, words, options }) => {
    const specs = [...options, ...globals].flatMap(optionSpecs).map(quote).join(' ');
    const values = words.length === 0 ? "'*:file:_files'" : quote(`*:word:((${words.map(({ word, summary }) => `${escapeColon(word)}\\:${quoteInList(summary)}`).join(' ')}))`);
    return `    ${quote(name)}) _arguments -s ${specs} ${values} ;;`;
  });
  return `#compdef docket
# zsh completion for docket: eval "$(docket completion zsh)"
_docket() {
  local command='' next
  integer i end=1
  for ((i = 2; i < CURRENT; i++)); do
    next="\${command:+$command }\${words[i]}"
    case "$next" in
      ${names.map(quote).join('|')}) command="$next"; end=i ;;
      *) [[ -n $command ]] && break ;;
    esac
  done
  if (( end > 1 )); then
    words=("\${words[1]}" "\${(@)words[end+1,-1]}")
    (( CURRENT -= end - 1 ))
  fi
  case "$command" in
${cases.join('\n')}
  esac
}
if [[ "$funcstack[1]" == _docket ]]; then _docket "$@"; else compdef _docket docket; fi
`;
}

function optionSpecs({ names, summary, takesValue, values }: CompletableOption): string[] {
  const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}` : '';
  return names.map((name) => `${name}[${summary.replace(/[[\]:]/g, ' ')}]${value}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function quoteInList(text: string): string {
  return text.replace(/[^\w.,-]/g, (character) => `\\${character}`);
}

function escapeColon(text: string): string {
  return text.replaceAll(':', String.raw`\:`).replaceAll(' ', String.raw`\ `);
}
