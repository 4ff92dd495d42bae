import { explainFailure } from './explain-failure.ts';
import { encodePath } from './path-names.ts';
import { tryGit, type GitPlace } from './run-git.ts';

interface Batch {
  names: string[];
  answers: Promise<string[]>;
}

/** What is asked at the moment, by repository. */
const open = new WeakMap<GitPlace, Batch>();

const question = ['--bare', 'cat-file', '--batch-check', '--buffer'];
/** Each costs another process. */
const mostCorrupt = 100;
const lineFeed = Buffer.from('\n');

/**
 * What `git cat-file --batch-check` says of each name (`ID`, `ID^{commit}`, `COMMIT:PATH`; none may hold a line feed or NUL), without its end of line; empty
 * for an object that is corrupt. All that is asked in one turn of the event loop goes to one process of git: to start one costs more than a thousand answers.
 */
export async function askObjects(repository: GitPlace, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const batch = open.get(repository) ?? openBatch(repository);
  const from = batch.names.length;
  for (const name of names) batch.names.push(name);
  return (await batch.answers).slice(from, from + names.length);
}

function openBatch(repository: GitPlace): Batch {
  const names: string[] = [];
  const answers = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    open.delete(repository);
    return answerAll(repository, names);
  });
  const batch = { names, answers };
  open.set(repository, batch);
  return batch;
}

/** git ends at an object that is corrupt; what stands after it is asked for again. Throws where git cannot answer at all, and where there is no end of corrupt ones. */
async function answerAll(repository: GitPlace, names: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  for (let corrupt = 0; answers.length < names.length; corrupt += 1) {
    const input = Buffer.concat(names.slice(answers.length).flatMap((name) => [encodePath(name), lineFeed]));
    const { code, stdout, stderr } = await tryGit(repository, question, input);
    for (const answer of stdout.toString('latin1').split('\n').slice(0, -1)) answers.push(answer);
    if (code === 0) break;
    const failure = explainFailure(repository.directory, question, { code, stderr });
    if (failure.kind !== 'unreadable' || corrupt === mostCorrupt) throw failure;
    answers.push('');
  }
  return answers;
}
