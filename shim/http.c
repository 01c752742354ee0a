// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STREAM_BLOCK = 64 * 1024, BACKLOG = 128, ADDRESS_MAX = 300 };

// A connection. Those that are watched are in a ring that begins and ends with the server's own.
struct client {
    struct client *next, *previous;
    int socket;
    time_t deadline;  // seconds of the monotonic clock; 0: none, it waits for us
    bool is_answered; // the deadline is for taking an answer
};

struct gaz_http_server {
    struct MHD_Daemon *daemon;
    gaz_http_handler *handler;
    void *context;
    struct gaz_http_limits limits;
    char address[ADDRESS_MAX];
    atomic_uint busy; // requests that are being answered
    pthread_t watcher;
    pthread_mutex_t lock; // of what follows
    pthread_cond_t ended;
    bool is_ending;
    struct client clients;
};

// A request and its answer.
struct exchange {
    struct gaz_http_server *server;
    struct client *client;
    char *target;
    bool begun; // MHD calls a second time, when a body would have been read
    bool counted;
};

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

// --- who is slow ---

static void set_deadline(struct gaz_http_server *server, struct client *client, unsigned seconds,
                         bool is_answered) {
    if (!client) {
        return;
    }
    pthread_mutex_lock(&server->lock);
    client->is_answered = is_answered;
    client->deadline = seconds > 0 ? now() + (time_t)seconds : 0;
    pthread_mutex_unlock(&server->lock);
}

// Whether something of a request waits to be read: then it is not the client who is slow.
static bool is_waiting(const struct client *client) {
    int bytes = 0;
    return !client->is_answered && ioctl(client->socket, FIONREAD, &bytes) == 0 && bytes > 0;
}

// Ends connections that are past their time. The library, which polls them, closes them then. A client that
// closes is taken out under the lock before its socket is: so no other file is ever shut down.
static void drop_late(struct gaz_http_server *server) {
    time_t time = now();
    for (struct client *client = server->clients.next; client != &server->clients; client = client->next) {
        if (client->deadline > 0 && client->deadline < time && !is_waiting(client)) {
            shutdown(client->socket, SHUT_RDWR);
            client->deadline = 0;
        }
    }
}

static void *watch(void *context) {
    struct gaz_http_server *server = context;
    pthread_mutex_lock(&server->lock);
    while (!server->is_ending) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&server->ended, &server->lock, &until);
        drop_late(server);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

static struct client *add_client(struct gaz_http_server *server, int socket) {
    struct client *client = gaz_calloc(1, sizeof *client);
    if (client) {
        client->socket = socket;
        client->deadline = now() + (time_t)server->limits.request_seconds;
        pthread_mutex_lock(&server->lock);
        client->next = &server->clients;
        client->previous = server->clients.previous;
        client->previous->next = client;
        server->clients.previous = client;
        pthread_mutex_unlock(&server->lock);
    }
    return client;
}

static void remove_client(struct gaz_http_server *server, struct client *client) {
    pthread_mutex_lock(&server->lock);
    client->previous->next = client->next;
    client->next->previous = client->previous;
    pthread_mutex_unlock(&server->lock);
    gaz_free(client);
}

static void connection_changed(void *context, struct MHD_Connection *connection, void **socket_context,
                               enum MHD_ConnectionNotificationCode what) {
    struct gaz_http_server *server = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = info ? add_client(server, info->connect_fd) : NULL;
    } else if (*socket_context) {
        remove_client(server, *socket_context);
        *socket_context = NULL;
    }
}

// --- answers ---

bool gaz_http_add_field(struct gaz_http_response *response, const char *name, const char *value) {
    bool fits = response->field_count < GAZ_HTTP_FIELDS_MAX && !strpbrk(value, "\r\n");
    char *copy = fits ? gaz_strndup(value, strlen(value)) : NULL;
    if (copy) {
        response->fields[response->field_count++] = (struct gaz_http_field){name, copy};
    }
    return copy != NULL;
}

static void free_fields(struct gaz_http_response *response) {
    for (size_t i = 0; i < response->field_count; i++) {
        gaz_free(response->fields[i].value);
    }
    response->field_count = 0;
}

void gaz_http_response_free(struct gaz_http_response *response) {
    free_fields(response);
    gaz_buf_free(&response->body);
    if (response->read && response->end) {
        response->end(response->context);
    }
    *response = (struct gaz_http_response){.body = GAZ_BUF_INIT};
}

struct stream {
    gaz_http_read *read;
    void (*end)(void *context);
    void *context;
    struct gaz_http_server *server;
    struct client *client;
};

static ssize_t read_stream(void *context, uint64_t position, char *bytes, size_t size) {
    struct stream *stream = context;
    size_t length = 0;
    (void)position;
    set_deadline(stream->server, stream->client, 0, true);
    enum gaz_status status = stream->read(stream->context, bytes, size, &length);
    set_deadline(stream->server, stream->client, stream->server->limits.response_seconds, true);
    if (status != GAZ_OK) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    return length > 0 ? (ssize_t)length : MHD_CONTENT_READER_END_OF_STREAM;
}

static void free_stream(void *context) {
    struct stream *stream = context;
    if (stream->end) {
        stream->end(stream->context);
    }
    gaz_free(stream);
}

static struct MHD_Response *make_stream(struct exchange *exchange, struct gaz_http_response *response) {
    struct stream *stream = gaz_malloc(sizeof *stream);
    if (!stream) {
        return NULL;
    }
    *stream =
        (struct stream){response->read, response->end, response->context, exchange->server, exchange->client};
    struct MHD_Response *made =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, stream, free_stream);
    if (made) {
        response->read = NULL; // it is the stream's now
    } else {
        gaz_free(stream);
    }
    return made;
}

// The library wants a non-const pointer but promises not to write.
static struct MHD_Response *make_fixed(const void *bytes, size_t length) {
    union {
        const void *from;
        void *to;
    } pointer = {bytes};
    return MHD_create_response_from_buffer(length, pointer.to, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *make_content(struct exchange *exchange, struct gaz_http_response *response) {
    if (response->read) {
        return make_stream(exchange, response);
    }
    if (response->fixed) {
        return make_fixed(response->fixed, response->fixed_length);
    }
    size_t length = response->body.len;
    char *bytes = gaz_buf_take(&response->body);
    struct MHD_Response *made =
        bytes ? MHD_create_response_from_buffer_with_free_callback(length, bytes, gaz_free) : NULL;
    if (!made) {
        gaz_free(bytes);
    }
    return made;
}

// The response for the library; NULL when memory is out. RESPONSE is freed in any case.
static struct MHD_Response *make_response(struct exchange *exchange, struct gaz_http_response *response) {
    struct MHD_Response *made = make_content(exchange, response);
    for (size_t i = 0; made && i < response->field_count; i++) {
        if (MHD_add_response_header(made, response->fields[i].name, response->fields[i].value) != MHD_YES) {
            MHD_destroy_response(made);
            made = NULL;
        }
    }
    gaz_http_response_free(response);
    return made;
}

// --- requests ---

static const char *field_of(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

// A body is announced by one of two fields (RFC 9112, 6).
static bool has_body(struct MHD_Connection *connection) {
    const char *length = field_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return (length && strcmp(length, "0") != 0) || field_of(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING);
}

static enum MHD_Result answer(struct exchange *exchange, struct MHD_Connection *connection,
                              const char *method, bool with_body) {
    struct gaz_http_server *server = exchange->server;
    const struct gaz_http_request request = {
        .method = method,
        .target = exchange->target,
        .has_body = with_body,
        .host = field_of(connection, MHD_HTTP_HEADER_HOST),
        .accept_language = field_of(connection, MHD_HTTP_HEADER_ACCEPT_LANGUAGE),
        .if_none_match = field_of(connection, MHD_HTTP_HEADER_IF_NONE_MATCH),
    };
    struct gaz_http_response response = {.body = GAZ_BUF_INIT};
    set_deadline(server, exchange->client, 0, true);
    server->handler(server->context, &request, &response);
    if (response.code == 0 || response.body.status != GAZ_OK) {
        gaz_http_response_free(&response);
        response.code = MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
    unsigned code = response.code;
    struct MHD_Response *made = make_response(exchange, &response);
    if (!made) {
        return MHD_NO;
    }
    set_deadline(server, exchange->client, server->limits.response_seconds, true);
    enum MHD_Result queued = MHD_queue_response(connection, code, made);
    MHD_destroy_response(made);
    return queued;
}

static void *begin_exchange(void *context, const char *target, struct MHD_Connection *connection) {
    struct gaz_http_server *server = context;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct exchange *exchange = gaz_calloc(1, sizeof *exchange);
    if (exchange) {
        exchange->server = server;
        exchange->client = info ? info->socket_context : NULL;
        exchange->target = gaz_strndup(target, strlen(target));
    }
    return exchange;
}

// The first call of a request comes when its fields have been read, the next ones with its body and behind
// it. A request with a body is answered at once, upon which the library closes the connection behind the
// answer.
static enum MHD_Result take_request(void *context, struct MHD_Connection *connection, const char *url,
                                    const char *method, const char *version, const char *body,
                                    size_t *body_size, void **request_context) {
    struct exchange *exchange = *request_context;
    (void)context;
    (void)url;
    (void)version;
    (void)body;
    if (!exchange || !exchange->target) {
        return MHD_NO;
    }
    if (!exchange->begun) {
        exchange->begun = exchange->counted = true;
        atomic_fetch_add(&exchange->server->busy, 1);
        return has_body(connection) ? answer(exchange, connection, method, true) : MHD_YES;
    }
    if (*body_size > 0) {
        return MHD_NO;
    }
    return answer(exchange, connection, method, false);
}

static void end_exchange(void *context, struct MHD_Connection *connection, void **request_context,
                         enum MHD_RequestTerminationCode how) {
    struct gaz_http_server *server = context;
    struct exchange *exchange = *request_context;
    (void)connection;
    (void)how;
    if (!exchange) {
        return;
    }
    if (exchange->counted) {
        atomic_fetch_sub(&server->busy, 1);
    }
    set_deadline(server, exchange->client, server->limits.request_seconds, false);
    gaz_free(exchange->target);
    gaz_free(exchange);
    *request_context = NULL;
}

// --- start and stop ---

// Cuts ADDRESS into host and port: at its last colon, brackets of IPv6 taken off.
static bool cut_address(const char *address, char host[ADDRESS_MAX], const char **port) {
    const char *colon = strrchr(address, ':');
    size_t length = colon ? (size_t)(colon - address) : 0;
    bool bracketed = length > 2 && address[0] == '[' && address[length - 1] == ']';
    if (bracketed) {
        address++;
        length -= 2;
    }
    if (length == 0 || length >= ADDRESS_MAX || (!bracketed && memchr(address, ':', length)) ||
        colon[1] == '\0') {
        return false;
    }
    memcpy(host, address, length);
    host[length] = '\0';
    *port = colon + 1;
    return true;
}

static int open_socket(const struct addrinfo *where) {
    const int on = 1;
    int listener =
        socket(where->ai_family, where->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, where->ai_protocol);
    if (listener < 0) {
        return -1;
    }
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, where->ai_addr, where->ai_addrlen) != 0 || listen(listener, BACKLOG) != 0) {
        int reason = errno;
        close(listener);
        errno = reason;
        return -1;
    }
    return listener;
}

static enum gaz_status open_listener(const char *address, int *listener, struct gaz_err *err) {
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *found = NULL;
    char host[ADDRESS_MAX];
    const char *port;
    if (!cut_address(address, host, &port)) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "%s is no address to listen on: use HOST:PORT, as 127.0.0.1:8080", address);
    }
    int reason = getaddrinfo(host, port, &hints, &found);
    if (reason != 0) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "%s is no address to listen on: %s", address,
                           gai_strerror(reason));
    }
    *listener = open_socket(found);
    freeaddrinfo(found);
    if (*listener < 0) {
        return gaz_err_set(err, GAZ_ERR_IO, "cannot listen on %s: %s", address, strerror(errno));
    }
    return GAZ_OK;
}

// What was asked for may have had no port.
static void note_address(struct gaz_http_server *server, int listener) {
    struct sockaddr_storage name;
    socklen_t length = sizeof name;
    char host[NI_MAXHOST] = "?", port[NI_MAXSERV] = "?";
    if (getsockname(listener, (struct sockaddr *)&name, &length) == 0) {
        getnameinfo((struct sockaddr *)&name, length, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    }
    snprintf(server->address, sizeof server->address,
             name.ss_family == AF_INET6 ? "[%.200s]:%s" : "%.200s:%s", host, port);
}

static enum gaz_status start_watcher(struct gaz_http_server *server, struct gaz_err *err) {
    pthread_condattr_t monotonic;
    pthread_mutex_init(&server->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&server->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int reason = pthread_create(&server->watcher, NULL, watch, server);
    return reason == 0 ? GAZ_OK : gaz_err_set(err, GAZ_ERR_IO, "cannot start a thread: %s", strerror(reason));
}

static void end_watcher(struct gaz_http_server *server) {
    pthread_mutex_lock(&server->lock);
    server->is_ending = true;
    pthread_cond_signal(&server->ended);
    pthread_mutex_unlock(&server->lock);
    pthread_join(server->watcher, NULL);
}

static enum gaz_status start_daemon(struct gaz_http_server *server, int listener, struct gaz_err *err) {
    const struct gaz_http_limits *limits = &server->limits;
    server->daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, take_request, server,
                         MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_THREAD_POOL_SIZE, limits->workers,
                         MHD_OPTION_CONNECTION_LIMIT, limits->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                         limits->connections_each, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)limits->request_bytes, MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, server,
                         MHD_OPTION_NOTIFY_COMPLETED, end_exchange, server, MHD_OPTION_NOTIFY_CONNECTION,
                         connection_changed, server, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    return server->daemon ? GAZ_OK
                          : gaz_err_set(err, GAZ_ERR_IO, "cannot start the server: %s", strerror(errno));
}

enum gaz_status gaz_http_start(const char *address, const struct gaz_http_limits *limits,
                               gaz_http_handler *handler, void *context, struct gaz_http_server **out,
                               struct gaz_err *err) {
    int listener = -1;
    struct gaz_http_server *server = gaz_calloc(1, sizeof *server);
    enum gaz_status status = server ? open_listener(address, &listener, err) : gaz_err_memory(err);
    if (status != GAZ_OK) {
        gaz_free(server);
        return status;
    }
    server->handler = handler;
    server->context = context;
    server->limits = *limits;
    server->clients.next = server->clients.previous = &server->clients;
    note_address(server, listener);
    status = start_watcher(server, err);
    if (status == GAZ_OK) {
        status = start_daemon(server, listener, err);
        if (status != GAZ_OK) {
            end_watcher(server);
        }
    }
    if (status != GAZ_OK) {
        close(listener);
        gaz_free(server);
        return status;
    }
    *out = server;
    return GAZ_OK;
}

const char *gaz_http_address(const struct gaz_http_server *server) {
    return server->address;
}

void gaz_http_stop(struct gaz_http_server *server, unsigned seconds) {
    const struct timespec step = {.tv_nsec = 20 * 1000 * 1000};
    if (!server) {
        return;
    }
    int listener = MHD_quiesce_daemon(server->daemon);
    for (time_t end = now() + (time_t)seconds; atomic_load(&server->busy) > 0 && now() < end;) {
        nanosleep(&step, NULL);
    }
    MHD_stop_daemon(server->daemon);
    if (listener >= 0) {
        close(listener);
    }
    end_watcher(server);
    gaz_free(server);
}
