// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shim/http.h"

static const struct gaz_http_limits limits = {.workers = 2,
                                              .connections = 64,
                                              .connections_each = 64,
                                              .request_bytes = 8192,
                                              .request_seconds = 1,
                                              .response_seconds = 1};

// What a handler is to do is the first letter of the path.
static enum gaz_status give_numbers(void *context, char *bytes, size_t size, size_t *length) {
    int *left = context;
    *length = (*left)-- > 0 ? (size_t)snprintf(bytes, size, "%d\n", *left) : 0;
    return GAZ_OK;
}

static enum gaz_status give_nothing(void *context, char *bytes, size_t size, size_t *length) {
    (void)context;
    memset(bytes, 'x', size);
    *length = size;
    return GAZ_OK; // without end
}

static enum gaz_status break_off(void *context, char *bytes, size_t size, size_t *length) {
    int *calls = context;
    *length = (size_t)snprintf(bytes, size, "half");
    return (*calls)++ > 0 ? GAZ_ERR_IO : GAZ_OK;
}

static void stream(struct gaz_http_response *response, gaz_http_read *read, int start) {
    int *number = gaz_malloc(sizeof *number);
    *number = start;
    response->code = 200;
    response->read = read;
    response->end = gaz_free;
    response->context = number;
}

static void handle(void *context, const struct gaz_http_request *request,
                   struct gaz_http_response *response) {
    (void)context;
    switch (request->target[1]) {
    case 'n':
        stream(response, give_numbers, 3);
        return;
    case 'e':
        stream(response, give_nothing, 0);
        return;
    case 'b':
        stream(response, break_off, 0);
        return;
    case 'f':
        response->code = 200;
        response->fixed = "fixed";
        response->fixed_length = 5;
        return;
    case '0':
        return; // says nothing
    default:
        break;
    }
    response->code = 200;
    gaz_buf_printf(&response->body, "%s %s %s %s%s", request->method, request->target,
                   request->host ? request->host : "-",
                   request->accept_language ? request->accept_language : "-",
                   request->has_body ? " body" : "");
    assert_true(gaz_http_add_field(response, "X-Test", "value"));
    assert_false(gaz_http_add_field(response, "X-Test", "two\r\nlines"));
}

static struct gaz_http_server *server;

static int start(void **state) {
    struct gaz_err err = {0};
    (void)state;
    enum gaz_status status = gaz_http_start("127.0.0.1:0", &limits, handle, NULL, &server, &err);
    if (status != GAZ_OK) {
        print_error("%s\n", err.message);
    }
    return status == GAZ_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    gaz_http_stop(server, 1);
    return 0;
}

static int dial(void) {
    struct sockaddr_in name = {.sin_family = AF_INET};
    const char *address = gaz_http_address(server);
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    name.sin_port = htons((uint16_t)strtoul(strrchr(address, ':') + 1, NULL, 10));
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(client, (struct sockaddr *)&name, sizeof name), 0);
    return client;
}

// Reads all until the server closes.
static size_t drain(int client, char *got, size_t size) {
    size_t len = 0;
    char rest[4096];
    for (;;) {
        bool full = len + 1 >= size;
        ssize_t count = read(client, full ? rest : got + len, full ? sizeof rest : size - len - 1);
        if (count <= 0) {
            break;
        }
        len += full ? 0 : (size_t)count;
    }
    got[len] = '\0';
    close(client);
    return len;
}

static void ask(const char *request, char *got, size_t size) {
    int client = dial();
    assert_int_equal(write(client, request, strlen(request)), (ssize_t)strlen(request));
    drain(client, got, size);
}

static void a_request_reaches_its_handler(void **state) {
    char got[4096];
    (void)state;
    ask("GET /p%20?q=%41 HTTP/1.1\r\nHost: h\r\nAccept-Language: zh\r\nConnection: close\r\n\r\n", got,
        sizeof got);
    assert_int_equal(strncmp(got, "HTTP/1.1 200 ", 13), 0);
    assert_non_null(strstr(got, "X-Test: value\r\n"));
    assert_non_null(strstr(got, "\r\n\r\nGET /p%20?q=%41 h zh")); // not decoded
    ask("HEAD /p HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", got, sizeof got);
    assert_string_equal(strstr(got, "\r\n\r\n"), "\r\n\r\n");
    ask("GET /f HTTP/1.0\r\n\r\n", got, sizeof got);
    assert_non_null(strstr(got, "\r\n\r\nfixed"));
    ask("GET /0 HTTP/1.0\r\n\r\n", got, sizeof got);
    assert_int_equal(strncmp(got + 9, "500", 3), 0);
}

static void content_is_announced_and_not_read(void **state) {
    char got[4096];
    (void)state;
    ask("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", got, sizeof got);
    assert_non_null(strstr(got, "POST /p h - body"));
}

static void a_stream_comes_in_pieces(void **state) {
    char got[4096];
    (void)state;
    ask("GET /n HTTP/1.0\r\n\r\n", got, sizeof got);
    assert_non_null(strstr(got, "\r\n\r\n2\n1\n0\n"));
    ask("GET /n HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", got, sizeof got);
    assert_non_null(strstr(got, "\r\n0\r\n\r\n")); // the last chunk
}

static void a_stream_that_fails_has_no_end(void **state) {
    char got[4096];
    (void)state;
    ask("GET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", got, sizeof got);
    assert_non_null(strstr(got, "half"));
    assert_null(strstr(got, "\r\n0\r\n\r\n"));
}

// These wait for the server to close; a server that does not lets the test time out.
static void who_sends_no_whole_request_is_dropped(void **state) {
    static const char *const halves[] = {"", "GET", "GET / HTTP/1.1\r\nHost: h\r\n"};
    enum { COUNT = sizeof halves / sizeof halves[0] };
    int clients[COUNT];
    char got[4096];
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        clients[i] = dial();
        assert_int_equal(write(clients[i], halves[i], strlen(halves[i])), (ssize_t)strlen(halves[i]));
    }
    for (int i = 0; i < COUNT; i++) {
        drain(clients[i], got, sizeof got);
        assert_string_equal(got, "");
    }
}

static void who_sends_drop_by_drop_is_dropped(void **state) {
    int client = dial();
    char got;
    (void)state;
    while (send(client, "X", 1, MSG_NOSIGNAL) == 1) {
        usleep(50 * 1000);
    }
    assert_true(recv(client, &got, 1, 0) <= 0);
    close(client);
}

static void who_does_not_read_is_dropped(void **state) {
    static const char request[] = "GET /e HTTP/1.1\r\nHost: h\r\n\r\n";
    int client = dial(), error = 0;
    (void)state;
    assert_int_equal(write(client, request, strlen(request)), (ssize_t)strlen(request));
    while (send(client, "X", 1, MSG_NOSIGNAL) == 1) {
        usleep(50 * 1000);
    }
    socklen_t len = sizeof error;
    getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &len);
    close(client);
}

static void an_address_is_host_and_port(void **state) {
    static const char *const none[] = {"",           "8080",   ":8080", "127.0.0.1",
                                       "127.0.0.1:", "::1:80", "[::1]", "a b:1"};
    struct gaz_http_server *other;
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct gaz_err err = {0};
        assert_int_equal(gaz_http_start(none[i], &limits, handle, NULL, &other, &err), GAZ_ERR_ARGUMENT);
        assert_non_null(strstr(err.message, "is no address to listen on"));
    }
    struct gaz_err err = {0};
    assert_int_equal(gaz_http_start(gaz_http_address(server), &limits, handle, NULL, &other, &err),
                     GAZ_ERR_IO);
    gaz_http_stop(NULL, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_reaches_its_handler),
        cmocka_unit_test(content_is_announced_and_not_read),
        cmocka_unit_test(a_stream_comes_in_pieces),
        cmocka_unit_test(a_stream_that_fails_has_no_end),
        cmocka_unit_test(who_sends_no_whole_request_is_dropped),
        cmocka_unit_test(who_sends_drop_by_drop_is_dropped),
        cmocka_unit_test(who_does_not_read_is_dropped),
        cmocka_unit_test(an_address_is_host_and_port),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
