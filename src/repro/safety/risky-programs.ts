/** Programs that replay never starts, by what they reach. Reasons complete the sentence "it …". */
const groups: readonly (readonly [why: string, programs: string])[] = [
  ['reaches another machine', 'ssh scp sftp ssh-copy-id sshfs sshpass mosh telnet ftp lftp tftp rlogin rsh rcp rclone s3cmd'],
  ['changes containers or virtual machines', 'docker docker-compose podman podman-compose nerdctl ctr crictl buildah skopeo lxc lxd incus virsh virt-install vagrant multipass minikube kind k3d k3s machinectl systemd-nspawn'],
  ['changes services of this machine', 'systemctl service initctl rc-service launchctl loginctl systemd-run hostnamectl timedatectl localectl shutdown reboot poweroff halt telinit crontab at batch supervisorctl pm2 nixos-rebuild start-stop-daemon'],
  ['changes a cluster or a cloud', 'kubectl helm oc k9s argocd flux istioctl terraform tofu terragrunt pulumi ansible ansible-playbook aws gcloud gsutil az doctl flyctl fly heroku vercel netlify wrangler firebase railway cdk sam serverless eksctl kops nomad consul vault abra colmena deploy-rs'],
  ['acts as another user', 'sudo doas su pkexec runuser gosu su-exec chroot nsenter unshare'],
  ['changes this machine', 'mount umount swapon swapoff losetup fdisk parted sfdisk gdisk wipefs shred cryptsetup lvcreate lvremove vgremove pvremove mdadm zpool zfs insmod rmmod modprobe sysctl iptables ip6tables nft ufw firewall-cmd useradd userdel usermod adduser deluser groupadd groupdel passwd chpasswd visudo setcap chattr update-alternatives ldconfig'],
  ['installs software for the whole machine', 'apt apt-get aptitude dpkg dnf yum rpm pacman apk zypper brew snap flatpak emerge nix-env nix-collect-garbage'],
  ['speaks to a forge', 'gh glab hub tea'],
  ['sends mail', 'mail mailx sendmail mutt msmtp swaks'],
  ['ends programs by name', 'pkill killall'],
  ['speaks to people who are logged in', 'wall write'],
  ['removes whole folders', 'rimraf'],
  ['publishes', 'twine vsce ovsx semantic-release release-it goreleaser np'],
];

const risky = new Map(groups.flatMap(([why, programs]) => programs.split(' ').map((program) => [program, why] as const)));

const publishing = /^(?:publish|unpublish|deprecate|dist-tag|dist-tags|login|logout|adduser|add-user|token|owner|access|team|org|yank|push|upload)$/;

/** Package managers, of which some words reach beyond the tree. */
const publishers = new Set(['npm', 'pnpm', 'yarn', 'bun', 'cargo', 'gem', 'poetry', 'flit', 'hatch', 'uv', 'pdm', 'lerna', 'changeset', 'nuget', 'mix', 'composer', 'pod', 'dart', 'flutter', 'cabal', 'stack']);
const taskRunners = new Set(['npm', 'pnpm', 'yarn', 'bun', 'make', 'gmake', 'just', 'task', 'mage', 'rake', 'mvn', 'mvnw', 'gradle', 'gradlew', 'dotnet', 'nx', 'turbo', 'ant', 'invoke', 'nox']);
const deploying = /^(?:[\w.-]+:)?(?:deploy|publish|release|upload|rollback|provision)(?:$|[:_-])/;

/** Why a program with these words is never started by replay, null when nothing is known against it. */
export function whyRiskyProgram(program: string, args: readonly string[]): string | null {
  const known = risky.get(program) ?? (/^mkfs(?:\.|$)/.test(program) ? 'changes this machine' : undefined);
  if (known !== undefined) return known;
  if (program === 'rm') return args.some((word) => /^-[a-zA-Z]*[rR]|^--r(?:e|ec|ecu|ecur|ecurs|ecursi|ecursiv|ecursive)?$/.test(word)) ? 'removes whole folders' : null;
  if (program === 'find' || program === 'fd') return args.includes('-delete') ? 'removes what it finds' : null;
  if (program === 'kill') return args.slice(1).includes('-1') || (args.length === 1 && args[0] === '-1') ? 'ends every program' : null;
  if (program === 'git') return whyRiskyGit(args);
  const words = args.filter((word) => !word.startsWith('-'));
  if (publishers.has(program) && publishing.test(words[0] ?? '')) return 'publishes, or speaks to a registry as you';
  if (program === 'dotnet' && words.includes('push')) return 'publishes';
  if ((program === 'npm' || program === 'pnpm' || program === 'yarn') && args.some((word) => word === '-g' || word === '--global' || word === 'global')) return 'installs software for the whole machine';
  if (taskRunners.has(program) && words.some((word) => deploying.test(word))) return 'runs a task that is named like a deployment';
  return whyRiskyCode(program, args);
}

const gitValues = new Set(['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--super-prefix', '--config-env']);

/** The word of a git command behind git's own options, with what follows it. */
export function gitVerb(args: readonly string[]): readonly string[] {
  let at = 0;
  while (at < args.length && (args[at] ?? '').startsWith('-')) at += gitValues.has(args[at] ?? '') ? 2 : 1;
  return args.slice(at);
}

function whyRiskyGit(args: readonly string[]): string | null {
  const [verb = '', ...rest] = gitVerb(args);
  const has = (...words: readonly string[]): boolean => rest.some((word) => words.includes(word));
  if (verb === 'push' || verb === 'send-email' || verb === 'svn' || verb === 'p4') return 'changes another repository';
  if (verb === 'config' && has('--global', '--system')) return 'changes your git configuration';
  if (verb === 'credential' || verb === 'maintenance') return 'changes your git configuration';
  if (verb === 'clean' || verb === 'stash' || verb === 'filter-branch' || verb === 'filter-repo') return 'changes your working tree or refs beyond repair';
  if (verb === 'reset' && has('--hard', '--merge', '--keep')) return 'changes your working tree beyond repair';
  if ((verb === 'reflog' && has('expire', 'delete')) || (verb === 'update-ref' && has('-d', '--stdin')) || (verb === 'gc' && has('--prune=now'))) return 'removes history';
  return null;
}

const interpreters = /^(?:python\d?(?:\.\d+)?|node|nodejs|deno|bun|perl|ruby|php|lua|tclsh|osascript|awk|gawk|mawk|nawk)$/;
const startsPrograms = /\bsystem\s*\(|\bexec\w*\s*\(|\bspawn\w*\s*\(|\bpopen\w*\s*\(|\bsubprocess\b|\bchild_process\b|\bos\.(?:system|exec|spawn|popen|remove|rmdir|unlink)|\brmtree\b|\brmSync\b|\bdo shell script\b|\bDeno\.(?:run|Command)\b|`[^`]+`|\|\s*getline|\bprint\s*\|/;

/** Words by which programs that are no interpreters start others. */
const startingWords: Readonly<Record<string, RegExp>> = {
  sed: /(?:^|[;{}\n])\s*(?:\d+|\$|\/[^/]*\/)?(?:,(?:\d+|\$|\/[^/]*\/))?\s*e(?:\s|$)|(?:^|[;{}\n\d$/])\s*s(.)(?:(?!\1).)*\1(?:(?!\1).)*\1[gpiImM\d]*e/s, vim: /^:?!|\bsystem\(/, vi: /^:?!/, nvim: /^:?!|\bsystem\(/, ex: /^:?!/, ed: /^!/, gdb: /^(?:shell|!|make)\b/, lldb: /^(?:platform shell|shell)\b/, expect: /\bspawn\b|\bexec\b/, sqlite3: /\.(?:shell|system)\b/, socat: /^(?:EXEC|SYSTEM|SHELL):/i, psql: /\\!/, mysql: /\\!|\bsystem\b/,
};

/** Code on the command line that starts programs of its own or removes files. */
function whyRiskyCode(program: string, args: readonly string[]): string | null {
  const starting = Object.hasOwn(startingWords, program) ? startingWords[program] : undefined;
  if (starting !== undefined) return args.some((word) => starting.test(word)) ? 'starts programs from code on its command line' : null;
  if (!interpreters.test(program)) return null;
  return args.some((word) => /\s|\(/.test(word) && startsPrograms.test(word)) ? 'starts programs from code on its command line' : null;
}
