import { bashCompletion } from '../completion/bash.ts';
import { completionModel } from '../completion/completion-model.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

const shells: Record<string, typeof bashCompletion> = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `docket completion SHELL`; the parser lets only known shells pass. */
export function run({ arguments: [shell = ''] }: Invocation): Outcome {
  const script = shells[shell]?.(completionModel()) ?? '';
  return answer({ data: { shell, script }, render: (data) => data.script });
}
