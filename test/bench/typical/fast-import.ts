import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Side = 'builder' | 'adversary' | 'operator';

export interface NewCommit {
  message: string;
  /** Seconds since 1970, UTC. */
  at: number;
  by: Side;
  /** Path → the whole new content, or null where the file goes away. */
  files: Map<string, string | null>;
}

export interface Importer {
  /** Adds a commit to main; gives its sha if asked for, else null, since every answer costs a round trip. */
  add(commit: NewCommit, wantSha: boolean): Promise<string | null>;
  /** Waits for git and brings the work tree up. */
  finish(): Promise<void>;
}

const names: Record<Side, string> = { builder: 'Project Loop <loop@example.org>', adversary: 'Project Loop <loop@example.org>', operator: 'Olive Operator <operator@example.org>' };

/** Opens an empty repository in `dir` and writes commits into it through `git fast-import`: some thousand a second. */
export function openImport(dir: string): Importer {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
  execFileSync('git', ['init', '-q', '--template=', '--initial-branch=main', dir], { env });
  const git = spawn('git', ['-C', dir, 'fast-import', '--quiet', '--done'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: git.stdout })[Symbol.asyncIterator]();
  const ended = once(git, 'close');
  let count = 0;

  const write = async (parts: (string | Buffer)[]): Promise<void> => {
    let room = true;
    for (const part of parts) room = git.stdin.write(part);
    if (!room) await once(git.stdin, 'drain');
  };
  const data = (text: string): (string | Buffer)[] => {
    const bytes = Buffer.from(text);
    return [`data ${bytes.length}\n`, bytes, '\n'];
  };

  return {
    async add(commit, wantSha) {
      count += 1;
      const who = `${names[commit.by]} ${commit.at} +0000`;
      const parts = [`commit refs/heads/main\nmark :${count}\nauthor ${who}\ncommitter ${who}\n`, ...data(commit.message)];
      for (const [path, content] of commit.files) {
        if (content === null) parts.push(`D ${path}\n`);
        else parts.push(`M 100644 inline ${path}\n`, ...data(content));
      }
      await write([...parts, '\n']);
      if (!wantSha) return null;
      await write([`get-mark :${count}\n`]);
      const answer = await answers.next();
      return answer.done ? null : answer.value;
    },
    async finish() {
      git.stdin.end('done\n');
      const [code] = (await ended) as [number];
      if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
      execFileSync('git', ['-C', dir, 'reset', '-q', '--hard', 'main'], { env });
    },
  };
}
