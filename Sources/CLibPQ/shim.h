#pragma once
#include <libpq-fe.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Glibc's Swift overlay has neither eventfd nor prctl, which is variadic besides. */

static inline int clibpq_wake_open(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

static inline void clibpq_wake_write(int descriptor) {
    eventfd_write(descriptor, 1);
}

static inline void clibpq_wake_drain(int descriptor) {
    eventfd_t count;
    eventfd_read(descriptor, &count);
}

static inline void clibpq_name_this_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}
