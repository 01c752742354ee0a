// SPDX-License-Identifier: GPL-2.0-or-later
//
// The tools: each takes some of the options of gazette-search, under their names, and answers as
// --format json does.
#include <string.h>

#include "searcher/mcp.h"
#include "searcher/question.h"

enum kind { TEXT, COUNT, FLAG };

struct parameter {
    enum gaz_option option;
    enum kind kind;
};

struct tool {
    const char *name, *title, *description;
    bool has_query;   // takes a query that is read
    bool needs_first; // the first of its parameters is not optional
    const struct parameter *parameters;
    size_t parameter_count;
};

// Shared by the tools that list something.
#define PAGING                                                                                               \
    {GAZ_OPTION_LIMIT, COUNT}, {                                                                             \
        GAZ_OPTION_OFFSET, COUNT                                                                             \
    }

static const struct parameter search_parameters[] = {
    {GAZ_OPTION_UNIT, TEXT},    {GAZ_OPTION_ROLE, TEXT},
    {GAZ_OPTION_KEYWORD, TEXT}, {GAZ_OPTION_CALENDAR, TEXT},
    {GAZ_OPTION_SERIES, TEXT},  {GAZ_OPTION_GAPS, FLAG},
    {GAZ_OPTION_EXACT, FLAG},   {GAZ_OPTION_WITHIN, TEXT},
    {GAZ_OPTION_LEVEL, TEXT},   {GAZ_OPTION_ISSUER, TEXT},
    {GAZ_OPTION_KIND, TEXT},    {GAZ_OPTION_CLASS, TEXT},
    {GAZ_OPTION_SECTION, TEXT}, {GAZ_OPTION_ISSUE, TEXT},
    {GAZ_OPTION_SINCE, TEXT},   {GAZ_OPTION_UNTIL, TEXT},
    {GAZ_OPTION_SORT, TEXT},    {GAZ_OPTION_EXCERPTS, COUNT},
    {GAZ_OPTION_FACETS, FLAG},  PAGING,
};
static const struct parameter number_parameters[] = {{GAZ_OPTION_NUMBER, TEXT}, PAGING};
static const struct parameter show_parameters[] = {
    {GAZ_OPTION_SHOW, TEXT}, {GAZ_OPTION_CONTEXT, COUNT}, PAGING};
static const struct parameter cites_parameters[] = {
    {GAZ_OPTION_CITES, TEXT}, {GAZ_OPTION_CITED_BY, TEXT}, {GAZ_OPTION_CITED_NOT_HELD, FLAG}, PAGING};

#define PARAMETERS(list) list, sizeof list / sizeof list[0]

static const struct tool tools[] = {
    {"search", "检索公报",
     "Searches the archive of Chinese government gazettes. `query` may hold document numbers, units, dates, "
     "issues and words in Chinese; a run of Chinese is a phrase and is found wherever it stands. Gives "
     "documents with the places that match, each with its address, page and sentence. At most one of query, "
     "unit, keyword, calendar and series.",
     true, false, PARAMETERS(search_parameters)},
    {"number", "按文号查文件",
     "Finds the document with a number such as 国办发〔2023〕5号, in any spelling, and who cites it. The "
     "state "
     "cited_only means that the archive does not hold it, but something that cites it.",
     false, true, PARAMETERS(number_parameters)},
    {"show", "取原文",
     "Gives the whole text at an address or id that another tool has named: a document (云政发〔2024〕8号), "
     "a "
     "clause of it (云政发〔2024〕8号 二（一）), a range of clauses (三（二）5-8) or a row of a table.",
     false, true, PARAMETERS(show_parameters)},
    {"cites", "引用关系",
     "Follows citations: what cites a number or 《title》, what the document with a number cites, or the "
     "numbers that are cited but not held. Exactly one of cites, cited-by and cited-not-held.",
     false, false, PARAMETERS(cites_parameters)},
};

static const struct tool *find_tool(const char *name) {
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        if (strcmp(tools[i].name, name) == 0) {
            return &tools[i];
        }
    }
    return NULL;
}

bool gaz_mcp_has_tool(const char *name) {
    return find_tool(name) != NULL;
}

// --- descriptions ---

// Appends the help of an option, which names others as they are typed: here they have no dashes.
static void add_help(enum gaz_option option, struct gaz_buf *out) {
    const char *help = gaz_options[option].help;
    for (const char *dashes; (dashes = strstr(help, "--")); help = dashes + 2) {
        gaz_buf_add(out, help, (size_t)(dashes - help));
    }
    gaz_buf_addstr(out, help);
}

static json_t *parameter_schema(const struct parameter *parameter) {
    static const char *const types[] = {[TEXT] = "string", [COUNT] = "integer", [FLAG] = "boolean"};
    struct gaz_buf help = GAZ_BUF_INIT;
    add_help(parameter->option, &help);
    json_t *schema = help.status == GAZ_OK
                         ? json_pack("{ss ss}", "type", types[parameter->kind], "description", help.data)
                         : NULL;
    gaz_buf_free(&help);
    if (schema && parameter->kind == COUNT && json_object_set_new(schema, "minimum", json_integer(0)) != 0) {
        json_decref(schema);
        return NULL;
    }
    return schema;
}

static json_t *input_schema(const struct tool *tool) {
    json_t *properties = json_object();
    int bad = 0;
    if (tool->has_query) {
        bad |= json_object_set_new(properties, "query",
                                   json_pack("{ss ss}", "type", "string", "description",
                                             "what to look for, as a person would type it"));
    }
    for (size_t i = 0; i < tool->parameter_count; i++) {
        const struct parameter *parameter = &tool->parameters[i];
        bad |=
            json_object_set_new(properties, gaz_options[parameter->option].name, parameter_schema(parameter));
    }
    if (bad) {
        json_decref(properties);
        return NULL;
    }
    json_t *required =
        tool->needs_first ? json_pack("[s]", gaz_options[tool->parameters[0].option].name) : json_array();
    return json_pack("{ss so so sb}", "type", "object", "properties", properties, "required", required,
                     "additionalProperties", 0);
}

// What every answer has; the rest is described in gazette-search(1).
static json_t *output_schema(void) {
    return json_pack("{ss s{s{ss} s{ss} s{ss s[ssss]} s{ss s[ss]} s{ss} s{ss s{ss}} s{ss s{ss}}} s[sssss]}",
                     "type", "object", "properties", "format_version", "type", "integer", "query", "type",
                     "object", "state", "type", "string", "enum", "found", "several", "cited_only",
                     "not_found", "match", "type", "string", "enum", "exact", "relaxed", "total", "type",
                     "integer", "hits", "type", "array", "items", "type", "object", "cited_by", "type",
                     "array", "items", "type", "object", "required", "format_version", "query", "state",
                     "total", "hits");
}

static json_t *tool_json(const struct tool *tool, bool with_output) {
    json_t *json = json_pack("{ss ss ss so s{sb sb sb}}", "name", tool->name, "title", tool->title,
                             "description", tool->description, "inputSchema", input_schema(tool),
                             "annotations", "readOnlyHint", 1, "idempotentHint", 1, "openWorldHint", 0);
    if (with_output && json_object_set_new(json, "outputSchema", output_schema()) != 0) {
        json_decref(json);
        return NULL;
    }
    return json;
}

json_t *gaz_mcp_tools(bool with_output) {
    json_t *list = json_array();
    int bad = 0;
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        bad |= json_array_append_new(list, tool_json(&tools[i], with_output));
    }
    if (bad) {
        json_decref(list);
        return NULL;
    }
    return list;
}

// --- calls ---

// A call while its arguments become a question.
struct call {
    const struct tool *tool;
    struct gaz_question question;
    const char *query;
    struct gaz_arena *arena; // of numbers as text
    struct gaz_err *err;
};

static enum gaz_status wrong_type(const struct call *call, const char *key, const char *wanted) {
    return gaz_err_set(call->err, GAZ_ERR_ARGUMENT,
                       "%s: the argument is no %s: see the schema of the tool %s", key, wanted,
                       call->tool->name);
}

static enum gaz_status set_count(struct call *call, enum gaz_option option, const json_t *value) {
    char digits[32];
    if (!json_is_integer(value)) {
        return wrong_type(call, gaz_options[option].name, "integer");
    }
    int len = snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    const char *text = gaz_arena_strndup(call->arena, digits, (size_t)len);
    return text ? gaz_question_set(&call->question, option, text, call->err) : gaz_err_memory(call->err);
}

static enum gaz_status set_parameter(struct call *call, const struct parameter *parameter,
                                     const json_t *value) {
    const char *name = gaz_options[parameter->option].name;
    if (parameter->kind == COUNT) {
        return set_count(call, parameter->option, value);
    }
    if (parameter->kind == FLAG) {
        return !json_is_boolean(value) ? wrong_type(call, name, "boolean")
               : json_is_true(value)   ? gaz_question_set(&call->question, parameter->option, NULL, call->err)
                                       : GAZ_OK;
    }
    return json_is_string(value)
               ? gaz_question_set(&call->question, parameter->option, json_string_value(value), call->err)
               : wrong_type(call, name, "string");
}

static enum gaz_status set_argument(struct call *call, const char *key, const json_t *value) {
    if (call->tool->has_query && strcmp(key, "query") == 0) {
        call->query = json_string_value(value);
        return call->query ? GAZ_OK : wrong_type(call, key, "string");
    }
    for (size_t i = 0; i < call->tool->parameter_count; i++) {
        const struct parameter *parameter = &call->tool->parameters[i];
        if (strcmp(gaz_options[parameter->option].name, key) == 0) {
            return set_parameter(call, parameter, value);
        }
    }
    return gaz_err_set(call->err, GAZ_ERR_ARGUMENT, "%s: the tool %s has no such argument: see its schema",
                       key, call->tool->name);
}

// Sets the question from ARGUMENTS, with no more hits than an assistant can read.
static enum gaz_status ask(struct call *call, json_t *arguments) {
    const char *key;
    json_t *value;
    json_object_foreach(arguments, key, value) {
        enum gaz_status status = set_argument(call, key, value);
        if (status != GAZ_OK) {
            return status;
        }
    }
    if (!call->tool->has_query && !call->question.mode_given) {
        return gaz_err_set(call->err, GAZ_ERR_ARGUMENT, "the tool %s needs the argument %s", call->tool->name,
                           gaz_options[call->tool->parameters[0].option].name);
    }
    enum gaz_status status = gaz_question_complete(&call->question, call->query, call->err);
    size_t *limit = &call->question.request.limit;
    *limit = *limit == 0 || *limit > GAZ_MCP_HITS_MAX ? GAZ_MCP_HITS_MAX : *limit;
    return status;
}

// Appends the answer, printed as JSON, to TEXT.
static enum gaz_status answer(const struct gaz_mcp *mcp, const struct gaz_request *request,
                              struct gaz_buf *text, struct gaz_err *err) {
    static const struct gaz_render_options plain = {0};
    struct gaz_archive archive;
    struct gaz_answer result;
    enum gaz_status status = gaz_archive_open(mcp->indexes, mcp->index_count, &archive, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = gaz_search(&archive, request, &result, err);
    if (status == GAZ_OK) {
        status = gaz_render_whole(&gaz_render_json, &result, &plain, text, err);
        gaz_answer_free(&result);
    }
    gaz_archive_close(&archive);
    return status;
}

enum gaz_status gaz_mcp_call(const struct gaz_mcp *mcp, const char *name, json_t *arguments,
                             struct gaz_buf *out, struct gaz_err *err) {
    struct call call = {
        .tool = find_tool(name), .question.renderer = &gaz_render_json, .arena = gaz_arena_new(), .err = err};
    enum gaz_status status = call.arena ? ask(&call, arguments) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = answer(mcp, &call.question.request, out, err);
    }
    gaz_arena_free(call.arena);
    return status;
}
