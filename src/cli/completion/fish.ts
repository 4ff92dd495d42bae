import type { CompletableOption, CompletionModel } from './completion-model.ts';

/** A completion script for fish. */
export function fishCompletion({ contexts, globals }: CompletionModel): string {
  const top = contexts.find(({ name }) => name === '')?.words ?? [];
  const lines = ['# fish completion for docket: docket completion fish | source', 'complete -c docket -f'];
  lines.push(...globals.map((option) => `complete -c docket ${optionText(option)}`));
  lines.push(...top.map(({ word, summary }) => `complete -c docket -n __fish_use_subcommand -a ${quote(word)} -d ${quote(summary)}`));
  for (const { name, words, options } of contexts) {
    if (name === '') continue;
    const inner = contexts.flatMap((context) => (context.name.startsWith(`${name} `) ? [context.name.slice(name.length + 1)] : []));
    const seen = name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
    const condition = quote([...seen, ...(inner.length > 0 ? [`not __fish_seen_subcommand_from ${inner.join(' ')}`] : [])].join('; and '));
    lines.push(...words.map(({ word, summary }) => `complete -c docket -n ${condition} -a ${quote(word)} -d ${quote(summary)}`));
    lines.push(...options.map((option) => `complete -c docket -n ${condition} ${optionText(option)}`));
  }
  return `${lines.join('\n')}\n`;
}

function optionText({ names, summary, takesValue, values }: CompletableOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = takesValue ? ['-r', ...(values.length > 0 ? ['-f', '-a', quote(values.join(' '))] : ['-F'])] : [];
  return [...flags, ...value, '-d', quote(summary)].join(' ');
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, (character) => `\\${character}`)}'`;
}
