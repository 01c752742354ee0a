// SPDX-License-Identifier: GPL-2.0-or-later
//
// gazette-search: the command.
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>

#include "searcher/command.h"
#include "shim/crash.h"
#include "shim/message.h"

enum { EXIT_NOTHING_FOUND = 1 };

int main(int argc, char **argv) {
    struct gaz_command command;
    struct gaz_err err = {0};
    bool found = true;
    gaz_message_init();
    gaz_crash_init("gazette-search");
    signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    enum gaz_status status = gaz_command_read(argc, argv, &command, &err);
    if (status == GAZ_OK) {
        status = gaz_command_act(&command, &found, &err);
    }
    bool is_closed = command.is_closed;
    gaz_command_free(&command);
    if (status != GAZ_OK && !is_closed) {
        if (err.status != GAZ_OK) { // else it has been reported
            gaz_command_report(&err);
        }
        return gaz_status_exit(status);
    }
    return found || is_closed ? EXIT_SUCCESS : EXIT_NOTHING_FOUND;
}
