#ifndef ROTA_CGUARD_H
#define ROTA_CGUARD_H

// The guard of one command: a small process between the worker and the command. It ends the command, and all that the
// command started, when the worker is gone, has not prolonged its permit, or says so. See docs/decisions on the guard.

// Walking a directory, which the Glibc module leaves out.
#include <fts.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What the guard is to start, and until when. Every moment is CLOCK_BOOTTIME in nanoseconds: a suspended machine
/// counts.
struct guard_command {
    /// Absolute path; it is handed to execve(2) as it is.
    const char *_Nonnull program;
    /// Both end with NULL.
    char *_Nullable const *_Nonnull arguments;
    char *_Nullable const *_Nonnull environment;
    /// Absolute path of the directory in which the command runs.
    const char *_Nonnull directory;
    /// What becomes the command's standard input.
    int input;
    /// What becomes both its standard output and its standard error.
    int output;
    /// The guard's end of a SOCK_SEQPACKET pair: orders come in, reports go out, and its end of file means that the
    /// worker is gone.
    int channel;
    /// The command is ended at this moment unless a later one is ordered.
    uint64_t permit;
    /// At this moment or later the command is not started any more.
    uint64_t start_by;
    /// How long the command may run, in nanoseconds.
    uint64_t timeout;
    /// How long after SIGTERM what is left is killed, in nanoseconds.
    uint64_t grace;
};

enum guard_order_kind { GUARD_EXTEND = 1, GUARD_END = 2 };

/// From the worker to the guard.
struct guard_order {
    uint32_t kind;
    uint32_t unused;
    /// GUARD_EXTEND: the new permit.
    uint64_t until;
};

enum guard_report_kind { GUARD_STARTING = 1, GUARD_NOT_STARTED = 2, GUARD_ENDED = 3 };

enum guard_stage { GUARD_STAGE_FORK = 1, GUARD_STAGE_DIRECTORY = 2, GUARD_STAGE_TOO_LATE = 3, GUARD_STAGE_PROGRAM = 4 };

enum guard_reason {
    /// The command ended by itself.
    GUARD_BY_ITSELF = 0,
    GUARD_TIMEOUT = 1,
    GUARD_PERMIT = 2,
    GUARD_ORDERED = 3,
    GUARD_WORKER_GONE = 4,
};

/// To the worker: starting first, then not started or ended.
struct guard_report {
    uint32_t kind;
    /// GUARD_STARTING: the command's process id, which is its group's and session's too.
    int32_t process;
    /// GUARD_NOT_STARTED: the stage and errno. GUARD_ENDED: why it was ended.
    int32_t stage;
    int32_t error;
    int32_t reason;
    /// GUARD_ENDED: the exit code, or -1 where a signal ended it.
    int32_t exit_code;
    /// GUARD_ENDED: the signal, or 0.
    int32_t signal;
    /// GUARD_ENDED: processes that could not be killed in time (in an uninterruptible call, say).
    int32_t left;
};

/// Starts a guard with its command. Returns the guard's process id, or -errno. May be called from any thread: between
/// fork and exec nothing is called that is not async-signal-safe.
pid_t guard_spawn(const struct guard_command *_Nonnull command);

/// A descriptor from which the bytes can be read, close-on-exec; or -errno.
int guard_input(const void *_Nullable bytes, size_t length);

/// A pipe, both ends close-on-exec: `ends[0]` is read without waiting, `ends[1]` is written as programs expect it.
/// Returns 0, or -errno.
int guard_output(int ends[_Nonnull 2]);

/// CLOCK_BOOTTIME in nanoseconds.
uint64_t guard_now(void);

#endif
