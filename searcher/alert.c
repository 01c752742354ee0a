// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/alert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/atom.h"
#include "shim/hash.h"
#include "shim/message.h"
#include "shim/terminal.h"

// What is kept under a name:
//   {"format_version":1, "options":[["unit","市教育局"],…], "query":null, "indexes":["/srv/archive.idx"],
//    "units":{"市教育局":["云港市教育局",…]}, "known":{"yungang-2024-03/2":"0123456789abcdef",…}}
enum { FORMAT_VERSION = 1, FINGERPRINT = 16 };

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// --- the question ---

// What goes only with this run, and what answers with the same for ever or with no hits.
static bool is_for_once(enum gaz_option option) {
    return option == GAZ_OPTION_FORMAT || option == GAZ_OPTION_BOM || option == GAZ_OPTION_EXPLAIN ||
           option == GAZ_OPTION_FACETS || option == GAZ_OPTION_SORT;
}

static bool is_no_alert(enum gaz_option option) {
    return option == GAZ_OPTION_KWIC || option == GAZ_OPTION_EXTRACT || option == GAZ_OPTION_AFTER ||
           option == GAZ_OPTION_SHOW || option == GAZ_OPTION_CONTEXT || option == GAZ_OPTION_CITED_BY ||
           option == GAZ_OPTION_LIMIT || option == GAZ_OPTION_OFFSET;
}

enum gaz_status gaz_alert_note_option(json_t *options, enum gaz_option option, const char *value,
                                      struct gaz_err *err) {
    const char *name = gaz_options[option].name;
    if (is_no_alert(option)) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "--%s makes no answer that something new comes into: leave it out", name);
    }
    if (is_for_once(option)) {
        return GAZ_OK;
    }
    json_t *pair = json_pack("[ss?]", name, value);
    return json_array_append_new(options, pair) == 0 ? GAZ_OK : gaz_err_memory(err);
}

static enum gaz_status set_saved_option(struct gaz_question *question, const json_t *pair,
                                        struct gaz_err *err) {
    const char *name = json_string_value(json_array_get(pair, 0));
    for (enum gaz_option option = 0; name && option < GAZ_OPTION_COUNT; option++) {
        if (strcmp(gaz_options[option].name, name) == 0 && gaz_question_takes(option)) {
            return gaz_question_set(question, option, json_string_value(json_array_get(pair, 1)), err);
        }
    }
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "it has an option that this program does not know: %s",
                       name ? name : "");
}

// The question of ALERT: all hits, each with the excerpts that were asked for.
static enum gaz_status read_question(const json_t *alert, struct gaz_question *question,
                                     struct gaz_err *err) {
    size_t i;
    json_t *pair;
    enum gaz_status status = GAZ_OK;
    *question = (struct gaz_question){.renderer = &gaz_render_ndjson};
    json_array_foreach(json_object_get(alert, "options"), i, pair) {
        status = status == GAZ_OK ? set_saved_option(question, pair, err) : status;
    }
    if (status == GAZ_OK) {
        status = gaz_question_complete(question, json_string_value(json_object_get(alert, "query")), err);
    }
    question->request.limit = 0;
    return status;
}

// --- units ---

// The units of ALERT with the keys they are bound to, in ARENA.
static enum gaz_status bind_units(const json_t *alert, struct gaz_arena *arena, struct gaz_archive *archive,
                                  struct gaz_err *err) {
    json_t *units = json_object_get(alert, "units"), *keys, *key;
    const char *name;
    size_t i, count = 0;
    struct gaz_bound_unit *bound = gaz_arena_alloc(arena, (json_object_size(units) + 1) * sizeof *bound);
    enum gaz_status status = bound ? GAZ_OK : gaz_err_memory(err);
    json_object_foreach(units, name, keys) {
        if (status != GAZ_OK) {
            break;
        }
        bound[count].name = name;
        json_array_foreach(keys, i, key) {
            const char *text = json_string_value(key);
            if (status == GAZ_OK && text) {
                status = gaz_strings_add_once(&bound[count].keys, arena, text, strlen(text), err);
            }
        }
        count++;
    }
    archive->bound = bound;
    archive->bound_count = status == GAZ_OK ? count : 0;
    return status;
}

// Notes the keys of a unit, those bound before among them.
static enum gaz_status note_unit(const struct gaz_archive *archive, const char *name, struct gaz_arena *arena,
                                 json_t *units, struct gaz_err *err) {
    struct gaz_strings keys = {0};
    json_t *list = json_array();
    enum gaz_status status = gaz_archive_unit_keys(archive, name, strlen(name), arena, &keys, err);
    int bad = !list;
    for (size_t i = 0; i < keys.count && status == GAZ_OK; i++) {
        bad |= json_array_append_new(list, json_string(keys.items[i]));
    }
    if (status != GAZ_OK || bad) {
        json_decref(list);
        return status != GAZ_OK ? status : gaz_err_memory(err);
    }
    return json_object_set_new(units, name, list) == 0 ? GAZ_OK : gaz_err_memory(err);
}

static enum gaz_status note_units(const struct gaz_answer *answer, json_t *alert, struct gaz_err *err) {
    json_t *units = json_object_get(alert, "units");
    enum gaz_status status = GAZ_OK;
    for (size_t i = 0; i < answer->readings.count && status == GAZ_OK; i++) {
        const struct gaz_reading *reading = &answer->readings.items[i];
        if (reading->kind == GAZ_READING_UNIT) {
            status = note_unit(answer->archive, reading->text, answer->arena, units, err);
        }
    }
    return status;
}

// --- what is known ---

// What HIT is known by besides its id: its text, and the document it belongs to.
static void fingerprint(const struct gaz_hit *hit, char out[FINGERPRINT + 1]) {
    struct gaz_hash hash;
    char hex[GAZ_HASH_HEX];
    const char *parts[] = {text_of(hit->record, "text"),
                           text_of(json_object_get(hit->document, "number"), "key"),
                           text_of(hit->document, "title"), hit->listed ? hit->listed->key : ""};
    gaz_hash_begin(&hash);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        gaz_hash_add(&hash, parts[i], strlen(parts[i]) + 1);
    }
    gaz_hash_end(&hash, hex);
    memcpy(out, hex, FINGERPRINT);
    out[FINGERPRINT] = '\0';
}

// One question while it is asked.
struct asking {
    const char *name;
    json_t *alert;
    json_t *told; // set of the fingerprints that are known
    const struct gaz_answer *answer;
    size_t count;                        // hits that are new
    const struct gaz_alert_check *check; // NULL: nothing is printed
    struct gaz_buf out;
};

static enum gaz_status gather_told(struct asking *asking, struct gaz_err *err) {
    const char *id;
    json_t *print;
    int bad = 0;
    json_object_foreach(json_object_get(asking->alert, "known"), id, print) {
        const char *text = json_string_value(print);
        bad |= text && json_object_set_new(asking->told, text, json_true()) != 0;
    }
    return bad ? gaz_err_memory(err) : GAZ_OK;
}

static enum gaz_status print_hit(struct asking *asking, const struct gaz_hit *hit, struct gaz_err *err);

// Takes a hit: what is known neither by its id nor by what it says is new.
static enum gaz_status take_hit(void *context, const struct gaz_hit *hit, struct gaz_err *err) {
    struct asking *asking = context;
    json_t *known = json_object_get(asking->alert, "known");
    const char *id = text_of(hit->record, "id");
    char print[FINGERPRINT + 1];
    fingerprint(hit, print);
    id = *id || !hit->listed ? id : hit->listed->key;
    bool is_new = !json_object_get(known, id) && !json_object_get(asking->told, print);
    if (json_object_set_new(known, id, json_string(print)) != 0 ||
        json_object_set_new(asking->told, print, json_true()) != 0) {
        return gaz_err_memory(err);
    }
    asking->count += is_new;
    return is_new && asking->check ? print_hit(asking, hit, err) : GAZ_OK;
}

// --- printing ---

static enum gaz_status print_json(const struct asking *asking, const struct gaz_hit *hit, struct gaz_buf *out,
                                  struct gaz_err *err) {
    json_t *json = gaz_hit_to_json(hit);
    if (!json || json_object_set_new(json, "alert", json_string(asking->name)) != 0) {
        json_decref(json);
        return gaz_err_memory(err);
    }
    enum gaz_status status = gaz_record_print_json(json, out, err);
    json_decref(json);
    gaz_buf_addch(out, '\n');
    return status;
}

static enum gaz_status print_hit(struct asking *asking, const struct gaz_hit *hit, struct gaz_err *err) {
    const struct gaz_alert_check *check = asking->check;
    struct gaz_hit numbered = *hit;
    numbered.rank = asking->count;
    if (check->renderer == &gaz_render_atom) {
        gaz_atom_entry(&asking->out, hit, asking->name, check->how.links);
        return gaz_buf_check(&asking->out, err);
    }
    if (check->renderer == &gaz_render_ndjson) {
        return print_json(asking, &numbered, &asking->out, err);
    }
    return check->renderer->hit(asking->answer, &numbered, &check->how, &asking->out, err);
}

static enum gaz_status send(const struct gaz_alert_check *check, const struct gaz_buf *text,
                            struct gaz_err *err) {
    errno = 0;
    if (fwrite(text->data, 1, text->len, check->to) != text->len || fflush(check->to) != 0) {
        return gaz_err_set(err, GAZ_ERR_IO, "cannot write the answer: %s", strerror(errno));
    }
    return GAZ_OK;
}

static void put_heading(const struct asking *asking, struct gaz_buf *out) {
    bool colour = asking->check->how.colour;
    gaz_buf_printf(out, "%s%s%s  ", colour ? "\033[1;7m" : "", asking->name, colour ? "\033[0m" : "");
    gaz_buf_printf(out, _("新到 %zu 条"), asking->count);
    gaz_buf_addstr(out, "\n\n");
}

// Sends what is new of one question, under its name where people read.
static enum gaz_status send_news(const struct asking *asking, struct gaz_err *err) {
    struct gaz_buf text = GAZ_BUF_INIT;
    if (asking->count == 0) {
        return GAZ_OK;
    }
    if (asking->check->renderer == &gaz_render_text) {
        put_heading(asking, &text);
    }
    gaz_buf_add(&text, asking->out.data, asking->out.len);
    enum gaz_status status = gaz_buf_check(&text, err);
    if (status == GAZ_OK) {
        status = send(asking->check, &text, err);
    }
    gaz_buf_free(&text);
    return status;
}

// --- asking ---

static enum gaz_status ask_archive(struct asking *asking, struct gaz_archive *archive,
                                   const struct gaz_request *request, struct gaz_err *err) {
    struct gaz_answer answer;
    enum gaz_status status = gather_told(asking, err);
    if (status == GAZ_OK) {
        status = bind_units(asking->alert, archive->arena, archive, err);
    }
    if (status != GAZ_OK) {
        return status;
    }
    status = gaz_search(archive, request, &answer, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = note_units(&answer, asking->alert, err);
    asking->answer = &answer;
    if (status == GAZ_OK && !answer.relaxed) { // what is only near is no news
        status = gaz_answer_each(&answer, take_hit, asking, err);
    }
    asking->answer = NULL;
    gaz_answer_free(&answer);
    return status;
}

static enum gaz_status ask(struct asking *asking, const char *const *indexes, size_t index_count,
                           struct gaz_err *err) {
    struct gaz_question question;
    struct gaz_archive archive;
    enum gaz_status status = read_question(asking->alert, &question, err);
    if (status == GAZ_OK) {
        status = gaz_archive_open(indexes, index_count, &archive, err);
    }
    if (status != GAZ_OK) {
        return status;
    }
    asking->told = json_object();
    status = asking->told ? ask_archive(asking, &archive, &question.request, err) : gaz_err_memory(err);
    json_decref(asking->told);
    gaz_archive_close(&archive);
    return status;
}

// --- saving ---

// Where an index is from wherever one stands; as it was named when it is nowhere (a remote one).
static json_t *index_json(const char *index) {
    char *path = canonicalize_file_name(index);
    json_t *json = json_string(path ? path : index);
    free(path);
    return json;
}

static json_t *alert_json(const struct gaz_alert_question *question) {
    json_t *indexes = json_array();
    int bad = 0;
    for (size_t i = 0; i < question->index_count; i++) {
        bad |= json_array_append_new(indexes, index_json(question->indexes[i]));
    }
    if (bad) {
        json_decref(indexes);
        return NULL;
    }
    return json_pack("{si sO ss? so s{} s{}}", "format_version", FORMAT_VERSION, "options", question->options,
                     "query", question->query, "indexes", indexes, "units", "known");
}

static enum gaz_status check_is_free(const struct gaz_alert_store *store, const char *name,
                                     struct gaz_err *err) {
    struct gaz_err why = {0};
    json_t *there = NULL;
    enum gaz_status status = gaz_alert_store_read(store, name, &there, &why);
    json_decref(there);
    if (status == GAZ_ERR_NOT_FOUND) {
        return GAZ_OK;
    }
    return status == GAZ_OK ? gaz_err_set(err, GAZ_ERR_ARGUMENT,
                                          "a question is saved as %s already: --forget that one first", name)
                            : gaz_err_set(err, status, "%s", why.message);
}

static enum gaz_status save(const struct gaz_alert_store *store, const struct gaz_alert_question *question,
                            size_t *known, struct gaz_err *err) {
    struct asking asking = {.name = question->name, .alert = alert_json(question), .out = GAZ_BUF_INIT};
    enum gaz_status status =
        asking.alert ? ask(&asking, question->indexes, question->index_count, err) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = gaz_alert_store_write(store, question->name, asking.alert, err);
    }
    *known = asking.count;
    json_decref(asking.alert);
    return status;
}

enum gaz_status gaz_alert_save(const struct gaz_alert_question *question, size_t *known,
                               struct gaz_err *err) {
    struct gaz_alert_store store;
    enum gaz_status status = gaz_alert_store_open(&store, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = check_is_free(&store, question->name, err);
    if (status == GAZ_OK) {
        status = save(&store, question, known, err);
    }
    gaz_alert_store_close(&store);
    return status;
}

// --- asking again ---

// The indexes that ALERT was saved with, in ARENA.
static enum gaz_status saved_indexes(const json_t *alert, struct gaz_arena *arena, struct gaz_strings *out,
                                     struct gaz_err *err) {
    size_t i;
    json_t *index;
    enum gaz_status status = GAZ_OK;
    json_array_foreach(json_object_get(alert, "indexes"), i, index) {
        const char *text = json_string_value(index);
        if (status == GAZ_OK && text) {
            status = gaz_strings_add_once(out, arena, text, strlen(text), err);
        }
    }
    return status;
}

static enum gaz_status ask_again(struct asking *asking, struct gaz_err *err) {
    const struct gaz_alert_check *check = asking->check;
    struct gaz_strings saved = {0};
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status = arena ? saved_indexes(asking->alert, arena, &saved, err) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = check->index_count > 0 ? ask(asking, check->indexes, check->index_count, err)
                                        : ask(asking, saved.items, saved.count, err);
    }
    gaz_arena_free(arena);
    return status;
}

static enum gaz_status check_one(const struct gaz_alert_store *store, const char *name,
                                 const struct gaz_alert_check *check, size_t *news, struct gaz_err *err) {
    struct asking asking = {.name = name, .check = check, .out = GAZ_BUF_INIT};
    enum gaz_status status = gaz_alert_store_read(store, name, &asking.alert, err);
    if (status == GAZ_OK) {
        status = ask_again(&asking, err);
    }
    if (status == GAZ_OK) {
        status = send_news(&asking, err);
    }
    if (status == GAZ_OK) {
        status = gaz_alert_store_write(store, name, asking.alert, err);
        *news += asking.count;
    }
    json_decref(asking.alert);
    gaz_buf_free(&asking.out);
    return status;
}

// One that fails is reported and leaves the others their turn; not so when nobody reads any more.
static enum gaz_status check_all(const struct gaz_alert_store *store, const struct gaz_alert_check *check,
                                 struct gaz_arena *arena, size_t *news, struct gaz_err *err) {
    struct gaz_strings names;
    enum gaz_status last = GAZ_OK, status = gaz_alert_store_names(store, arena, &names, err);
    for (size_t i = 0; i < names.count && status == GAZ_OK; i++) {
        struct gaz_err own = {0}, named = {0};
        status = check_one(store, names.items[i], check, news, &own);
        if (status == GAZ_OK || ferror(check->to)) {
            gaz_err_set(err, status, "%s", own.message);
            continue;
        }
        gaz_err_set(&named, status, "%s: %s", names.items[i], own.message);
        check->report(&named);
        last = status;
        status = GAZ_OK;
    }
    return status == GAZ_OK ? last : status;
}

static enum gaz_status send_frame(const struct gaz_alert_check *check, bool is_begin, struct gaz_err *err) {
    struct gaz_buf text = GAZ_BUF_INIT;
    if (check->renderer == &gaz_render_atom && is_begin) {
        gaz_atom_begin(&text, "alerts", _("新到的公报文件"));
    } else if (check->renderer == &gaz_render_atom) {
        gaz_atom_end(&text);
    }
    enum gaz_status status = gaz_buf_check(&text, err);
    if (status == GAZ_OK) {
        status = send(check, &text, err);
    }
    gaz_buf_free(&text);
    return status;
}

static enum gaz_status run(const struct gaz_alert_store *store, const struct gaz_alert_check *check,
                           size_t *news, struct gaz_err *err) {
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status = arena ? send_frame(check, true, err) : gaz_err_memory(err);
    if (status == GAZ_OK) {
        status = check->name ? check_one(store, check->name, check, news, err)
                             : check_all(store, check, arena, news, err);
    }
    if (!ferror(check->to)) {
        enum gaz_status ended = send_frame(check, false, err); // a feed is whole, whatever went wrong
        status = status == GAZ_OK ? ended : status;
    }
    gaz_arena_free(arena);
    return status;
}

enum gaz_status gaz_alert_run(const struct gaz_alert_check *check, size_t *news, struct gaz_err *err) {
    struct gaz_alert_store store;
    *news = 0;
    if (check->renderer != &gaz_render_text && check->renderer != &gaz_render_ndjson &&
        check->renderer != &gaz_render_atom) {
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--format %s: alerts are text, ndjson or atom",
                           check->renderer->name);
    }
    enum gaz_status status = gaz_alert_store_open(&store, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = run(&store, check, news, err);
    gaz_alert_store_close(&store);
    return status;
}

// --- the list ---

// The question as it would be typed.
static void print_question(const json_t *alert, FILE *to) {
    const char *query = json_string_value(json_object_get(alert, "query")), *before = "";
    size_t i;
    json_t *pair;
    json_array_foreach(json_object_get(alert, "options"), i, pair) {
        const char *name = json_string_value(json_array_get(pair, 0));
        const char *value = json_string_value(json_array_get(pair, 1));
        fprintf(to, "%s--%s%s", before, name ? name : "", value ? " " : "");
        gaz_terminal_print(to, value ? value : "");
        before = " ";
    }
    if (query) {
        fputs(before, to);
        gaz_terminal_print(to, query);
    }
}

static enum gaz_status list_one(const struct gaz_alert_store *store, const char *name, FILE *to,
                                struct gaz_err *err) {
    json_t *alert = NULL;
    enum gaz_status status = gaz_alert_store_read(store, name, &alert, err);
    if (status == GAZ_OK) {
        fprintf(to, "%s\t%zu\t", name, json_object_size(json_object_get(alert, "known")));
        print_question(alert, to);
        putc('\n', to);
    }
    json_decref(alert);
    return status;
}

static enum gaz_status list(const struct gaz_alert_store *store, FILE *to, struct gaz_err *err) {
    struct gaz_strings names = {0};
    struct gaz_arena *arena = gaz_arena_new();
    enum gaz_status status = arena ? gaz_alert_store_names(store, arena, &names, err) : gaz_err_memory(err);
    for (size_t i = 0; i < names.count && status == GAZ_OK; i++) {
        status = list_one(store, names.items[i], to, err);
    }
    gaz_arena_free(arena);
    errno = 0;
    if (status == GAZ_OK && (fflush(to) != 0 || ferror(to))) {
        status = gaz_err_set(err, GAZ_ERR_IO, "cannot write the answer: %s", strerror(errno));
    }
    return status;
}

enum gaz_status gaz_alert_list(FILE *to, struct gaz_err *err) {
    struct gaz_alert_store store;
    enum gaz_status status = gaz_alert_store_open(&store, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = list(&store, to, err);
    gaz_alert_store_close(&store);
    return status;
}

enum gaz_status gaz_alert_forget(const char *name, struct gaz_err *err) {
    struct gaz_alert_store store;
    enum gaz_status status = gaz_alert_store_open(&store, err);
    if (status != GAZ_OK) {
        return status;
    }
    status = gaz_alert_store_remove(&store, name, err);
    gaz_alert_store_close(&store);
    return status;
}
