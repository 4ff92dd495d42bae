/** A commit and its parents by id. */
interface Linked {
  id: string;
  parents: readonly string[];
}

/** Parents before children; else as they stand, the last first, which is the oldest first for what `git log` prints. */
export function parentsFirst<T extends Linked>(commits: readonly T[]): T[] {
  const places = new Map(commits.map((commit, index) => [commit.id, index]));
  const ordered: T[] = [];
  const entered = new Uint8Array(commits.length);
  const done = new Uint8Array(commits.length);
  for (let start = commits.length - 1; start >= 0; start--) {
    const open = [start];
    for (let place = open.at(-1); place !== undefined; place = open.at(-1)) {
      const commit = commits[place];
      if (!commit || done[place] === 1) open.pop();
      else if (entered[place] === 1) {
        done[place] = 1;
        ordered.push(commit);
        open.pop();
      } else {
        entered[place] = 1;
        for (const parent of commit.parents.toReversed()) {
          const above = places.get(parent);
          if (above !== undefined && entered[above] === 0) open.push(above);
        }
      }
    }
  }
  return ordered;
}
