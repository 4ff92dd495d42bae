/**
 * The command that git runs as the merge driver `docket`. git gives it the versions as `%O %A %B`, the length of the marks and the path, each
 * quoted for the shell, and takes exit 0 for merged, anything else for a conflict. So that no side is lost where docket cannot run (it was moved,
 * Node is gone, it was killed), whatever does not end with a merge or with marks in place is done by `git merge-file`.
 */
export function driverCommand(program: readonly string[]): string {
  const call = program.map(quoteForDriver).join(' ');
  return [
    `${call} merge-file --quiet --path=%P --marker-size=%L -- %O %A %B && exit 0`,
    `test $? -eq 1 && grep -q '^<<<<<<<' %A && exit 1`,
    'exec git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B',
  ].join('; ');
}

/** Is this a driver that docket has put in place? */
export function isDriverCommand(command: string): boolean {
  return command.includes(' merge-file --quiet --path=%P ');
}

function quoteForDriver(word: string): string {
  return `'${word.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`;
}
