/** What `git cherry-pick -x` adds, and what a squash of a branch lists, as `git merge --squash` does. */
const forms = [/^\(cherry picked from commit ([0-9a-f]{40,64})\)$/gmu, /^commit ([0-9a-f]{40,64})$/gmu];

/** The ids of the commits that a message says it was made of. */
export function replacedBy(message: string): string[] {
  if (!message.includes('commit ')) return [];
  return [...new Set(forms.flatMap((form) => [...message.matchAll(form)].map((hit) => hit[1] ?? '')))];
}
