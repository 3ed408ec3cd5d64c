#!/bin/sh
# Tries to leave a build and to look into its host. Prints a line for each attempt: "escape: PLACE NAME refused" or "escape: PLACE
# NAME SUCCEEDED". PLACE is "command" or "package". The first lines of the copy that runs set the variables:
# secret: file on the host that contains the mark and everybody can read; state: state directory; other: file in the
# workspace of another build; socket: socket on the host; victim: process on the host; mark1, mark2: the halves of the mark,
# which stands in the command line of the victim and in the environment of the appliance.
# shellcheck disable=SC2154,SC2016
mark=$mark1$mark2
directory=$(mktemp -d)
cd "$directory" || exit 1

try() {
  name=$1
  shift
  if timeout 20 "$@" >/dev/null 2>&1 </dev/null; then
    echo "escape: $place $name SUCCEEDED"
  else
    echo "escape: $place $name refused"
  fi
}

# A shell command.
try_sh() { try "$1" sh -c "$2"; }

# A system call of x86_64, with its arguments in Perl; succeeds if it returns no error.
call() { try "call-$1" perl -e "\$b = \"\\0\" x 256; exit(syscall($2) < 0 ? 1 : 0)"; }

# Writes to a file what it contains, so that nothing changes where this is possible.
rewrite() {
  try_sh "write-$1" "for f in $2; do [ -e \"\$f\" ] && v=\$(cat \"\$f\") && echo \"\$v\" >\"\$f\" && exit 0; done; exit 1"
}

export secret state other socket victim mark

# This one has to succeed, and so shows that the others could.
try control true

# Files of the host, of the appliance and of other builds.
try_sh read-host-file 'grep -q "$mark" "$secret"'
try_sh read-host-file-of-process-1 'grep -q "$mark" "/proc/1/root$secret"'
try_sh read-host-file-of-any-process 'for p in /proc/[0-9]*; do ! grep -q "$mark" "$p/root$secret" || exit 0; done; exit 1'
try_sh read-host-file-by-open-directories 'for d in /proc/[0-9]*/fd/* /proc/[0-9]*/cwd; do ! grep -q "$mark" "$d$secret" || exit 0; done; exit 1'
try_sh read-host-file-outside-of-chroot 'exec perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); open(F, q(<), \$ENV{secret}) or exit 1; exit(<F> =~ /\$ENV{mark}/ ? 0 : 1)"'
try_sh read-token 'test -s "$state/appliance/admin.token"'
try_sh read-token-outside-of-chroot 'exec perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); open(F, q(<), \$ENV{state} . q(/appliance/admin.token)) or exit 1; exit 0"'
try_sh list-state 'ls "$state/appliance/tokens"'
try_sh write-state 'echo x >>"$state/escaped"'
try_sh write-state-outside-of-chroot 'exec perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); open(F, q(>), \$ENV{state} . q(/escaped)) or exit 1; exit 0"'
try_sh read-other-workspace 'grep -q "$mark" "$other"'
try_sh read-other-workspace-outside-of-chroot 'exec perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); open(F, q(<), \$ENV{other}) or exit 1; exit 0"'
try_sh write-programs-of-host 'exec perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); open(F, q(>), q(/usr/bin/bootstrap-vz-escaped)) or exit 1; exit 0"'
try_sh read-passwords-of-host 'exec perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); open(F, q(<), q(/etc/shadow)) or exit 1; exit 0"'

# Processes of the host.
try_sh see-host-process 'for p in /proc/[0-9]*; do [ "$p" = /proc/$$ ] || ! grep -q "$mark" "$p/cmdline" || exit 0; done; exit 1'
try_sh read-environment-of-appliance 'for p in /proc/[0-9]*; do tr "\0" "\n" <"$p/environ" | grep -q "^ESCAPES=$mark" && exit 0; done; exit 1'
try_sh signal-host-process 'grep -q "$mark" "/proc/$victim/cmdline" && kill "$victim"'
try_sh enter-namespaces-of-host-process 'exec perl -e "open(F, q(<), qq(/proc/\$ENV{victim}/ns/mnt)) or exit 1; exit(syscall(308, fileno(F), 0) < 0 ? 1 : 0)"'
try_sh read-host-file-in-namespace-of-process-1 'exec perl -e "open(F, q(<), q(/proc/1/ns/mnt)) or exit 1; syscall(308, fileno(F), 0x20000) == 0 or exit 1; open(G, q(<), \$ENV{secret}) or exit 1; exit 0"'
call ptrace-seize '101, 0x4206, 1, 0, 0'
call ptrace-traceme '101, 0, 0, 0, 0'
call process_vm_readv '310, getppid(), $b, 0, $b, 0, 0'
call kcmp '312, $$, $$, 0, 0, 0'

# Sockets.
try_sh connect-to-socket 'exec perl -MSocket -e "socket(S, PF_UNIX, SOCK_STREAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un(\$ENV{socket})) ? 0 : 1)"'
try_sh connect-to-socket-of-appliance 'exec perl -MSocket -e "socket(S, PF_UNIX, SOCK_STREAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un(\$ENV{state} . q(/appliance/api))) ? 0 : 1)"'
try_sh connect-to-socket-outside-of-chroot 'exec perl -MSocket -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); socket(S, PF_UNIX, SOCK_STREAM, 0) or exit 1; exit(connect(S, pack_sockaddr_un(\$ENV{socket})) ? 0 : 1)"'
try_sh raw-socket 'exec perl -MSocket -e "exit(socket(S, PF_INET, SOCK_RAW, 1) ? 0 : 1)"'
try_sh packet-socket 'exec perl -MSocket -e "exit(socket(S, 17, SOCK_RAW, 768) ? 0 : 1)"'
try_sh listen-on-privileged-port 'exec perl -MSocket -e "socket(S, PF_INET, SOCK_STREAM, 0) or exit 1; exit(bind(S, pack_sockaddr_in(811, INADDR_LOOPBACK)) ? 0 : 1)"'

# Kernel keyrings.
call keyctl '250, 0, -3, 1'
call add_key '248, "user", "escape", "x", 1, -2'
call request_key '249, "user", "escape", 0, -2'

# Devices.
try_sh make-disk-device 'mknod disk b 8 0 && [ -b disk ]'
try_sh make-loop-device 'mknod loop b 7 0 && [ -b loop ]'
try_sh make-memory-device 'mknod mem c 1 1 && [ -c mem ]'
try_sh open-memory 'exec 3</dev/mem'
try_sh open-kernel-log 'exec 3</dev/kmsg'
try_sh open-loop-control '[ -c /dev/loop-control ] && exec 3<>/dev/loop-control'
try_sh open-fuse '[ -c /dev/fuse ] && exec 3<>/dev/fuse'
try_sh see-disks 'ls /dev/[vs]d[a-z] /dev/nvme*n*'
try_sh read-memory-of-kernel 'head -c 1 /proc/kcore | grep -q .'
call mount-disk '165, "/dev/vda", "/mnt", "ext4", 1, 0'

# Settings of the kernel.
rewrite core-pattern /proc/sys/kernel/core_pattern
rewrite modprobe /proc/sys/kernel/modprobe
rewrite sysrq /proc/sys/kernel/sysrq
rewrite overcommit /proc/sys/vm/overcommit_memory
rewrite ip-forward /proc/sys/net/ipv4/ip_forward
rewrite disk-settings '/sys/block/*/queue/read_ahead_kb'
try_sh trigger-sysrq 'echo h >/proc/sysrq-trigger'
try_sh register-binary-format 'echo ":escape:M::escape::/bin/true:" >/proc/sys/fs/binfmt_misc/register'
try_sh write-uevent-helper '[ -e /sys/kernel/uevent_helper ] && : >>/sys/kernel/uevent_helper'
try_sh find-release-agent 'find /sys/fs/cgroup -name release_agent | grep -q .'
try_sh mount-release-agent 'mount -t cgroup -o memory cgroup /mnt && [ -e /mnt/release_agent ]'
try_sh join-control-group 'for f in /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/*/cgroup.procs; do [ -e "$f" ] && echo $$ >"$f" && exit 0; done; exit 1'
try_sh mount-debugfs 'mount -t debugfs none /mnt'
try_sh mount-securityfs 'mount -t securityfs none /mnt'
try_sh write-oom-score 'echo -900 >/proc/self/oom_score_adj'

# System calls to the kernel itself.
call init_module '175, $b, 8, ""'
call init_module-missing '313, 0, "", 0'
call delete_module '176, "escape", 0'
call bpf '321, 0, pack("L4", 2, 4, 4, 1) . $b, 72'
call kexec_load '246, 0, 0, 0, 0'
call perf_event_open '298, pack("L2Q", 1, 112, 0) . $b, 0, -1, -1, 0'
call userfaultfd '323, 1'
call io_uring_setup '425, 1, $b'
call open_by_handle_at '304, -100, pack("Ll", 8, 1) . $b, 0'
call syslog '103, 10, 0, 0'
call reboot '169, 0xfee1dead, 672274793, 0, 0'
call swapon '167, "disk", 0'
call acct '163, 0'
call iopl '172, 3'
call fanotify '300, 0, 0'
call settimeofday '164, pack("q2", time, 0), 0'
call adjtimex '159, pack("L", 1) . $b x 2'

# More rights.
try_sh set-user-id-program 'cp "$(command -v perl)" p && chmod 4755 p && chmod 755 . && exec perl -e "\$) = q(65534 65534); \$> = 65534; \$( = 65534; \$< = 65534; exit(system(q(./p), q(-e), q(exit(\$> == 0 ? 0 : 1))) == 0 ? 0 : 1)"'
try_sh another-user-namespace 'exec unshare --user --map-root-user perl -e "open(F, q(<), \$ENV{secret}) or exit 1; exit 0"'
try_sh remount-programs-writable 'exec unshare --mount perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); syscall(165, 0, q(/usr), 0, 0x1020, 0) == 0 or exit 1; open(F, q(>), q(/usr/bin/bootstrap-vz-escaped)) or exit 1; exit 0"'
try_sh unmount-root 'exec unshare --mount perl -e "mkdir q(x); chroot(q(x)) or exit 1; chdir q(..) for 1..50; chroot q(.); syscall(166, q(/), 2); syscall(166, \$_, 2) for qw(/usr /proc /tmp); open(F, q(<), \$ENV{secret}) or exit 1; exit 0"'
try_sh raise-priority 'exec perl -e "setpriority(0, 0, -10) or exit 1; exit 0"'
try_sh raise-limits 'exec perl -e "\$l = pack(q(Q2), 1 << 40, 1 << 40); exit(syscall(160, 6, \$l) < 0 ? 1 : 0)"'
try_sh more-processes-than-allowed 'exec perl -e "for (1..1500) { \$p = fork; if (!defined \$p) { kill 9, @c; exit 1 } if (!\$p) { sleep 30; exit } push @c, \$p } kill 9, @c; exit 0"'

# Does not end by itself. The mark shows whose it is.
[ "$place" = package ] || setsid sh -c "exec perl -e 'sleep 3600' $mark" >/dev/null 2>&1 </dev/null &
# What the appliance writes there as root would be written to the file of the host.
[ -z "${workspace:-}" ] || ln -s "$secret" "$workspace/rest.log"
hostname bootstrap-vz-escaped 2>/dev/null || true
cd /
rm -rf "$directory"
echo "escape: $place end"
