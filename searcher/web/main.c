// SPDX-License-Identifier: GPL-2.0-or-later
//
// gazette-web: the program.
#include <jansson.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/cli.h"
#include "searcher/web/site.h"
#include "searcher/web/sources.h"
#include "shim/crash.h"
#include "shim/message.h"

enum { INDEXES_MAX = 64, SOURCES_MAX = 64 };

static const char default_address[] = "127.0.0.1:8080";

enum {
    CONNECTIONS = 512,      // at one time
    CONNECTIONS_EACH = 128, // from one address: also from a server in front of this one
    REQUEST_BYTES = 32 * 1024,
    REQUEST_SECONDS = 15,
    RESPONSE_SECONDS = 60,
    STOP_SECONDS = 10, // for what is being answered when we are told to end
    WORKERS_MIN = 4    // so that a question that takes long keeps nobody else waiting
};

enum option {
#define GAZ_OPTION(id, name, argument, group, help) OPTION_##id,
#include "searcher/web/options.def"
#undef GAZ_OPTION
    OPTION_COUNT
};

static const struct gaz_cli_option options[] = {
#define GAZ_OPTION(id, name, argument, group, help) {name, argument, help, group},
#include "searcher/web/options.def"
#undef GAZ_OPTION
};

struct command {
    const char *address, *name;
    const char *indexes[INDEXES_MAX], *sources[SOURCES_MAX];
    size_t index_count, source_count;
    enum option action; // OPTION_HELP, OPTION_VERSION, else to serve
};

static enum gaz_status add(const char **list, size_t *count, size_t most, enum option option,
                           const char *value, struct gaz_err *err) {
    if (*count == most) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s: more than %zu of them: join some",
                           options[option].name, most);
    }
    list[(*count)++] = value;
    return GAZ_OK;
}

static enum gaz_status take_option(void *context, size_t option, const char *value, struct gaz_err *err) {
    struct command *command = context;
    switch ((enum option)option) {
    case OPTION_LISTEN:
        command->address = value;
        return GAZ_OK;
    case OPTION_INDEX:
        return add(command->indexes, &command->index_count, INDEXES_MAX, OPTION_INDEX, value, err);
    case OPTION_SOURCE:
        return add(command->sources, &command->source_count, SOURCES_MAX, OPTION_SOURCE, value, err);
    case OPTION_NAME:
        command->name = value;
        return GAZ_OK;
    case OPTION_SHORT_HELP:
    case OPTION_HELP:
    case OPTION_VERSION:
    case OPTION_COUNT:
        break;
    }
    command->action = (enum option)option;
    return GAZ_OK;
}

static void show_help(bool is_short) {
    gaz_cli_print(
        stdout,
        _("Usage: gazette-web [OPTION…]\n"
          "Serves a web page and an API that search an index of government gazettes. It only reads.\n"));
    if (is_short) {
        putchar('\n');
        gaz_cli_help_short(stdout, options, OPTION_COUNT);
        gaz_cli_print(stdout, _("\n--help says what each of them does.\n"));
        return;
    }
    gaz_cli_help(stdout, options, OPTION_COUNT);
    gaz_cli_print(stdout,
                  _("\nIt ends when it is told to by SIGTERM or SIGINT, behind what it is answering.\n"));
}

// Those that this process may run on.
static unsigned processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

// The signals that end the program are taken by sigwait alone, so they are blocked before any thread begins.
static void block_signals(sigset_t *ending) {
    sigemptyset(ending);
    sigaddset(ending, SIGTERM);
    sigaddset(ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, ending, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static enum gaz_status serve(const struct command *command, struct gaz_site *site, struct gaz_err *err) {
    struct gaz_http_server *server = NULL;
    sigset_t ending;
    int received;
    const struct gaz_http_limits limits = {
        .workers = processors() > WORKERS_MIN ? processors() : WORKERS_MIN,
        .connections = CONNECTIONS,
        .connections_each = CONNECTIONS_EACH,
        .request_bytes = REQUEST_BYTES,
        .request_seconds = REQUEST_SECONDS,
        .response_seconds = RESPONSE_SECONDS,
    };
    block_signals(&ending);
    enum gaz_status status = gaz_http_start(command->address, &limits, gaz_site_answer, site, &server, err);
    if (status == GAZ_OK) {
        printf("http://%s/\n", gaz_http_address(server));
        fflush(stdout);
        sigwait(&ending, &received);
        gaz_http_stop(server, STOP_SECONDS);
    }
    return status;
}

static enum gaz_status open_and_serve(const struct command *command, struct gaz_err *err) {
    struct gaz_pool *pool = NULL;
    struct gaz_sources *sources = NULL;
    enum gaz_status status = gaz_pool_new(command->indexes, command->index_count, &pool, err);
    if (status == GAZ_OK && command->source_count > 0) {
        status = gaz_sources_open(command->sources, command->source_count, &sources, err);
    }
    if (status == GAZ_OK) {
        struct gaz_site site = {.pool = pool, .sources = sources, .name = command->name};
        status = serve(command, &site, err);
    }
    gaz_sources_free(sources);
    gaz_pool_free(pool);
    return status;
}

static void set_defaults(struct command *command) {
    const char *named = getenv("GAZETTE_INDEX");
    if (command->index_count == 0) {
        command->indexes[command->index_count++] = named && *named ? named : "gazette.idx";
    }
}

static enum gaz_status act(struct command *command, const char *operand, struct gaz_err *err) {
    if (command->action == OPTION_HELP || command->action == OPTION_SHORT_HELP) {
        show_help(command->action == OPTION_SHORT_HELP);
        return GAZ_OK;
    }
    if (command->action == OPTION_VERSION) {
        printf("gazette-web %s\n", GAZ_VERSION);
        return GAZ_OK;
    }
    if (operand) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "%s is left over: see --help", operand);
    }
    set_defaults(command);
    return open_and_serve(command, err);
}

int main(int argc, char **argv) {
    struct gaz_err err = {0};
    struct command command = {.address = default_address, .action = OPTION_COUNT};
    size_t operand_count = 0;
    gaz_message_init();
    gaz_crash_init("gazette-web");
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    const char **operands = gaz_calloc((size_t)argc + 1, sizeof *operands);
    enum gaz_status status = operands ? GAZ_OK : gaz_err_memory(&err);
    if (status == GAZ_OK) {
        status = gaz_cli_parse(argc, argv, options, OPTION_COUNT, take_option, &command, operands,
                               &operand_count, &err);
    }
    if (status == GAZ_OK) {
        status = act(&command, operand_count > 0 ? operands[0] : NULL, &err);
    }
    gaz_free(operands);
    if (status != GAZ_OK) {
        fprintf(stderr, "gazette-web: %s\n", err.message);
    }
    return gaz_status_exit(status);
}
