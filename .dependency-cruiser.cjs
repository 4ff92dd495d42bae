/** The layer rules of src/, each with its reason. Data flows one way:
 *  git and files → documents → ledger → rules, gates, queries → reports; edits and runner stand at the end. */
const pure = '^src/(contract|documents|repro|rules|gates|queries|reports)/';
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'A cycle has no first chapter.', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', comment: 'Nothing is unreachable.', from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/index\\.ts$', '^src/cli/main\\.ts$'] }, to: {} },
    { name: 'pure-layers', severity: 'error', comment: 'These layers turn values into values; reading files and starting processes is the business of git/, edits/, runner/, reconcile/.', from: { path: pure + '|^src/ledger/' }, to: { path: '^(node:)?(fs|fs/promises|child_process|net|http|https|worker_threads)$' } },
    { name: 'documents-know-no-git', severity: 'error', comment: 'documents/ and repro/ read bytes, wherever they come from.', from: { path: '^src/(documents|repro)/' }, to: { path: '^src/(?!documents/|repro/|contract/|yaml/)' } },
    { name: 'only-git-runs-git', severity: 'error', comment: 'One place decides how git is called and which of its configuration is shut out.', from: { path: '^src/', pathNot: '^src/(git|runner|reconcile|agents)/' }, to: { path: '^(node:)?child_process$|simple-git' } },
    { name: 'read-only-cannot-run', severity: 'error', comment: 'A journal is untrusted data: nothing that reads may reach the runner.', from: { path: '^src/(contract|documents|repro|git|ledger|rules|gates|queries|reports)/' }, to: { path: '^src/(runner|edits|durable)/', reachable: true } },
    { name: 'reconcile-stands-alone', severity: 'error', comment: 'The reconciler is a library of its own and knows no markdown.', from: { path: '^src/reconcile/' }, to: { path: '^src/(?!reconcile/|durable/|yaml/)' } },
    { name: 'only-the-forge-client-asks-the-network', severity: 'error', comment: 'docket works without a network: one client asks one forge, when it is told to. The probes of the reconciler are its business; the report is served, on the loopback address, and asks nobody.', from: { path: '^src/', pathNot: '^src/(forge|reconcile)/|^src/cli/report/serve-report\\.ts$' }, to: { path: '^(node:)?(net|http|https|http2|tls|dgram|dns|dns/promises)$' } },
    { name: 'only-ci-status-reaches-the-forge', severity: 'error', comment: 'Every other command answers from what is known here.', from: { path: '^src/', pathNot: '^src/forge/|^src/cli/commands/ci/status[.]ts$' }, to: { path: '^src/forge/' } },
    { name: 'durable-is-the-ground-of-writing', severity: 'error', comment: 'Files that are whole after a crash, and locks: for everything that writes, and of nothing else.', from: { path: '^src/durable/' }, to: { path: '^src/(?!durable/)' } },
    { name: 'yaml-is-a-ground', severity: 'error', comment: 'What YAML may be read at all: for everything that reads YAML, and of nothing else.', from: { path: '^src/yaml/' }, to: { path: '^src/(?!yaml/)' } },
    { name: 'contract-is-the-ground', severity: 'error', comment: 'The contract imports nothing of the project.', from: { path: '^src/contract/' }, to: { path: '^src/(?!contract/)' } },
    { name: 'cli-is-last', severity: 'error', comment: 'The command line is a caller, never a library.', from: { path: '^src/(?!cli/)' }, to: { path: '^src/cli/' } },
    { name: 'no-dev-dependencies', severity: 'error', comment: 'src/ may import only what is installed with the package.', from: { path: '^src' }, to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
