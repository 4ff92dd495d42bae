import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Order } from '../../../src/reconcile/order/types.ts';
import type { InfraOptions } from '../../../src/reconcile/run/open-infra.ts';
import { openInfra } from '../../../src/reconcile/run/open-infra.ts';
import type { Infra } from '../../../src/reconcile/run/types.ts';
import { certificateFor } from '../probes/servers.ts';

export const emptyOrder: Order = { answer: 'ok', edges: [], cycles: [], unread: [], unknown: [], leaves: [] };

/** A service that is two files and a command: `running` holds its version, and what stands in `log` was done to it. */
const ctl = `#!/bin/sh
cd "\${0%/*}"
case $1 in
  current) cat running ;;
  deploy) echo "deploy $2" >> log; echo "$2" > running.new && mv running.new running ;;
  stop) echo stop >> log; mv running stopped ;;
  start) echo start >> log; mv stopped running ;;
  snapshot) echo "snapshot $2" >> log; cp running "data-$2" ;;
  restore) echo "restore $2" >> log; test -f "data-$2" ;;
  notes) cat "notes-$2" 2>/dev/null || true ;;
esac
`;

/** One for all stages: making a key is what costs most. */
const certificate = certificateFor(['proxy.example.org']);

export interface Stage {
  folder: string;
  port: number;
  /** What was done to the service, in order. */
  log: () => Promise<string[]>;
  running: () => Promise<string | null>;
  setRunning: (version: string) => Promise<void>;
  /** Opens a specification with these apps, and state and alerts below the folder. */
  open: (apps: string, options?: Partial<InfraOptions>, order?: Order) => Promise<Infra>;
}

/** Sets up such a service behind a real https server: it answers 200 with its version, 503 for a version with \`bad\` in it, and
 *  hangs up when nothing runs. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-stage-'));
  await writeFile(join(folder, 'ctl'), ctl);
  await chmod(join(folder, 'ctl'), 0o755);
  const read = (name: string): Promise<string | null> => readFile(join(folder, name), 'utf8').then((text) => text.trim(), () => null);
  const server = createServer(certificate, (request, response) => {
    void read('running').then((version) => {
      if (version === null) return request.socket.destroy();
      response.writeHead(version.includes('bad') ? 503 : 200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ Version: version.slice(version.indexOf('+') + 1).replace(/^v/, '') }));
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    port: (server.address() as AddressInfo).port,
    log: async () => (await read('log'))?.split('\n') ?? [],
    running: () => read('running'),
    setRunning: (version) => writeFile(join(folder, 'running'), version),
    async open(apps, options = {}, order = emptyOrder) {
      await writeFile(join(folder, 'infra.yaml'), `version: 1\nstate_dir: state\napps:\n${apps}`);
      const opened = await openInfra({ file: join(folder, 'infra.yaml'), shownAs: 'infra.yaml', root: folder, env: {}, random: () => 0.5, order: async () => order, ...options });
      if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
      return opened.infra;
    },
  };
}

/** The text of an app called `proxy` at a version; `more` are further lines of it. */
export function proxyAt(stage: Stage, wanted: string, more: string[] = [], within = '150ms'): string {
  return [
    '  proxy:',
    '    driver: {kind: exec, current: [./ctl, current], deploy: [./ctl, deploy, "${version}"]}',
    `    wanted: "${wanted}"`,
    `    gate: [{name: api, url: "https://proxy.example.org/", pin: "127.0.0.1:${stage.port}", tls: {verify: false}, expect: {status: [200], json: {Version: "\${version.app}"}}}]`,
    `    timing: {within: ${within}, every: 20ms, timeout: 20s, consecutive: 2}`,
    ...more.map((line) => `    ${line}`),
    '',
  ].join('\n');
}
