"""What processes ask the kernel for, by number: for x86-64 and 64-bit ARM.

Each line: name, number on x86-64, number on ARM ("-" where it has none).
"""

from __future__ import annotations

from dataclasses import dataclass

_NETWORK = """
socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201, accept 43 202,
accept4 288 242, sendmsg 46 211, sendmmsg 307 269,
"""
_OTHERS = """
ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440,
kcmp 312 272, pidfd_open 434 434, pidfd_getfd 438 438, pidfd_send_signal 424 424,
rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240, tkill 200 130, setsid 112 157, setpgid 109 154,
shmget 29 194, shmat 30 196, shmctl 31 195, shmdt 67 197, msgget 68 186, msgsnd 69 189,
msgrcv 70 188, msgctl 71 187, semget 64 190, semop 65 193, semctl 66 191, semtimedop 220 192,
mq_open 240 180, mq_unlink 241 181,
"""
_KERNEL = """
mount 165 40, umount2 166 39, move_mount 429 429, open_tree 428 428, fsopen 430 430,
fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442, pivot_root 155 41,
chroot 161 51, unshare 272 97, setns 308 268, bpf 321 280, perf_event_open 298 241,
io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427, userfaultfd 323 282,
keyctl 250 219, add_key 248 217, request_key 249 218, init_module 175 105, finit_module 313 273,
delete_module 176 106, kexec_load 246 104, kexec_file_load 320 294, reboot 169 142, swapon 167 224,
swapoff 168 225, acct 163 89, quotactl 179 60, quotactl_fd 443 443, settimeofday 164 170,
clock_settime 227 112, clock_adjtime 305 266, adjtimex 159 171, sethostname 170 161,
setdomainname 171 162, iopl 172 -, ioperm 173 -, syslog 103 116, personality 135 92,
modify_ldt 154 -, vhangup 153 58, lookup_dcookie 212 18, open_by_handle_at 304 265,
name_to_handle_at 303 264, fanotify_init 300 262, fanotify_mark 301 263, memfd_secret 447 447,
"""
_RIGHTS = """
setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147,
setresgid 119 149, setfsuid 122 151, setfsgid 123 152, setgroups 116 159, capset 126 91,
"""
_FILES = """
unlink 87 -, unlinkat 263 35, rename 82 -, renameat 264 38, renameat2 316 276, mkdir 83 -,
mkdirat 258 34, rmdir 84 -, symlink 88 -, symlinkat 266 36, link 86 -, linkat 265 37, mknod 133 -,
mknodat 259 33, chmod 90 -, fchmod 91 52, fchmodat 268 53, chown 92 -, lchown 94 -, fchown 93 55,
fchownat 260 54, truncate 76 45, utime 132 -, utimes 235 -, utimensat 280 88, futimesat 261 -,
setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15,
fremovexattr 199 16, creat 85 -,
"""
_WEIGHED = """
open 2 -, openat 257 56, openat2 437 437, clone 56 220, clone3 435 435, fork 57 -, vfork 58 -,
execve 59 221, execveat 322 281, kill 62 129, tgkill 234 131, prlimit64 302 261,
memfd_create 319 279, ioctl 16 29,
"""

NEWEST = 450
"""The newest call that is known here; those beyond are answered as if the kernel had none."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A processor's calls: its number for seccomp (`AUDIT_ARCH_...`) and the calls by name."""

    audit: int
    calls: dict[str, int]

    def numbers(self, names: tuple[str, ...]) -> list[int]:
        """The numbers of those of `names` that exist on this processor."""
        return [self.calls[name] for name in names if name in self.calls]


def _names(table: str) -> tuple[str, ...]:
    return tuple(entry.split()[0] for entry in table.split(",") if entry.strip())


def _calls(column: int) -> dict[str, int]:
    tables = (_NETWORK, _OTHERS, _KERNEL, _RIGHTS, _FILES, _WEIGHED)
    entries = (entry.split() for table in tables for entry in table.split(",") if entry.strip())
    return {entry[0]: int(entry[column]) for entry in entries if entry[column] != "-"}


MACHINES = {
    "x86_64": Machine(0xC000003E, _calls(1)),
    "aarch64": Machine(0xC00000B7, _calls(2)),
}
"""By the name that `platform.machine()` gives."""

NEVER = _names(_NETWORK) + _names(_OTHERS) + _names(_KERNEL) + _names(_RIGHTS) + _names(_FILES)
"""What no worker needs: other machines, other processes, the kernel, other rights, other files."""
