// SPDX-License-Identifier: GPL-2.0-or-later
//
// The description of the API (OpenAPI 3.0.3), made from the options of gazette-search, which it takes.
#include <string.h>

#include "searcher/web/page.h"

static json_t *text_schema(const char *type) {
    return json_pack("{s{ss}}", "schema", "type", type);
}

// What kind of value an option takes is said by the name of its argument.
static const char *type_of(const struct gaz_cli_option *option) {
    if (!option->argument) {
        return "boolean";
    }
    return strcmp(option->argument, "N") == 0 || strcmp(option->argument, "[=N]") == 0 ? "integer" : "string";
}

static json_t *parameter(const char *name, const char *help, const char *type) {
    json_t *json = json_pack("{ss ss ss}", "name", name, "in", "query", "description", help);
    json_t *schema = text_schema(type);
    int bad = json_object_update(json, schema);
    json_decref(schema);
    if (bad) {
        json_decref(json);
        return NULL;
    }
    return json;
}

static json_t *parameters(void) {
    json_t *list = json_array();
    int bad = json_array_append_new(
        list, parameter("q", "a query that is read: numbers, units, dates, issues and words are recognised",
                        "string"));
    for (int option = 0; option < GAZ_OPTION_COUNT; option++) {
        if (gaz_question_takes((enum gaz_option)option)) {
            const struct gaz_cli_option *of = &gaz_options[option];
            bad |= json_array_append_new(list, parameter(of->name, of->help, type_of(of)));
        }
    }
    if (bad) {
        json_decref(list);
        return NULL;
    }
    return list;
}

static json_t *reference(const char *name) {
    return json_pack("{ss+}", "$ref", "#/components/schemas/", name);
}

static json_t *content(const char *type, json_t *schema) {
    return json_pack("{s{so}}", type, "schema", schema);
}

static json_t *response(const char *description, const char *type, json_t *schema) {
    return json_pack("{ss so}", "description", description, "content", content(type, schema));
}

static json_t *failure(const char *description) {
    return response(description, "application/json", reference("Error"));
}

static json_t *search_path(void) {
    return json_pack(
        "{s{ss so s{so so so so}}}", "get", "summary",
        "Ask a question; the parameters are the options of gazette-search, the answer what it prints",
        "parameters", parameters(), "responses", "200",
        response("the answer, in the format asked for (json unless said otherwise)", "application/json",
                 reference("Answer")),
        "400", failure("the question makes no sense"), "414", failure("the question is too long"), "503",
        failure("the index cannot be read now"));
}

static json_t *plain_path(const char *summary, const char *type) {
    return json_pack("{s{ss s{so}}}", "get", "summary", summary, "responses", "200",
                     response("it", type, json_pack("{ss}", "type", "string")));
}

static json_t *array_of(const char *name) {
    return json_pack("{ss so}", "type", "array", "items", reference(name));
}

static json_t *answer_schema(void) {
    return json_pack("{ss s{s{ss} so s{ss s[ssss]} s{ss s[ss]} s{ss} so s{ss} s{ss} s{ss}}}", "type",
                     "object", "properties", "format_version", "type", "integer", "query", reference("Query"),
                     "state", "type", "string", "enum", "found", "several", "cited_only", "not_found",
                     "match", "type", "string", "enum", "exact", "relaxed", "total", "type", "integer",
                     "hits", array_of("Hit"), "cited_by", "type", "array", "missing", "type", "array",
                     "facets", "type", "object");
}

static json_t *object_schema(const char *description) {
    return json_pack("{ss ss}", "type", "object", "description", description);
}

static json_t *schemas(void) {
    return json_pack(
        "{so so so so}", "Answer", answer_schema(), "Query",
        object_schema("input, mode and reading: what was asked, and how it was understood"), "Hit",
        object_schema(
            "rank, score, id, address, level, record, document, excerpts, matches; see gazette-search(1)"),
        "Error", json_pack("{ss s{s{ss}}}", "type", "object", "properties", "error", "type", "object"));
}

static json_t *description(void) {
    json_t *paths =
        json_pack("{so so so so so}", "/api/search", search_path(), "/feed",
                  plain_path("The same question as an Atom feed", "application/atom+xml"), "/healthz",
                  plain_path("Whether the index can be read", "application/json"), "/opensearch.xml",
                  plain_path("For browsers", "application/opensearchdescription+xml"), "/openapi.json",
                  plain_path("This description", "application/json"));
    return json_pack("{ss s{ss ss s{ss}} so s{so}}", "openapi", "3.0.3", "info", "title", "gazette-web",
                     "version", GAZ_VERSION, "license", "name", "GPL-2.0-or-later", "paths", paths,
                     "components", "schemas", schemas());
}

enum gaz_status gaz_api_openapi(struct gaz_page *page, struct gaz_err *err) {
    json_t *json = description();
    if (!json) {
        return gaz_err_memory(err);
    }
    enum gaz_status status = gaz_record_print_json(json, page->out, err);
    json_decref(json);
    gaz_buf_addch(page->out, '\n');
    return status == GAZ_OK ? gaz_page_is(page, 200, "application/json", err) : status;
}
