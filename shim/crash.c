// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/crash.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shim/message.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

enum { EXIT_TROUBLE = 2, STACK_SIZE = 1 << 16 };

static char last_word[512]; // made beforehand: a handler may do next to nothing

// Of the stack that a handler runs on; the other one may be what overflowed.
static char stack[STACK_SIZE];

static void end(int number) {
    (void)number;
    ssize_t written = write(STDERR_FILENO, last_word, strlen(last_word));
    (void)written; // there is nobody else to tell
    _exit(EXIT_TROUBLE);
}

static bool cores_are_wanted(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur > 0;
}

void gaz_crash_init(const char *program) {
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    struct sigaction action = {.sa_handler = end, .sa_flags = SA_ONSTACK};
    if (SANITIZED || cores_are_wanted())
        return;
    snprintf(last_word, sizeof last_word, "%s: %s\n", program,
             _("stopped by a fault: the index is damaged (see gazette-index --check), or this is a defect"));
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}
