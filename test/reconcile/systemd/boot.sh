#!/bin/sh
# boot.sh ROOT CGROUP FILES NODE - as the first process of new name spaces: builds a root out of the host's own programs and the
# folder FILES, and becomes systemd in it. Everything is mounted in the new mount name space and vanishes with it.
set -eu
root=$1 cgroup=$2 files=$3 node=$4
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*/; do
  # A cgroup of its own in every hierarchy: systemd takes the one it is born in for its root.
  [ -e "$hierarchy/cgroup.procs" ] && mkdir -p "$hierarchy/$cgroup" && echo $$ > "$hierarchy/$cgroup/cgroup.procs" || true
done
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$root"
for name in usr bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then ln -s "$(readlink "/$name")" "$root/$name"
  elif [ -d "/$name" ]; then mkdir "$root/$name" && mount --rbind "/$name" "$root/$name"; fi
done
mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp" "$root/var/log" "$root/var/lib" "$root/root" "$root/etc/systemd/system" "$root/opt/node"
for name in passwd group nsswitch.conf ld.so.cache; do cp "/etc/$name" "$root/etc/"; done
: > "$root/etc/machine-id"
cp -R "$files/." "$root/"
mount --bind "$(dirname "$node")" "$root/opt/node"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
for name in null zero full random urandom tty; do cp -a "/dev/$name" "$root/dev/"; done
exec chroot "$root" /usr/bin/env -i container=docket PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=default.target --log-target=console --show-status=false
