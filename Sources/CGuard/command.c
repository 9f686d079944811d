#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

static void close_from(unsigned first) {
    if (syscall(SYS_close_range, first, ~0u, 0) == 0) return;
    // Linux before 5.9.
    struct rlimit limit;
    unsigned end = 1048576;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < end) end = (unsigned)limit.rlim_cur;
    for (unsigned descriptor = first; descriptor < end; descriptor++) close((int)descriptor);
}

bool guard_keep_descriptors(struct guard_command *command) {
    // First out of the way, so that none is overwritten by another.
    int channel = fcntl(command->channel, F_DUPFD_CLOEXEC, 64);
    int input = fcntl(command->input, F_DUPFD_CLOEXEC, 64);
    int output = fcntl(command->output, F_DUPFD_CLOEXEC, 64);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (channel < 0 || input < 0 || output < 0 || nothing < 0) return false;
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        if (nothing != descriptor && dup2(nothing, descriptor) < 0) return false;
    }
    if (dup3(channel, CHANNEL, O_CLOEXEC) < 0 || dup3(input, INPUT, O_CLOEXEC) < 0
        || dup3(output, OUTPUT, O_CLOEXEC) < 0) return false;
    close_from(OUTPUT + 1);
    return true;
}

static void fail(int failure, int stage, int error) __attribute__((noreturn));

static void fail(int failure, int stage, int error) {
    struct start_failure told = {.stage = stage, .error = error};
    while (write(failure, &told, sizeof told) < 0 && errno == EINTR) {}
    _exit(127);
}

void guard_become_command(const struct guard_command *command, pid_t guard, int failure) {
    setsid();
    // The second net: the guard itself may be killed.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guard) _exit(127);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // A core dump would put secrets on the disk.
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(022);
    if (dup2(INPUT, 0) < 0 || dup2(OUTPUT, 1) < 0 || dup2(OUTPUT, 2) < 0) fail(failure, GUARD_STAGE_FORK, errno);
    if (chdir(command->directory) < 0) fail(failure, GUARD_STAGE_DIRECTORY, errno);
    sigset_t no_signals;
    sigemptyset(&no_signals);
    sigprocmask(SIG_SETMASK, &no_signals, NULL);
    // Told by the command itself, before it can do anything: its worker knows whom to end if the guard is killed.
    struct guard_report starting = {.kind = GUARD_STARTING, .process = getpid()};
    guard_send(&starting);
    if (guard_now() >= command->start_by) fail(failure, GUARD_STAGE_TOO_LATE, 0);
    execve(command->program, command->arguments, command->environment);
    fail(failure, GUARD_STAGE_PROGRAM, errno);
}
