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
  local command='' word next
  integer taken=0
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${command:+$command }$word"
    case "$next" in
      ${names.map(quote).join('|')}) command="$next" ;;
      *) [[ -n $command ]] && break ;;
    esac
  done
  if [[ -n $command ]]; then
    taken=\${#\${(s: :)command}}
    words=("\${words[1]}" "\${(@)words[taken+2,-1]}")
    (( CURRENT -= taken ))
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
