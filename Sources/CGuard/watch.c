#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

static const uint64_t MILLISECOND = 1000000u;

static uint64_t later(uint64_t moment, uint64_t by) { return by > UINT64_MAX - moment ? UINT64_MAX : moment + by; }

static void begin_ending(struct guard *guard, enum guard_reason reason) {
    if (guard->ending || guard->leader_ended) return;
    guard->ending = true;
    guard->reason = reason;
    guard->kill_at = later(guard_now(), guard->command.grace);
    kill(-guard->leader, SIGTERM);
    // A stopped process hears SIGTERM only when it goes on.
    kill(-guard->leader, SIGCONT);
}

static void kill_all(struct guard *guard) {
    if (guard->killed) return;
    guard->killed = true;
    guard->give_up_at = later(guard_now(), 5000 * MILLISECOND);
    // The leader is not reaped yet, so its group's number is still its own.
    kill(-guard->leader, SIGKILL);
}

static void read_orders(struct guard *guard) {
    for (;;) {
        struct guard_order order;
        ssize_t count = recv(CHANNEL, &order, sizeof order, MSG_DONTWAIT);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count <= 0) {
            begin_ending(guard, GUARD_WORKER_GONE);
            return;
        }
        if (count != sizeof order) continue;
        if (order.kind == GUARD_EXTEND && order.until > guard->command.permit) guard->command.permit = order.until;
        if (order.kind == GUARD_END) begin_ending(guard, GUARD_ORDERED);
    }
}

static void read_start(struct guard *guard) {
    struct start_failure failure;
    ssize_t count;
    while ((count = read(guard->started, &failure, sizeof failure)) < 0 && errno == EINTR) {}
    close(guard->started);
    guard->started = -1;
    if (count != sizeof failure) return;
    struct guard_report report = {.kind = GUARD_NOT_STARTED, .stage = failure.stage, .error = failure.error};
    guard_send(&report);
    _exit(0);
}

/// Looks whether the leader has ended, without reaping it: as long as it is there nobody else gets its number.
static void look_at_leader(struct guard *guard) {
    if (guard->leader_ended) return;
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)guard->leader, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid == 0) return;
    guard->leader_ended = true;
    guard->exit_code = info.si_code == CLD_EXITED ? info.si_status : -1;
    guard->signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
}

static void finish(const struct guard *guard, int left) __attribute__((noreturn));

static void finish(const struct guard *guard, int left) {
    struct guard_report report = {
        .kind = GUARD_ENDED,
        .reason = (int32_t)guard->reason,
        .exit_code = guard->leader_ended ? guard->exit_code : -1,
        .signal = guard->leader_ended ? guard->signal : 0,
        .left = left,
    };
    guard_send(&report);
    _exit(0);
}

static void set_timer(const struct guard *guard) {
    uint64_t at = guard->command.permit < guard->timeout_at ? guard->command.permit : guard->timeout_at;
    if (guard->ending) at = guard->kill_at;
    // A process that forks while it is being killed leaves children that are known only later.
    if (guard->killed) at = later(guard_now(), 5 * MILLISECOND);
    struct itimerspec when = {0};
    if (at != UINT64_MAX) {
        when.it_value.tv_sec = (time_t)(at / 1000000000u);
        when.it_value.tv_nsec = (long)(at % 1000000000u) | 1;
    }
    timerfd_settime(guard->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void wait_for_event(struct guard *guard) {
    set_timer(guard);
    // Without a worker there is nothing more to hear on the channel, and its end of file would be heard for ever.
    int channel = guard->ending ? -1 : CHANNEL;
    struct pollfd events[4] = {
        {.fd = channel, .events = POLLIN},
        {.fd = guard->signals, .events = POLLIN},
        {.fd = guard->timer, .events = POLLIN},
        {.fd = guard->started, .events = POLLIN},
    };
    if (poll(events, 4, -1) < 0) return;
    struct signalfd_siginfo signals;
    while (events[1].revents && read(guard->signals, &signals, sizeof signals) > 0) {}
    uint64_t expirations;
    if (events[2].revents && read(guard->timer, &expirations, sizeof expirations) < 0) return;
    if (events[3].revents) read_start(guard);
}

/// Ends the guard once all of the command has ended, or will not.
static void finish_if_over(struct guard *guard) {
    int left = guard_sweep(guard);
    if (guard->leader_ended && left == 0) {
        if (guard->started >= 0) read_start(guard);
        // What is left of the group, if the list does not tell of it.
        kill_all(guard);
        if (guard->leader > 0) waitpid(guard->leader, NULL, 0);
        guard->leader = 0;
        if (!guard_has_children()) finish(guard, 0);
        left = 1;
    }
    if (guard->killed && guard_now() >= guard->give_up_at) finish(guard, left + (guard->leader_ended ? 0 : 1));
}

/// Does what the present moment asks for.
static void act(struct guard *guard) {
    if (!guard->ending) read_orders(guard);
    uint64_t now = guard_now();
    if (now >= guard->timeout_at) begin_ending(guard, GUARD_TIMEOUT);
    if (now >= guard->command.permit) begin_ending(guard, GUARD_PERMIT);
    look_at_leader(guard);
    // Nothing outlives a command that ended by itself; one that is being ended has its grace to tidy up.
    if (guard->leader_ended && !guard->ending) kill_all(guard);
    if (guard->ending && now >= guard->kill_at) kill_all(guard);
    finish_if_over(guard);
}

void guard_watch(struct guard *guard) {
    for (;;) {
        wait_for_event(guard);
        act(guard);
    }
}
