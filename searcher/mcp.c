// SPDX-License-Identifier: GPL-2.0-or-later
//
// Messages: JSON-RPC 2.0, the two ways to agree on a version, and the methods.
#include "searcher/mcp.h"

#include <errno.h>
#include <string.h>

#include "corpus/record.h"

// Codes of JSON-RPC 2.0 and one of MCP.
enum {
    PARSE_ERROR = -32700,
    INVALID_REQUEST = -32600,
    UNKNOWN_METHOD = -32601,
    INVALID_PARAMS = -32602,
    INTERNAL_ERROR = -32603,
    UNSUPPORTED_VERSION = -32022
};

// The revision in which every request says its version, and those agreed on with `initialize`, latest first.
static const char modern_version[] = "2026-07-28";
static const char *const versions[] = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};
static const char structured_since[] = "2025-06-18"; // results are also objects, not only text
static const char version_key[] = "io.modelcontextprotocol/protocolVersion";
static const char capabilities_key[] = "io.modelcontextprotocol/clientCapabilities";

static const char instructions[] =
    "An archive of Chinese government gazettes (政府公报), cut into documents, clauses, table rows and "
    "calendar "
    "entries. Questions are asked in Chinese. Every place has an address such as 云政发〔2024〕8号 二（一）, "
    "by "
    "which `show` gives its whole text, and which is to be cited with the page. An answer of the state "
    "not_found means that the archive has nothing, not that nothing exists; match relaxed means that the "
    "phrase stands nowhere and its words were looked for instead. An answer has at most 100 hits; `total` "
    "says "
    "how many there are, and `offset` goes on.";

// A request, or a notification.
struct request {
    struct gaz_mcp *mcp;
    const json_t *id; // NULL: nobody waits for an answer
    const char *method;
    const json_t *params; // NULL: none
    const char *version;  // of the protocol; NULL: not known
    bool is_modern;
};

// --- answers: JSON that the caller drops, NULL when memory is out ---

static json_t *error_json(const json_t *id, int code, const char *message) {
    return json_pack("{ss so s{si ss}}", "jsonrpc", "2.0", "id", id ? json_deep_copy(id) : json_null(),
                     "error", "code", code, "message", message);
}

static json_t *server_info(void) {
    return json_pack("{ss ss ss}", "name", "gazette-search", "title", "政府公报检索", "version", GAZ_VERSION);
}

// RESULT is taken over.
static json_t *result_json(const struct request *request, json_t *result) {
    if (result && request->is_modern &&
        (json_object_set_new(result, "resultType", json_string("complete")) != 0 ||
         json_object_set_new(result, "_meta",
                             json_pack("{so}", "io.modelcontextprotocol/serverInfo", server_info())) != 0)) {
        json_decref(result);
        return NULL;
    }
    return result ? json_pack("{ss so so}", "jsonrpc", "2.0", "id", json_deep_copy(request->id), "result",
                              result)
                  : NULL;
}

static json_t *versions_json(void) {
    json_t *list = json_pack("[s]", modern_version);
    int bad = 0;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        bad |= json_array_append_new(list, json_string(versions[i]));
    }
    if (bad) {
        json_decref(list);
        return NULL;
    }
    return list;
}

// --- methods ---

static const char *agree(const char *asked) {
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        if (asked && strcmp(asked, versions[i]) == 0) {
            return versions[i];
        }
    }
    return versions[0];
}

static json_t *initialize(const struct request *request) {
    const char *asked = json_string_value(json_object_get(request->params, "protocolVersion"));
    if (!asked) {
        return error_json(request->id, INVALID_PARAMS, "initialize needs a protocolVersion");
    }
    request->mcp->version = agree(asked);
    return result_json(request, json_pack("{ss s{s{}} so ss}", "protocolVersion", request->mcp->version,
                                          "capabilities", "tools", "serverInfo", server_info(),
                                          "instructions", instructions));
}

static json_t *discover(const struct request *request) {
    return result_json(request,
                       json_pack("{so s{s{}} ss si ss}", "supportedVersions", versions_json(), "capabilities",
                                 "tools", "instructions", instructions, "ttlMs", 0, "cacheScope", "private"));
}

static json_t *ping(const struct request *request) {
    return result_json(request, json_object());
}

static bool is_structured(const struct request *request) {
    return strcmp(request->version, structured_since) >= 0;
}

static json_t *list_tools(const struct request *request) {
    json_t *list = gaz_mcp_tools(is_structured(request));
    return result_json(request, request->is_modern ? json_pack("{so si ss}", "tools", list, "ttlMs", 0,
                                                               "cacheScope", "private")
                                                   : json_pack("{so}", "tools", list));
}

// What went wrong is told to the assistant, which may ask better.
static json_t *failed_call(const struct request *request, const struct gaz_err *err) {
    return result_json(
        request, json_pack("{s[{ss ss}] sb}", "content", "type", "text", "text", err->message, "isError", 1));
}

static json_t *finished_call(const struct request *request, const struct gaz_buf *text) {
    json_t *result =
        json_pack("{s[{ss ss#}] sb}", "content", "type", "text", "text", text->data, text->len, "isError", 0);
    if (result && is_structured(request) &&
        json_object_set_new(result, "structuredContent", json_loadb(text->data, text->len, 0, NULL)) != 0) {
        json_decref(result);
        return NULL;
    }
    return result_json(request, result);
}

static json_t *call_tool(const struct request *request) {
    const char *name = json_string_value(json_object_get(request->params, "name"));
    json_t *arguments = json_object_get(request->params, "arguments");
    struct gaz_err err = {0};
    struct gaz_buf text = GAZ_BUF_INIT;
    if (!name || !gaz_mcp_has_tool(name)) {
        return error_json(request->id, INVALID_PARAMS, "tools/call needs the name of a tool");
    }
    if (arguments && !json_is_object(arguments)) {
        return error_json(request->id, INVALID_PARAMS, "arguments are no object");
    }
    enum gaz_status status = gaz_mcp_call(request->mcp, name, arguments, &text, &err);
    json_t *answer = status == GAZ_OK ? finished_call(request, &text) : failed_call(request, &err);
    gaz_buf_free(&text);
    return answer;
}

static const struct {
    const char *name;
    json_t *(*answer)(const struct request *request);
    bool wants_version; // has been agreed on or is said
} methods[] = {
    {"initialize", initialize, false}, {"server/discover", discover, true}, {"ping", ping, false},
    {"tools/list", list_tools, true},  {"tools/call", call_tool, true},
};

// --- requests ---

// Reads the version that a request says; the answer when there is something wrong with it, else NULL.
static json_t *read_version(struct request *request) {
    const json_t *meta = json_object_get(request->params, "_meta");
    const json_t *asked = json_object_get(meta, version_key);
    request->version = request->mcp->version;
    if (!asked) {
        return NULL;
    }
    if (!json_is_string(asked) || !json_is_object(json_object_get(meta, capabilities_key))) {
        return error_json(request->id, INVALID_PARAMS,
                          "_meta needs the protocol version and client capabilities");
    }
    if (strcmp(json_string_value(asked), modern_version) != 0) {
        return json_pack("{ss so s{si ss s{so sO}}}", "jsonrpc", "2.0", "id", json_deep_copy(request->id),
                         "error", "code", UNSUPPORTED_VERSION, "message", "Unsupported protocol version",
                         "data", "supported", versions_json(), "requested", asked);
    }
    request->version = modern_version;
    request->is_modern = true;
    return NULL;
}

static json_t *answer_request(struct request *request) {
    json_t *wrong = read_version(request);
    if (wrong) {
        return wrong;
    }
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, request->method) == 0) {
            return methods[i].wants_version && !request->version
                       ? error_json(request->id, INVALID_PARAMS,
                                    "no protocol version: initialize first, or say it in _meta")
                       : methods[i].answer(request);
        }
    }
    return error_json(request->id, UNKNOWN_METHOD, "no such method");
}

static bool is_response(const json_t *message) {
    return !json_object_get(message, "method") &&
           (json_object_get(message, "result") || json_object_get(message, "error"));
}

// Sets *OUT to the answer to one message, NULL when it wants none. False when memory is out.
static bool answer_message(struct gaz_mcp *mcp, const json_t *message, json_t **out) {
    const json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params");
    const char *method = json_string_value(json_object_get(message, "method"));
    const char *version = json_string_value(json_object_get(message, "jsonrpc"));
    bool has_id = json_is_string(id) || json_is_integer(id);
    *out = NULL;
    if (is_response(message)) {
        return true; // to a question that was never asked
    }
    if (!json_is_object(message) || !version || strcmp(version, "2.0") != 0 || !method || (id && !has_id)) {
        *out = error_json(has_id ? id : NULL, INVALID_REQUEST, "no JSON-RPC 2.0 request");
        return *out != NULL;
    }
    if (!id) {
        return true; // a notification: there is nothing to do, as answers are not interrupted
    }
    if (params && !json_is_object(params)) {
        *out = error_json(id, INVALID_PARAMS, "params are no object");
        return *out != NULL;
    }
    struct request request = {.mcp = mcp, .id = id, .method = method, .params = params};
    *out = answer_request(&request);
    return *out != NULL;
}

// JSON-RPC 2.0, 6: the answers of a batch are an array, or nothing when there are none.
static bool answer_batch(struct gaz_mcp *mcp, json_t *batch, json_t **out) {
    size_t i;
    json_t *message;
    if (json_array_size(batch) == 0 || json_array_size(batch) > GAZ_MCP_BATCH_MAX) {
        *out = error_json(NULL, INVALID_REQUEST, "a batch has 1 to 100 messages");
        return *out != NULL;
    }
    json_t *answers = json_array();
    bool good = answers != NULL;
    json_array_foreach(batch, i, message) {
        json_t *answer = NULL;
        good = good && answer_message(mcp, message, &answer);
        good = good && (!answer || json_array_append_new(answers, answer) == 0);
    }
    if (!good || json_array_size(answers) == 0) {
        json_decref(answers);
        answers = NULL;
    }
    *out = answers;
    return good;
}

enum gaz_status gaz_mcp_answer(struct gaz_mcp *mcp, const char *line, size_t len, struct gaz_buf *out,
                               struct gaz_err *err) {
    json_t *message = json_loadb(line, len, 0, NULL), *answer = NULL;
    bool good = !message                 ? (answer = error_json(NULL, PARSE_ERROR, "no JSON")) != NULL
                : json_is_array(message) ? answer_batch(mcp, message, &answer)
                                         : answer_message(mcp, message, &answer);
    json_decref(message);
    enum gaz_status status = good ? GAZ_OK : gaz_err_memory(err);
    if (status == GAZ_OK && answer) {
        status = gaz_record_print_json(answer, out, err);
        gaz_buf_addch(out, '\n');
    }
    json_decref(answer);
    return status == GAZ_OK ? gaz_buf_check(out, err) : status;
}

// --- the stream ---

static enum gaz_status send(struct gaz_buf *out, FILE *to, struct gaz_err *err) {
    errno = 0;
    bool sent = fwrite(out->data, 1, out->len, to) == out->len && fflush(to) == 0;
    gaz_buf_clear(out);
    return sent ? GAZ_OK : gaz_err_set(err, GAZ_ERR_IO, "cannot write the answers: %s", strerror(errno));
}

static bool is_blank(const struct gaz_buf *line) {
    return strspn(line->data, " \t\r") == line->len;
}

static enum gaz_status answer_line(struct gaz_mcp *mcp, const struct gaz_buf *line, struct gaz_buf *out,
                                   struct gaz_err *err) {
    if (line->status == GAZ_ERR_LIMIT) {
        gaz_buf_printf(out,
                       "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":%d,"
                       "\"message\":\"a message is longer than %d bytes\"}}\n",
                       INVALID_REQUEST, GAZ_MCP_LINE_MAX);
        return gaz_buf_check(out, err);
    }
    enum gaz_status status = gaz_buf_check(line, err);
    return status == GAZ_OK && !is_blank(line) ? gaz_mcp_answer(mcp, line->data, line->len, out, err)
                                               : status;
}

enum gaz_status gaz_mcp_serve(struct gaz_mcp *mcp, FILE *from, FILE *to, struct gaz_err *err) {
    struct gaz_buf line = GAZ_BUF_INIT, out = GAZ_BUF_INIT;
    enum gaz_status status = GAZ_OK;
    line.max = GAZ_MCP_LINE_MAX;
    while (status == GAZ_OK && gaz_buf_read_line(&line, from)) {
        status = answer_line(mcp, &line, &out, err);
        if (status == GAZ_OK) {
            status = send(&out, to, err);
        }
    }
    if (status == GAZ_OK && ferror(from)) {
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot read the questions: %s", strerror(errno));
    }
    gaz_buf_free(&line);
    gaz_buf_free(&out);
    return status;
}
