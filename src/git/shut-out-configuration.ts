/**
 * What of a repository's configuration could make a read run a program or change what git prints. A repository may have been
 * prepared by somebody else, so everything here is overruled on the command line, which wins over every file.
 *
 * Settings with a name in the middle (`diff.NAME.command`, `diff.NAME.textconv`, `filter.NAME.clean`, `alias.NAME`,
 * `pager.COMMAND`, `trailer.NAME.command`, `merge.NAME.driver`, `remote.NAME.uploadpack`) cannot be listed. They are shut out
 * by what is called: `--no-ext-diff --no-textconv --text --no-pager`, built-in commands only, no command that converts a working
 * file, no transport at all.
 */
const overruled: readonly (readonly [key: string, value: string])[] = [
  // These run a program.
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.editor', 'false'],
  ['core.askPass', 'false'],
  ['core.sshCommand', 'false'],
  ['core.gitProxy', 'none'],
  ['core.alternateRefsCommand', 'false'],
  ['credential.helper', ''],
  ['diff.external', ''],
  ['log.showSignature', 'false'],
  ['gpg.program', 'false'],
  ['gpg.ssh.program', 'false'],
  ['gpg.x509.program', 'false'],
  ['protocol.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // These read another file.
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['blame.ignoreRevsFile', ''],
  ['diff.orderFile', '/dev/null'],
  ['mailmap.file', ''],
  ['mailmap.blob', ''],
  // These change what is printed.
  ['blame.markIgnoredLines', 'false'],
  ['blame.markUnblamableLines', 'false'],
  ['blame.showRoot', 'true'],
  ['color.ui', 'false'],
  ['core.abbrev', 'no'],
  ['core.bigFileThreshold', '512m'],
  ['core.quotePath', 'true'],
  ['core.useReplaceRefs', 'false'],
  ['diff.algorithm', 'myers'],
  ['diff.colorMoved', 'no'],
  ['diff.context', '3'],
  ['diff.ignoreSubmodules', 'none'],
  ['diff.indentHeuristic', 'true'],
  ['diff.interHunkContext', '0'],
  ['diff.mnemonicPrefix', 'false'],
  ['diff.noPrefix', 'false'],
  ['diff.relative', 'false'],
  ['diff.renameLimit', '1000'],
  ['diff.renames', 'true'],
  ['diff.submodule', 'short'],
  ['diff.suppressBlankEmpty', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['log.abbrevCommit', 'false'],
  ['log.decorate', 'false'],
  ['log.follow', 'false'],
  ['log.mailmap', 'false'],
  ['log.showRoot', 'true'],
];

/** The same as `KEY=VALUE`. */
export const overruledSettings: readonly string[] = overruled.map(([key, value]) => `${key}=${value}`);

/** Options that stand between `git` and the command's name. */
export const safeGlobalOptions: readonly string[] = ['--no-pager', ...overruledSettings.flatMap((setting) => ['-c', setting])];

/** Variables of the caller's that say how git itself is found and configured; no other `GIT_*` is passed on. */
const passedOn = /^GIT_(?:EXEC_PATH|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)$/;

const fixed: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  // Only the transports named here are allowed, whatever `protocol.NAME.allow` says: none. Git before 2.44 knows no GIT_NO_LAZY_FETCH.
  GIT_ALLOW_PROTOCOL: 'none',
};

const otherPrograms = /^(?:SSH_ASKPASS|LESSOPEN|PAGER|LANGUAGE)$/;

/**
 * The environment for every call of git: the caller's, without the variables that name a repository, trace, page, diff or ask
 * (`GIT_DIR`, `GIT_TRACE…`, `GIT_EXTERNAL_DIFF`, `GIT_DIFF_OPTS`, `GIT_LITERAL_PATHSPECS`…), plus what is fixed and `repository`.
 */
export function safeEnvironment(caller: NodeJS.ProcessEnv, repository: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(caller)) {
    if (name.startsWith('GIT_') ? passedOn.test(name) : !otherPrograms.test(name)) kept[name] = value;
  }
  return { ...kept, ...fixed, ...repository };
}
