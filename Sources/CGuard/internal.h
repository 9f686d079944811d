#ifndef ROTA_GUARD_INTERNAL_H
#define ROTA_GUARD_INTERNAL_H

#include "CGuard.h"
#include <stdbool.h>
#include <unistd.h>

// fork(2) without the handlers of pthread_atfork(3), which are not async-signal-safe.
#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
#define guard_fork _Fork
#endif
#endif
#ifndef guard_fork
#define guard_fork fork
#endif

// The descriptors of a guard; all others are closed.
enum { CHANNEL = 3, INPUT = 4, OUTPUT = 5 };

/// What a guard knows. All of it is on its own stack.
struct guard {
    struct guard_command command;
    /// The direct child: the leader of the command's session and group; 0 once it is reaped.
    pid_t leader;
    int timer;
    int signals;
    /// Tells whether execve succeeded; -1 once it has.
    int started;
    bool leader_ended;
    int exit_code;
    int signal;
    uint64_t timeout_at;
    enum guard_reason reason;
    bool ending;
    bool killed;
    /// Which of those that left the command's group have been sent SIGTERM, as far as there is room to remember.
    pid_t asked[64];
    int asked_count;
    /// When what is left is killed, and when the guard gives up on what will not die.
    uint64_t kill_at;
    uint64_t give_up_at;
};

/// What the child writes when it cannot become the command.
struct start_failure {
    int32_t stage;
    int32_t error;
};

/// Keeps only the descriptors of the guard, at their numbers. False where there are too few.
bool guard_keep_descriptors(struct guard_command *command);

/// Becomes the command; returns never. What goes wrong is written to `failure`.
void guard_become_command(const struct guard_command *command, pid_t guard, int failure) __attribute__((noreturn));

/// Looks after the command until all of it has ended; returns never.
void guard_watch(struct guard *guard) __attribute__((noreturn));

/// Reaps children other than the leader that have ended, and tells how many are left. While the command is being ended
/// those that left its group are asked to end, too; once it is killed, so are they.
int guard_sweep(struct guard *guard);

/// Reaps every child that has ended, and tells whether any is left.
bool guard_has_children(void);

void guard_send(const struct guard_report *report);

#endif
