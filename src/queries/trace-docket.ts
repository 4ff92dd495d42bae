import { Failure } from '../contract/failure.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Ref } from '../contract/schema/entry.ts';
import { readCommitsById } from '../git/read-commits.ts';
import { resolveCommits } from '../git/resolve-commits.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { resolveId } from './resolve-id.ts';
import { quoteArgument } from './shell-word.ts';
import { readRoot } from './trace/find-root.ts';
import type { NodeName } from './trace/link-graph.ts';
import { traceLedger, type Trace } from './trace/trace-ledger.ts';

/**
 * The links around what `text` names: an entry by its id or any unique tail, a gate, a phase, a commit (digits, `HEAD`). Throws a `Failure` of kind
 * usage that lists the nearest ids, or says that there is no such commit.
 */
export async function traceDocket(docket: Docket, text: string, depth: number): Promise<{ trace: Trace; diagnostics: Diagnostic[] }> {
  const question = readRoot(docket.ledger, text);
  if ('root' in question) return { trace: await withSubjects(docket, traceLedger(docket.ledger, question.root, depth)), diagnostics: [] };
  if ('entry' in question) {
    const root: NodeName = { node: 'entry', id: resolveId(docket.ledger, question.entry).id };
    return { trace: await withSubjects(docket, traceLedger(docket.ledger, root, depth)), diagnostics: [] };
  }
  const { root, diagnostics } = await findCommit(docket, question.commit);
  return { trace: await withSubjects(docket, traceLedger(docket.ledger, root, depth)), diagnostics };
}

/** A commit that was rewritten leads to the one that replaced it; one that is gone, to those who cite it. */
async function findCommit({ ledger, repository }: Docket, text: string): Promise<{ root: NodeName; diagnostics: Diagnostic[] }> {
  const isDigits = /^[0-9a-f]{4,64}$/iu.test(text);
  const found = isDigits ? (await resolveCommits(repository, [text])).get(text) : { status: 'commit' as const, commit: await resolveRevision(repository, text) };
  const id = found?.status === 'commit' ? found.commit : text.toLowerCase();
  const cited = ledger.entries.flatMap(({ refs }) => refs.filter((ref) => ref.type === 'commit' && (ref.value.startsWith(id) || id.startsWith(ref.value))));
  const rewritten = cited.find(({ status }) => status === 'rewritten');
  if (rewritten?.target) return { root: { node: 'commit', id: rewritten.target }, diagnostics: [tellRewritten(text, rewritten)] };
  const gone = cited.find(({ status }) => status === 'dangling' || status === 'ambiguous');
  if (gone) return { root: { node: 'unknown', id: gone.value }, diagnostics: [] };
  if (found?.status === 'commit') return { root: { node: 'commit', id }, diagnostics: [] };
  const message = found?.status === 'ambiguous' ? `Ambiguous commit "${text}": several begin so. Give more digits.` : `Unknown commit "${text}", and no entry cites it.`;
  throw new Failure('usage', message, { next: `docket search ${quoteArgument(text)}` });
}

function tellRewritten(text: string, { target, via }: Ref): Diagnostic {
  const message = `${text} was rewritten: it landed as ${target?.slice(0, 12)}, found by ${via}`;
  return { rule: 'rewritten-commit', level: 'info', message, place: null, related: [], entry: null, commit: target, next: null, fixable: false };
}

/** The subjects and times of the commits that are no part of the record themselves; what cannot be read stays without. */
async function withSubjects({ repository }: Docket, trace: Trace): Promise<Trace> {
  const bare = trace.nodes.filter(({ type, title, id }) => type === 'commit' && title === null && /^[0-9a-f]{40,64}$/u.test(id)).map(({ id }) => id);
  const resolved = await resolveCommits(repository, bare);
  const there = bare.filter((id) => resolved.get(id)?.status === 'commit');
  const known = new Map<string, { title: string; at: string }>();
  try {
    for await (const { commit, subject, commitTime } of readCommitsById(repository, there, null)) known.set(commit, { title: subject, at: commitTime });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'unreadable') throw error;
  }
  return { ...trace, nodes: trace.nodes.map((node) => (node.type === 'commit' ? { ...node, ...known.get(node.id) } : node)) };
}
