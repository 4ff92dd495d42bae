import { unknown, unknownVariable } from '../shell/reading.ts';
import { gitVerb } from './risky-programs.ts';

const remote = (host: string): string => `reaches ${host}, beyond loopback`;
const unclear = 'reaches an address that is not written down';

/** Whether a host name or address is this machine's loopback and nothing else. */
export function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return plain === 'localhost' || plain === '::1' || plain === '0.0.0.0' || /^(?:[a-z0-9-]+\.)+localhost$/.test(plain) || /^127(?:\.\d{1,3}){1,3}$/.test(plain);
}

/** Host and port of a URL or of `host:port/path`; null when they are not plainly written. */
function addressOf(url: string): { host: string; port: string } | null {
  const found = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+)(?::([^/?#]*))?(?:[/?#].*)?$/is.exec(url);
  if (found === null) return null;
  const scheme = (found[1] ?? 'http').toLowerCase();
  return { host: found[2] ?? '', port: found[3] ?? (scheme === 'https' || scheme === 'wss' ? '443' : '80') };
}

const downloaders = new Set(['curl', 'wget', 'aria2c', 'http', 'https', 'httpie', 'xh', 'xhs', 'curlie', 'hurl', 'websocat', 'wscat', 'grpcurl', 'ab', 'wrk', 'hey', 'siege', 'vegeta', 'lighthouse']);
const curlValues = new Set(`-o -H -d -X -u -A -b -c -e -F -m -r -T -U -w -y -Y -z -C -D -E -P -Q -t -O -T -U -P --max-time --connect-timeout --output
  --output-dir --header --data --data-raw --data-binary --data-ascii --data-urlencode --json --request --user --user-agent --referer --cookie --cookie-jar --form --form-string
  --cert --cert-type --key --key-type --pass --cacert --capath --crlfile --write-out --retry --retry-delay --retry-max-time --interface --limit-rate --range --upload-file
  --max-redirs --ciphers --tls13-ciphers --curves --tls-max --netrc-file --noproxy --proxy-user --dump-header --keepalive-time --local-port --max-filesize --continue-at --time-cond
  --trace --trace-ascii --stderr --pinnedpubkey --speed-limit --speed-time --parallel-max --create-file-mode --oauth2-bearer --aws-sigv4 --etag-save --etag-compare
  --hsts --alt-svc --expect100-timeout --happy-eyeballs-timeout-ms --variable --rate --unix-socket --abstract-unix-socket --resolve --connect-to`.split(/\s+/));
const wgetValues = new Set(['-O', '-o', '-P', '-T', '-t', '-U', '-w', '-a', '-e', '-Q', '-D', '-A', '-R', '-X', '-I', '-l']);
const otherValues = new Set(['-n', '-c', '-t', '-d', '-m', '-H', '-T', '-p', '-s', '-q', '-z', '-o', '-a', '-D', '-proto', '-import-path', '--output']);

/** Why a network program reaches beyond loopback, or may; null for every other program. */
export function whyRemote(program: string, args: readonly string[], assignments: readonly (readonly [string, string])[]): string | null {
  if (program === 'git') return whyRemoteGit(args);
  if (program === 'rsync') return args.some((word) => /^(?:[^/\s]+@)?[\w.-]+:|^rsync:\/\//.test(word)) ? 'reaches another machine' : null;
  if (downloaders.has(program)) return whyRemoteDownload(program, args, assignments);
  if (/^(?:nc|ncat|netcat|socat|ping|ping6|dig|nslookup|host|nmap|traceroute|tracepath|mtr|whois|ldapsearch|snmpwalk)$/.test(program)) return whyRemoteProbe(program, args);
  if (program === 'openssl') return args[0] === 's_client' ? whyRemoteHosts([valueOf(args, ['-connect', '-host', '-proxy'])]) : null;
  if (/^(?:psql|pg_dump|pg_restore|pg_isready|createdb|dropdb|mysql|mysqladmin|mysqldump|mariadb|redis-cli|mongosh|mongo|mongodump|rabbitmqctl|amqp-publish|mosquitto_pub|mosquitto_sub|nats|etcdctl|kafkacat|kcat)$/.test(program)) return whyRemoteDatabase(args);
  return null;
}

function whyRemoteDownload(program: string, args: readonly string[], assignments: readonly (readonly [string, string])[]): string | null {
  const proxies = assignments.filter(([name]) => /^(?:https?|all|ftp)_proxy$/i.test(name)).map(([, value]) => value);
  const values = program === 'curl' ? curlValues : program === 'wget' ? wgetValues : otherValues;
  const pins = pinsOf(args);
  if (program === 'curl' && args.some((word) => word === '--unix-socket' || word === '--abstract-unix-socket')) return null;
  if (args.some((word) => (program === 'curl' ? /^(?:-[a-zA-Z]*K|--config)/ : /^(?:-[a-zA-Z]*i$|--input-file)/).test(word)) && (program === 'curl' || program === 'wget')) return 'takes its addresses from a file';
  const proxy = program === 'curl' ? valueOf(args, ['-x', '--proxy', '--preproxy', '--socks5', '--socks5-hostname', '--socks4']) : null;
  const urls = targetsOf(args, values).filter((word) => program === 'curl' || program === 'wget' || isAddress(word));
  for (const url of proxies.concat(proxy ?? [], urls)) {
    if (/^file:/i.test(url) || url === proxy && url === '') continue;
    const address = addressOf(url);
    if (address === null) return unclear;
    if (!isLoopback(address.host) && !pins.some((pin) => pin(address))) return remote(address.host);
  }
  return null;
}

function isAddress(word: string): boolean {
  return /:\/\/|^[\w.-]+:\d+|^:\d+|^localhost\b/.test(word) || word.includes(unknown) || word.includes(unknownVariable);
}

/** What stands on a command line beside options and their values. */
function targetsOf(args: readonly string[], values: ReadonlySet<string>): string[] {
  const targets: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--url') targets.push(args[(at += 1)] ?? '');
    else if (word.startsWith('--url=')) targets.push(word.slice(6));
    else if (/^(?:-x|--proxy|--preproxy|--socks\w*(?:-hostname)?)$/.test(word)) at += 1;
    else if (takesValue(word, values)) at += 1;
    else if (!word.startsWith('-')) targets.push(word);
  }
  return targets.filter((word) => word !== '');
}

/** `-o` and `-sko`: the last letter of a cluster may take the next word. */
function takesValue(word: string, values: ReadonlySet<string>): boolean {
  if (values.has(word)) return true;
  return /^-[a-zA-Z]{2,}$/.test(word) && values.has(`-${word.slice(-1)}`) && !word.slice(1, -1).split('').some((letter) => values.has(`-${letter}`));
}

type Pin = (address: { host: string; port: string }) => boolean;

/** `--resolve host:port:127.0.0.1` and `--connect-to host:port:localhost:port`: the name is another's, the address is ours. */
function pinsOf(args: readonly string[]): Pin[] {
  return args.flatMap((word, index): Pin[] => {
    const [option, inline] = /^(--resolve|--connect-to)(?:=(.*))?$/s.exec(word)?.slice(1) ?? [];
    const value = inline ?? args[index + 1] ?? '';
    if (option === '--resolve') {
      const found = /^\+?([^:]+):(\d+):(.+)$/.exec(value);
      if (found === null || !(found[3] ?? '').split(',').every(isLoopback)) return [];
      return [({ host, port }) => (found[1] === '*' || found[1]?.toLowerCase() === host.toLowerCase()) && found[2] === port];
    }
    if (option === '--connect-to') {
      const found = /^([^:]*):(\d*):(\[[^\]]*\]|[^:]+):\d*$/.exec(value);
      if (found === null || !isLoopback(found[3] ?? '')) return [];
      return [({ host, port }) => (found[1] === '' || found[1]?.toLowerCase() === host.toLowerCase()) && (found[2] === '' || found[2] === port)];
    }
    return [];
  });
}

function whyRemoteProbe(program: string, args: readonly string[]): string | null {
  if (/^(?:nc|ncat|netcat)$/.test(program) && args.some((word) => /^-[a-zA-Z]*l/.test(word) || word === '--listen')) return null;
  if (program === 'socat') return whyRemoteHosts(args.flatMap((word) => /^(?:TCP|TCP4|TCP6|UDP|OPENSSL|SSL|SOCKS4|PROXY)(?:-CONNECT)?:([^:,]+)/i.exec(word)?.[1] ?? []));
  const server = args.find((word) => word.startsWith('@'));
  if (program === 'dig') return server === undefined ? 'asks a name server' : whyRemoteHosts([server.slice(1)]);
  const [host] = targetsOf(args, new Set(['-w', '-p', '-s', '-i', '-X', '-x', '-q', '-c', '-W', '-t', '-I', '-h', '-H']));
  return host === undefined ? null : whyRemoteHosts([host]);
}

function whyRemoteDatabase(args: readonly string[]): string | null {
  const host = valueOf(args, ['-h', '--host', '--endpoints', '-b', '-s', '--server', '-u', '--uri']);
  const urls = args.filter((word) => /:\/\//.test(word)).map((word) => word.replace(/^--?\w+=/, ''));
  const inline = args.flatMap((word) => /\bhost=(\S+)/.exec(word)?.[1] ?? []);
  const looksLikeHost = host !== null && (/^[\w.:[\]-]+$/.test(host) || host.includes('://')) && !/^\w+$/.test(host) ? [host] : host !== null && args.some((word) => word === '-h' || word.startsWith('--host')) ? [host] : [];
  return whyRemoteHosts([...looksLikeHost, ...urls, ...inline].filter((each) => !each.startsWith('/')));
}

function whyRemoteHosts(hosts: readonly (string | null)[]): string | null {
  for (const host of hosts) {
    if (host === null) continue;
    const address = addressOf(host);
    if (address === null) return unclear;
    if (!isLoopback(address.host)) return remote(address.host);
  }
  return null;
}

function whyRemoteGit(args: readonly string[]): string | null {
  const [verb = '', ...rest] = gitVerb(args);
  if (verb === 'submodule' ? !rest.includes('update') && !rest.includes('add') : !/^(?:clone|fetch|pull|ls-remote|remote)$/.test(verb)) return null;
  if (verb === 'remote') return rest.includes('update') || rest.includes('prune') || rest.includes('show') ? 'reaches the remote of the repository' : null;
  const where = rest.find((word) => !word.startsWith('-')) ?? '';
  if (where.startsWith('file://') || /^(?:\.{0,2}\/|~\/|\.{1,2}$)/.test(where) || where.startsWith(unknown) || where.startsWith(unknownVariable)) return null;
  if (/:\/\//.test(where)) return whyRemoteHosts([where]);
  if (/^[\w.@-]+:/.test(where)) return 'reaches another machine';
  return verb === 'clone' && where !== '' ? null : 'reaches the remote of the repository';
}

function valueOf(args: readonly string[], options: readonly string[]): string | null {
  for (const [index, word] of args.entries()) {
    const option = options.find((each) => word === each || word.startsWith(`${each}=`));
    if (option !== undefined) return word === option ? (args[index + 1] ?? null) : word.slice(option.length + 1);
  }
  return null;
}
