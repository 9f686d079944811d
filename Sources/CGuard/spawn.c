#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>

uint64_t guard_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_BOOTTIME, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int guard_input(const void *bytes, size_t length) {
    int descriptor = memfd_create("rota-input", MFD_CLOEXEC);
    if (descriptor < 0) return -errno;
    for (size_t written = 0; written < length;) {
        ssize_t count = write(descriptor, (const char *)bytes + written, length - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            int error = errno;
            close(descriptor);
            return -error;
        }
        written += (size_t)count;
    }
    lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

int guard_output(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0) return 0;
    int error = errno;
    close(ends[0]);
    close(ends[1]);
    return -error;
}

static void use_default_handlers(void) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
}

void guard_send(const struct guard_report *report) {
    // A worker that is gone needs no report, and one that reads nothing must not hold the guard up.
    while (send(CHANNEL, report, sizeof *report, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EINTR) {}
}

static void give_up(int error) {
    struct guard_report report = {.kind = GUARD_NOT_STARTED, .stage = GUARD_STAGE_FORK, .error = error};
    guard_send(&report);
    _exit(1);
}

static void run_guard(struct guard_command *command) {
    use_default_handlers();
    // A session of its own: signals to the worker's group or terminal pass the guard by, and so do the command's.
    setsid();
    if (!guard_keep_descriptors(command)) _exit(1);
    prctl(PR_SET_NAME, "rota-guard");
    // What the command leaves behind, in whatever session, becomes the guard's child and can be ended.
    prctl(PR_SET_CHILD_SUBREAPER, 1);

    struct guard guard = {.command = *command};
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    guard.signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    guard.timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    int started[2];
    if (guard.signals < 0 || guard.timer < 0 || pipe2(started, O_CLOEXEC) < 0) give_up(errno);

    pid_t self = getpid();
    uint64_t now = guard_now();
    guard.timeout_at = command->timeout > UINT64_MAX - now ? UINT64_MAX : now + command->timeout;
    guard.leader = guard_fork();
    if (guard.leader < 0) give_up(errno);
    if (guard.leader == 0) guard_become_command(command, self, started[1]);
    close(started[1]);
    close(INPUT);
    close(OUTPUT);
    if (chdir("/") < 0) give_up(errno);
    guard.started = started[0];
    guard_watch(&guard);
}

pid_t guard_spawn(const struct guard_command *command) {
    // No handler of the worker's may run in the guard, so signals wait until it has put its own in place.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t guard = guard_fork();
    if (guard == 0) {
        struct guard_command own = *command;
        run_guard(&own);
    }
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return guard < 0 ? -error : guard;
}
