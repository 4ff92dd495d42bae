/**
 * Program names that people write in journals. A name of the first list is hardly ever anything but a program; one of
 * the second is also an ordinary word ("find", "node", "host"), so it needs arguments that only a command has.
 */

function names(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

export const plainPrograms = names(`
  7z abra ab ack ag ansible ansible-playbook apk apt apt-cache apt-get aria2c awk aws az b2sum base64 basename bash bats
  bazel biome black brew btrfs buildah bun bundle bunx busybox bzip2 c++ caddy cargo cc certbot chgrp chmod chown chroot
  chromium clang clippy-driver cmake cmp composer coredns cosign crictl crontab csh ctest ctr curl dash deno depcruise
  df diff dig dirname dmesg dnf docker docker-compose dockerd docket doctl dotnet dpkg drone du echo egrep esbuild eslint
  etcdctl ffmpeg ffprobe fgrep fio fish flake8 flyctl free fuser g++ gawk gcc gcloud gdb getent getfacl gh git gitea glab
  go gofmt golangci-lint gpg gradle grep grpcurl gunzip gzip hadolint haproxy head helm hexdump hg hostname hostnamectl
  htop httpie hyperfine id ifconfig iptables java javac jest journalctl jq julia just k3s k6 k9s kind kubectl kustomize
  ldapsearch ldconfig ldd lftp lighthouse loginctl logrotate lsattr lsb_release lsblk lscpu lsof ls lua luac
  make mawk md5sum minikube mix mkdir mkfifo mktemp mkfs mocha mongosh mosquitto_pub mosquitto_sub mount mv mvn mypy mysql
  mysqladmin mysqldump nc ncat netcat netstat nft nginx ngrok nix nix-build nix-env nix-instantiate nix-shell nix-store
  nixos-rebuild nmap nmcli nproc npm npx nslookup nsenter numfmt nvidia-smi nvm od openssl oxlint paste pdm perl pg_dump
  pg_isready pg_restore pgrep php phpunit pidof ping6 pip pip3 pipenv pipx pkill playwright pnpm podman poetry pre-commit
  prettier printenv printf promtool protoc ps psql pstree pulumi pwd pylint pyright pytest python python2 python3 pyenv
  qemu-img rabbitmqctl rclone readelf readlink realpath redis-cli reg resolvectl restic rg rm rmdir rsync ruby ruff
  rustc rustup rspec rubocop s3cmd scp screen sed semgrep seq setfacl setsid sftp sh sha1sum sha256sum sha512sum
  shellcheck shfmt showboat shred shuf siege skopeo smartctl socat sops sqlite3 ss ssh ssh-add ssh-keygen ssh-keyscan
  sshd stat stdbuf strace stubtest su sudo svn swapon swift sysctl systemctl systemd-analyze systemd-cgls systemd-run tac
  tar tcpdump tee terraform tfsec timeout tmux tofu touch tox tr traceroute trivy truncate tsc tsx tty ufw ulimit umount uname
  uniq unlink unshare unxz unzip uptime useradd userdel usermod uv uvx uvicorn gunicorn vacuumdb vagrant valgrind vault vim vite
  vitest vmstat wc websocat wget wg whoami wrangler wrk xargs xvfb-run xxd xz yamllint yarn yq zcat zgrep zig zip zsh zstd
  zypper doas env nohup exec eval mvnw gradlew nix-collect-garbage systemd-notify busctl networkctl timedatectl localectl
  journald ip ip6tables arp route curlie xh http https hurl newman oathtool age pass-cli gopass keytool envsubst gettext
  msgfmt msmtp sendmail swaks pdftotext pandoc convert identify magick exiftool nbd-client cryptsetup lvm lvs vgs pvs zpool zfs
  mdadm blkid fdisk parted dd sync_gateway chronyc ntpq setcap getcap capsh bpftrace perf bwrap firejail nerdctl k0s talosctl
  argocd flux velero istioctl linkerd cilium step-cli mkcert minisign signify ghc cabal stack runghc elixir iex erl rebar3
  sbt scala scalac kotlinc lein clojure clj R Rscript octave gnuplot nim crystal dune opam ocaml swiftc xcodebuild
`);

export const wordPrograms = names(`
  act age air alias ant at batch bc bg builtin cal cat cd chat check clear column comm command convert cp cron cut date
  declare disown ed enable expand expect export expr false fg file find fmt fold host import install ionice
  jobs join kill killall last less link ln local locate logger login look m4 man more nano nice node nl
  objdump open pass patch ping play pr read rename reset rev run sample script service set shift shutdown size sleep
  sort source split start stop strings stress sum swap sync tail task test then time top touch trap true type umask unalias
  unset units uuid w wait wall watch what whereis which who write yes
`);

/** Programs that mean something when they stand alone. */
export const bareProgramNames = names(`
  ls pwd whoami hostname uname date env id uptime true false make pytest tox nproc arch free df mount lsblk vitest jest
  w who tsc ruff mypy eslint htop printenv rspec phpunit mocha dmesg ps ss netstat lsof
`);

/** Programs that run what follows them. */
export const wrapperPrograms = names(`
  sudo doas env nohup exec command builtin time timeout nice ionice stdbuf setsid strace xvfb-run watch
`);

/** First words of compound commands, with the word that ends them. */
export const compoundEnds: Readonly<Record<string, string>> = {
  for: 'done', while: 'done', until: 'done', select: 'done', if: 'fi', case: 'esac', '{': '}',
};
