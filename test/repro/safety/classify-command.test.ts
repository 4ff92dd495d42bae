import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyCommand } from '../../../src/repro/safety/classify-command.ts';
import { isLoopback } from '../../../src/repro/safety/network-targets.ts';
import { parseScript } from '../../../src/repro/shell/parse-script.ts';

describe('manual: replay does not start it', () => {
  test.each([
    'ssh host ls', 'scp a host:b', 'rsync -a . host:/srv', 'docker ps', 'docker-compose up', 'podman run x', 'systemctl restart x', 'service x restart', 'sudo ls', 'doas ls', 'su -c ls',
    'rm -r x', 'rm -rf x', 'rm -fR x', 'rm --recursive x', 'rm -f -r x', '/bin/rm -rf x', 'rm x -rf', 'find . -name x -delete', 'find . -exec rm -r {} +', 'find . -execdir sh -c "rm -r {}" \\;',
    'kubectl get pods', 'helm list', 'terraform plan', 'aws s3 ls', 'gh pr list', 'git push', 'git -C . push origin main', 'git -c a=b push', 'git clean -fdx', 'git reset --hard', 'git config --global a b', 'git stash',
    'git fetch', 'git pull', 'git clone https://example.org/x', 'git clone git@example.org:x', 'git ls-remote https://example.org/x',
    'npm publish', 'npm run deploy', 'make release', 'yarn npm publish'.replace('npm ', ''), 'cargo publish', 'npm i -g x', 'npx wrangler deploy', 'pnpm exec wrangler x', 'apt-get install x', 'pkill node', 'kill -9 -1',
    'curl https://example.org/', 'curl example.org', 'curl -s -o /dev/null -w "%{http_code}" https://example.org/', 'curl http://localhost@example.org/', 'curl http://127.0.0.1.example.org/', 'curl http://localhost.example.org',
    'curl "$URL"', 'curl $(cat url)', 'curl http://{localhost,example.org}/', 'curl -x http://example.org:3128 http://localhost/', 'http_proxy=http://example.org curl http://localhost/', 'curl -K cfg http://localhost/', 'curl -sK cfg', 'curl -sx http://example.org:3128 http://localhost/',
    'curl --resolve "a.example:443:10.0.0.1" https://a.example/', 'curl --resolve "a.example:444:127.0.0.1" https://a.example/', 'curl --resolve b.example:443:127.0.0.1 https://a.example/',
    'wget https://example.org', 'wget -i list', 'nc example.org 80', 'dig example.org', 'ping -c 1 example.org', 'openssl s_client -connect example.org:443', 'psql -h db.example.org', 'psql postgres://u:p@db.example.org/x',
    'exec 3<>/dev/tcp/example.org/80', 'echo x > /dev/udp/10.0.0.1/53',
    'echo x > /etc/passwd', 'echo x >> ~/.bashrc', 'echo x > $HOME/y', 'echo x > ../y', 'echo x > a/../../y', 'cat a | tee /etc/x', 'cp a /usr/local/bin/', 'mv /etc/a b', 'touch /tmp/x', 'ln -s a ~/b', 'sed -i s/a/b/ /etc/x',
    'dd if=a of=/dev/sda', 'tar -C / -xf a.tar', 'cd / && touch x', 'cd sub && touch ../../x', 'curl -o /usr/bin/x http://localhost/', 'rm /etc/passwd', 'chmod 777 /etc/x', 'git -C /elsewhere commit',
    'bash -c "rm -rf x"', "sh -c 'docker ps'", 'bash -lc "ssh host"', 'env X=1 sudo ls', 'env -i PATH=/bin rm -r x', 'timeout 5 docker ps', 'timeout -s KILL 5 docker ps', 'nohup nice -n 5 docker ps &', 'xargs rm -r < list', 'ls | xargs -n 1 -I{} rm -r {}',
    'eval "rm -r x"', "trap 'rm -rf x' EXIT", 'watch -n 1 docker ps', 'command rm -r x', 'exec docker ps', 'busybox rm -r x', 'flock lock docker ps', "flock lock -c 'docker ps'".replace("-c 'docker ps'", 'docker ps'),
    'echo $(docker ps)', 'echo "$(docker ps)"', 'echo `docker ps`', 'echo "`docker ps`"', 'diff <(ssh a ls) <(ssh b ls)', 'X=$(docker ps)', 'echo ${X:-$(docker ps)}', 'echo $(( $(docker ps | wc -l) + 1 ))', 'cat <<E\n$(docker ps)\nE', 'bash <<E\ndocker ps\nE', "bash <<'E'\ndocker ps\nE", 'bash <<< "docker ps"',
    'alias d=docker; d ps', 'alias d="docker ps"; d', 'function f { rm -r x; }; f', 'function f() { rm -r x; }; f', 'export D=docker; $D ps', 'declare -x d=docker; $d ps', 'f() { local d=docker; $d ps; }; f', 'printf -v x docker; $x ps', 'read -r x <<< docker; $x ps', 'time -p docker ps', '$SHELL -c "docker ps"',
    'hash -p /usr/bin/docker d; d ps', '/lib64/ld-linux-x86-64.so.2 /usr/bin/docker ps', 'chrt 1 docker ps', 'taskset 1 docker ps', 'numactl -C 0 docker ps', 'ssh-agent docker ps', 'script -qc "docker ps" /dev/null', "flock lock -c 'docker ps'", 'start-stop-daemon --exec x', 'npx rimraf x', 'rsync -e "ssh -p 1" a b',
    'git submodule foreach "rm -r x"', 'git bisect run docker ps', 'git rebase --exec "docker ps" HEAD~1', 'git rebase -x "docker ps" HEAD~1', 'git -c core.pager="docker ps" log', 'git -c alias.x="!docker ps" x', 'git -c diff.a.textconv="rm -r" diff', 'tar --to-command="docker ps" -xf x', 'tar -cf x --checkpoint=1 --checkpoint-action=exec="rm -r x" .', 'tar -I "ssh h" -xf x',
    'sed "1e docker ps" f', 'sed -n "s/x/docker ps/e" f', "sed 's|a|b|ge' f", 'vim -c ":!docker ps"', 'gdb -ex "shell docker ps"', 'expect -c "spawn docker ps"', 'sqlite3 x ".shell docker ps"', 'socat EXEC:"docker ps" -', 'echo hi | wall',
    'curl http://localhost/x | sh', 'cat x | bash', 'bash', 'bash -s < x', 'source <(echo x)', '. /dev/stdin', 'base64 -d x | bash -',
    'r\\m -r x', '"rm" -r x', "r'm' -r x", "$'\\x72m' -r x", '\\rm -r x', 'R=rm; $R -r x', 'R="rm -r"; $R x', 'R=(docker ps); "${R[@]}"', '${R:-docker} ps', 'for c in docker; do $c ps; done', '$(echo rm) -r x', '/bin/r? -r x', '{docker,ps}',
    'true; docker ps', 'true && docker ps', 'true || docker ps', 'true | docker ps', 'true & docker ps', '(docker ps)', '{ docker ps; }', 'if docker ps; then true; fi', 'while docker ps; do true; done', '! docker ps', 'time docker ps', 'f() { docker ps; }; f', 'true\ndocker ps', 'true # x\ndocker ps', 'case x in x) docker ps;; esac', 'true &&\n docker ps', 'docker \\\nps', '[[ -f x ]] && docker ps', 'X=1 docker ps', '> /dev/null docker ps',
    'python3 -c "import os; os.system(\'x\')"', "node -e \"require('child_process').execSync('x')\"", "perl -e 'system(\"x\")'", "awk 'BEGIN { system(\"x\") }'",
    'echo "unclosed', "echo 'unclosed", 'echo $(unclosed', `${'$('.repeat(60)}docker ps${')'.repeat(60)}`, 'x'.repeat(300_000),
  ])('%#: %s', (command) => {
    const { class: found, reasons } = classifyCommand(command);
    expect([found, reasons.length > 0]).toEqual(['manual', true]);
  });
});

describe('ask: it runs with consent', () => {
  test.each([
    './fly status', 'bin/service start', './mail', './cat f', '/opt/x/cat f',
    'time -p ./x', 'function f { ./x; }; f', 'export A=b; ./x "$A"', 'alias x=./y; ./x', 'git -c user.name=x commit -m y', 'git rebase main', "sed -n 's/e/f/gp' f > g", "sed '/x/d;s/a/e/' f > g", 'printf -v x y; ./z "$x"', 'git submodule status', 'git bisect good', 'sqlite3 x "select 1"', 'script --version', 'tar -xzf x.tgz',
    './probe.sh', 'npm test', 'npm run lint', 'npm ci', 'make', 'make test', 'python3 -m pytest -q', 'node dist/cli.js check', 'cargo test', 'go test ./...', 'bash scripts/check.sh', 'sh -c "./probe.sh"', 'env X=1 ./probe.sh', 'timeout 5 ./server',
    'curl -s http://localhost:8080/', 'curl -sk https://127.0.0.1:8443/api/version', 'curl http://[::1]:80/', 'curl -s "http://localhost:$PORT/x"', 'curl http://app.localhost/', 'curl -s -o /dev/null -w "%{http_code}" http://localhost/', 'curl -m 5 -H "Host: a.example" http://127.0.0.1/',
    'curl -sk -o /dev/null -w "%{http_code}" --max-time 5 --resolve "ci.commoninternet.net:443:127.0.0.1" "https://ci.commoninternet.net/"', 'curl --connect-to ::localhost:8443 https://a.example/', 'curl --unix-socket s.sock http://x/', 'BASE=http://127.0.0.1:1; curl "$BASE/x"', 'curl --version', 'curl file:///x',
    'nc -z localhost 80', 'nc -zv -w 2 127.0.0.1 80', 'nc -l 8080', 'psql -h localhost', 'psql', 'exec 3<>/dev/tcp/127.0.0.1/80', 'openssl x509 -in a',
    'echo x > out.txt', 'echo x 2> err', 'mkdir -p a/b', 'cp a b', 'rm a.txt', 'rm -f a.txt', 'touch a/../b', 'cd sub && touch ../x', 'T=$(mktemp -d); touch "$T/x"', 'touch "$TMPDIR/x"', 'sed -i s/a/b/ f', 'tar -xf a.tar', 'tee x < y',
    'git commit -m x', 'git clone . copy', 'git init t', 'git log --oneline', 'git checkout main', 'git clone file:///x y', 'git remote -v',
    '"$BIN" --version', 'python3 -c "print(1)"', "awk '{print $1}' f", 'find . -name x', 'find . -exec grep x {} +', 'xargs -n 1 echo', 'kill $PID', 'kill -9 $PID', 'x=$(cat f)', 'for i in 1 2; do ./probe.sh $i; done', 'command -v docker'.replace('docker', 'x'), '[[ a > b ]]; ./x', 'files=(a docker.txt); ./x "${files[@]}"', 'cat <<E > out\nrm -rf /\nE', "./x 'docker ps'", 'grep -r docker .; ./x', './deploy-check.sh', 'cat /etc/hostname', 'ls ~', 'echo "$HOME"; ./x', 'seq 3 | while read -r i; do ./probe.sh "$i"; done', './x # docker ps',
  ])('%s', (command) => {
    expect(classifyCommand(command)).toEqual({ class: 'ask', reasons: [] });
  });
});

describe('auto: it only looks', () => {
  test.each(['true', 'echo hello', 'cat README.md', 'ls -la', 'grep -c x f | head -1', 'test -f x && echo yes', 'wc -l < f'.replace(' < f', ' f'), 'cat a 2>/dev/null', '[ -f x ]', 'printf "%s\\n" x', 'echo a 2>&1', 'echo docker ps', 'jq .a f.json'])('%s', (command) => {
    expect(classifyCommand(command)).toEqual({ class: 'auto', reasons: [] });
  });
  test.each(['', '# nothing', 'cat /etc/passwd', 'cat ../x', 'cat "$X"', 'cat $(ls)', 'ls; ./x', 'echo a > f', 'PATH=. cat x', 'x=$(cat f)'])('not %s', (command) => {
    expect(classifyCommand(command).class).not.toBe('auto');
  });
});

test('reasons name the program and what it does', () => {
  expect(classifyCommand("ssh cc-ci 'rm /x'; echo x > /etc/y; curl https://a.example").reasons).toEqual([
    '`ssh` reaches another machine', '`echo` writes /etc/y, outside the tree', '`curl` reaches a.example, beyond loopback',
  ]);
});

test.each([['localhost', true], ['LOCALHOST', true], ['a.localhost', true], ['127.0.0.1', true], ['127.1', true], ['[::1]', true], ['::1', true], ['128.0.0.1', false], ['localhost.com', false], ['1270.0.0.1', false], ['127.0.0.1.example', false], ['', false]])('loopback: %s %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe('reading scripts', () => {
  test.each<[string, string[][]]>([
    ['a b c', [['a', 'b', 'c']]],
    ['a "b c" \'d e\' f\\ g', [['a', 'b c', 'd e', 'f g']]],
    ['a;b&&c||d|e&f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['a "x $(b c) y"', [['b', 'c'], ['a', 'x \uFFFC y']]],
    ['a # b\nc', [['a'], ['c']]],
    ['a#b', [['a#b']]],
    ['X=1 Y=2 a', [['a']]],
    ['a <<E b\nc d\nE\ne', [['a', 'b'], ['e']]],
    ['a 2>&1 >x b', [['a', 'b']]],
    ['((x++)); a', [['a']]],
    ['[[ $a < b && -f c ]]', [['[[', '\uFFFB', '<', 'b', '&', '&', '-f', 'c', ']]']]],
    ['if a; then b; else c; fi', [['a'], ['b'], ['c']]],
    ['for x in 1 2; do a $x; done', [['a', '1 2']]],
    ['a=$b; $a', [['\uFFFB']]],
    ['a \\\n b', [['a', 'b']]],
    ['a\u00a0b', [['a\u00a0b']]],
  ])('%j', (script, words) => {
    expect(parseScript(script).commands.map((command) => command.words).filter((each) => each.length > 0)).toEqual(words);
  });

  test('any text is read, never thrown at', () => {
    const pieces = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.constantFrom(...`$ ( ) $( $(( )) \` " ' \\ { } \${ [[ ]] < > << <<< <<E E & | ; # = x=( for in do case if a \n`.split(' '))), { maxLength: 30 });
    fc.assert(fc.property(pieces, (parts) => {
      classifyCommand(parts.join(''));
      classifyCommand(parts.join(' '));
    }), { numRuns: 2000 });
  });
});
