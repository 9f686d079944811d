#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

/// Sends SIGTERM to a child that left the command's group, once.
static void ask(struct guard *guard, pid_t child) {
    if (getpgid(child) == guard->leader) return;
    for (int place = 0; place < guard->asked_count; place++) {
        if (guard->asked[place] == child) return;
    }
    if (guard->asked_count == sizeof guard->asked / sizeof guard->asked[0]) return;
    guard->asked[guard->asked_count++] = child;
    kill(child, SIGTERM);
    kill(child, SIGCONT);
}

/// Whether the child is still there.
static bool look_at(struct guard *guard, pid_t child) {
    if (guard->killed) {
        kill(child, SIGKILL);
    } else if (guard->ending) {
        ask(guard, child);
    }
    return waitpid(child, NULL, WNOHANG) == 0;
}

/// One reading of the list. `reaped` becomes true if a child was.
static int sweep_once(int list, struct guard *guard, bool *reaped) {
    int left = 0;
    pid_t child = 0;
    char text[1024];
    ssize_t count;
    while ((count = read(list, text, sizeof text)) > 0 || (count < 0 && errno == EINTR)) {
        for (ssize_t place = 0; place < count; place++) {
            if (text[place] >= '0' && text[place] <= '9') {
                child = child * 10 + (text[place] - '0');
                continue;
            }
            if (child > 0 && child != guard->leader) {
                if (look_at(guard, child)) left++;
                else *reaped = true;
            }
            child = 0;
        }
    }
    return left;
}

int guard_sweep(struct guard *guard) {
    // Only the guard's own children are named here, and they stay its own until it reaps them: no number can be
    // another's.
    int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    // A kernel without this list leaves the group's own kill as the only one.
    if (list < 0) return 0;
    int left;
    bool reaped;
    do {
        // The list may skip a child while another is taken out of it, so it is read again until it stays the same.
        reaped = false;
        lseek(list, 0, SEEK_SET);
        left = sweep_once(list, guard, &reaped);
    } while (reaped);
    close(list);
    return left;
}

bool guard_has_children(void) {
    pid_t child;
    while ((child = waitpid(-1, NULL, WNOHANG)) > 0 || (child < 0 && errno == EINTR)) {}
    return child == 0;
}
