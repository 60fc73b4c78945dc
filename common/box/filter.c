// SPDX-License-Identifier: MIT
//
// filter.c: the system calls that a boxed program must not make; see box.h.
//
// A classic BPF program, as the kernel's seccomp wants it, written out here so that no library is
// needed. It refuses (EPERM) what reaches beyond the box or into the kernel's darker corners, and
// nothing that gcc, OpenMP, Open MPI or a sanitizer calls. process_vm_readv stays: Open MPI copies
// messages with it. clone3 is answered with ENOSYS, for its flags lie in memory, where a filter
// cannot look: libc then calls clone.

#include "box.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

// Numbers that are younger than the oldest kernel headers we build with; the same everywhere.
enum { PIDFD_GETFD = 438, MEMFD_SECRET = 447, CLONE3 = 435, IO_URING = 425 /* and the next two */ };

// Reads a 32-bit word of what the kernel tells about the call.
#define LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define ANSWER(code) BPF_STMT(BPF_RET | BPF_K, (uint32_t)(code))
#define REFUSED (SECCOMP_RET_ERRNO | EPERM)
// Equal: go on with the next instruction; else skip one.
#define IF_IS(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, 1)
#define DENY(number) IF_IS(number), ANSWER(REFUSED)

static const struct sock_filter program[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#ifdef __x86_64__
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), // the x32 names of the same calls
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
#endif
    // other processes and other namespaces
    DENY(SYS_ptrace),
    DENY(SYS_unshare),
    DENY(SYS_setns),
    DENY(PIDFD_GETFD),
    // the file system
    DENY(SYS_mount),
    DENY(SYS_umount2),
    DENY(SYS_pivot_root),
    DENY(SYS_open_by_handle_at),
    DENY(SYS_move_mount),
    DENY(SYS_fsopen),
    DENY(SYS_fsmount),
    DENY(SYS_open_tree),
    DENY(SYS_fsconfig),
    DENY(SYS_fspick),
    DENY(442 /* mount_setattr */),
    // memory that nobody counts
    DENY(SYS_memfd_create),
    DENY(MEMFD_SECRET),
    DENY(SYS_shmget),
    DENY(SYS_msgget),
    DENY(SYS_semget),
    // doors into the kernel
    DENY(SYS_bpf),
    DENY(SYS_userfaultfd),
    DENY(SYS_perf_event_open),
    DENY(SYS_keyctl),
    DENY(SYS_add_key),
    DENY(SYS_request_key),
    DENY(IO_URING),
    DENY(IO_URING + 1),
    DENY(IO_URING + 2),
    IF_IS(CLONE3),
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
    // clone with a new namespace: any CLONE_NEW* among the flags
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
             (uint32_t)(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC |
                        CLONE_NEWUTS | CLONE_NEWCGROUP),
             0, 1),
    ANSWER(REFUSED),
    ANSWER(SECCOMP_RET_ALLOW),
    // typing into the terminal of others
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 4),
    LOAD(args[1]),
    IF_IS(TIOCSTI),
    ANSWER(REFUSED),
    ANSWER(SECCOMP_RET_ALLOW),
    // sockets to the host of a virtual machine
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
    LOAD(args[0]),
    IF_IS(AF_VSOCK),
    ANSWER(REFUSED),
    ANSWER(SECCOMP_RET_ALLOW),
};

int box_filter(void) {
    int fd = memfd_create("filter", 0);
    if (fd >= 0 &&
        (write(fd, program, sizeof program) != sizeof program || lseek(fd, 0, SEEK_SET) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

#else

int box_filter(void) {
    return -1;
}

#endif
