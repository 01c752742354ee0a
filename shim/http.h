// SPDX-License-Identifier: GPL-2.0-or-later
//
// A small HTTP server (libmicrohttpd): it listens, keeps to its limits, drops who is slow, and hands each
// request to one function. Knows methods, targets and fields; has never heard of a page.
#ifndef GAZ_SHIM_HTTP_H
#define GAZ_SHIM_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/mem.h"
#include "shim/status.h"

struct gaz_http_limits {
    unsigned workers;          // threads that answer, at least 2
    unsigned connections;      // at one time; more wait to be accepted
    unsigned connections_each; // from one address; more are closed
    unsigned request_bytes;    // memory of a connection: what its request line and fields may take
    unsigned
        request_seconds; // from the start of a connection or the end of its last answer to a whole request
    unsigned response_seconds; // for sending an answer; of a stream, for each piece of it
};

// A request without a body. The strings live as long as the call.
struct gaz_http_request {
    const char *method; // GET, HEAD, …: as it came
    const char *target; // path and query as they came, not decoded
    bool has_body;      // one was announced; it is not read
    // Fields, NULL where there is none.
    const char *host;
    const char *accept_language;
    const char *if_none_match;
};

// Puts up to SIZE bytes at BYTES and sets *LENGTH; 0 is the end. Any status but GAZ_OK breaks the connection,
// so that nobody takes what came for the whole.
typedef enum gaz_status gaz_http_read(void *context, char *bytes, size_t size, size_t *length);

struct gaz_http_field {
    const char *name; // static
    char *value;      // freed with gaz_free
};
enum { GAZ_HTTP_FIELDS_MAX = 16 };

// Zero-initialise it but BODY, which is GAZ_BUF_INIT. Its content is `fixed`, or what `read` gives, or
// `body`. The server takes what it holds.
struct gaz_http_response {
    unsigned code; // 200 …
    struct gaz_http_field fields[GAZ_HTTP_FIELDS_MAX];
    size_t field_count;
    struct gaz_buf body;
    const void *fixed; // lives as long as the server
    size_t fixed_length;
    gaz_http_read *read;
    void (*end)(void *context); // of `read`, when all has been read or nobody wants more; may be NULL
    void *context;
};

// Adds a field; VALUE is copied. False when memory is short, when there are too many, and for a value with a
// line end.
bool gaz_http_add_field(struct gaz_http_response *response, const char *name, const char *value);
// Frees a response that no server has taken.
void gaz_http_response_free(struct gaz_http_response *response);

// Answers REQUEST; called from several threads at once. When RESPONSE has no code afterwards, or its body has
// failed, the client gets an empty 500.
typedef void gaz_http_handler(void *context, const struct gaz_http_request *request,
                              struct gaz_http_response *response);

struct gaz_http_server;

// Listens on ADDRESS (127.0.0.1:8080, [::1]:8080, name:8080; port 0: any that is free) and answers by
// HANDLER, from threads of its own. GAZ_ERR_ARGUMENT for what is no address, GAZ_ERR_IO when it cannot be
// had, GAZ_ERR_MEMORY. Stopped with gaz_http_stop.
enum gaz_status gaz_http_start(const char *address, const struct gaz_http_limits *limits,
                               gaz_http_handler *handler, void *context, struct gaz_http_server **out,
                               struct gaz_err *err);

// The address it listens on, with the port: of [::]:0, [::]:34567. Lives as long as the server.
const char *gaz_http_address(const struct gaz_http_server *server);

// Takes no more connections, lets what is being answered be sent for up to SECONDS, closes all and frees the
// server. NULL is allowed.
void gaz_http_stop(struct gaz_http_server *server, unsigned seconds);

#endif
