// SPDX-License-Identifier: GPL-2.0-or-later
//
// proof WHAT INDEX DUMP SIZE [SEED]: proves one promise on the archive INDEX, of whose issues DUMP has the
// records as gazette-index --dump prints them. Exit status 1 when an answer is wrong.
#include "tests/scale/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    proof_run *run;
} proofs[] = {
    {"phrases", prove_phrases}, {"scripts", prove_scripts},     {"items", prove_items},
    {"numbers", prove_numbers}, {"citations", prove_citations}, {"facets", prove_facets},
    {"pages", prove_pages},
};

void proof_die(const char *what, const struct gaz_err *err) {
    fprintf(stderr, "proof: %s: %s\n", what, err && err->message[0] ? err->message : "failed");
    exit(EXIT_FAILURE);
}

size_t proof_random(struct proof *proof, size_t limit) {
    // xorshift64*, Marsaglia 2003 and Vigna 2016
    proof->seed ^= proof->seed >> 12;
    proof->seed ^= proof->seed << 25;
    proof->seed ^= proof->seed >> 27;
    return (size_t)((proof->seed * 2685821657736338717U) >> 33) % limit;
}

void proof_judge(struct proof *proof, const char *question, const char *wrong) {
    enum { TOLD_MAX = 20 };
    proof->asked++;
    proof->failed += wrong != NULL;
    if (wrong && proof->failed <= TOLD_MAX) {
        fprintf(stderr, "%s: %s\n", question, wrong);
    }
}

const char *proof_text(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

size_t proof_place(const struct proof *proof, const char *id) {
    const json_t *place = json_object_get(proof->places, id);
    if (!place) {
        proof_die(id, &(struct gaz_err){.message = "in the index, not in the dump"});
    }
    return (size_t)json_integer_value(place);
}

// --- sets ---

void proof_set_add(struct proof_set *set, size_t place) {
    size_t *items = gaz_grow(set->items, &set->capacity, set->count + 1, sizeof *items);
    if (!items) {
        proof_die("memory", NULL);
    }
    set->items = items;
    set->items[set->count++] = place;
}

static int compare_places(const void *a, const void *b) {
    size_t one = *(const size_t *)a, other = *(const size_t *)b;
    return (one > other) - (one < other);
}

void proof_set_sort(struct proof_set *set) {
    size_t kept = 0;
    if (set->count > 1) {
        qsort(set->items, set->count, sizeof *set->items, compare_places);
    }
    for (size_t i = 0; i < set->count; i++) {
        if (kept == 0 || set->items[kept - 1] != set->items[i]) {
            set->items[kept++] = set->items[i];
        }
    }
    set->count = kept;
}

bool proof_set_equal(const struct proof_set *one, const struct proof_set *other) {
    return one->count == other->count &&
           (one->count == 0 || memcmp(one->items, other->items, one->count * sizeof *one->items) == 0);
}

void proof_set_free(struct proof_set *set) {
    gaz_free(set->items);
    *set = (struct proof_set){0};
}

// --- asking ---

void proof_scan(const struct proof *proof, const struct proof_texts *texts, const struct gaz_buf *needle,
                struct proof_set *out) {
    const char *all = texts->buf.data;
    size_t place = 0, from = 0;
    *out = (struct proof_set){0};
    for (const char *at; from < texts->buf.len; from = texts->starts[place]) {
        at = memmem(all + from, texts->buf.len - from, needle->data, needle->len);
        if (!at) {
            return;
        }
        while (place < proof->count && texts->starts[place] <= (size_t)(at - all)) {
            place++;
        }
        proof_set_add(out, place - 1);
        if (place == proof->count) {
            return;
        }
    }
}

void proof_ask(const struct proof *proof, const struct gaz_request *request, struct gaz_answer *out) {
    struct gaz_err err = {0};
    if (gaz_search(&proof->archive, request, out, &err) != GAZ_OK) {
        proof_die(request->query, &err);
    }
}

void proof_found(const struct proof *proof, const struct gaz_answer *answer, struct proof_set *out) {
    *out = (struct proof_set){0};
    for (size_t i = 0; i < answer->found.match_count; i++) {
        proof_set_add(out, proof->place_of[answer->found.matches[i].docid]);
    }
    proof_set_sort(out);
}

// --- reading ---

static void read_records(struct proof *proof, const char *path) {
    FILE *file = fopen(path, "r");
    size_t capacity = 0;
    json_error_t error;
    proof->places = json_object();
    if (!file || !proof->places) {
        proof_die(path, NULL);
    }
    for (json_t *record; (record = json_loadf(file, JSON_DISABLE_EOF_CHECK, &error)); proof->count++) {
        json_t **records = gaz_grow(proof->records, &capacity, proof->count + 1, sizeof *records);
        json_t *place = json_integer((json_int_t)proof->count);
        if (!records || json_object_set_new(proof->places, proof_text(record, "id"), place) != 0) {
            proof_die(path, NULL);
        }
        proof->records = records;
        proof->records[proof->count] = record;
    }
    if (!feof(file) || proof->count == 0) {
        proof_die(path, &(struct gaz_err){.message = "no dump of records"});
    }
    fclose(file);
}

static void list_documents(struct proof *proof) {
    proof->documents = gaz_calloc(proof->count, sizeof *proof->documents);
    for (size_t i = 0; i < proof->count && proof->documents; i++) {
        if (strcmp(proof_text(proof->records[i], "type"), "document") == 0) {
            proof->documents[proof->document_count++] = i;
        }
    }
}

// What a phrase is looked for in: the text of everything but citations, which repeat what stands in units.
static const char *searchable(const json_t *record) {
    return strcmp(proof_text(record, "type"), "citation") == 0 ? "" : proof_text(record, "text");
}

static void add_text(struct proof_texts *texts, size_t place, const char *text, int mode) {
    texts->starts[place] = texts->buf.len;
    if (mode < 0) {
        gaz_buf_addstr(&texts->buf, text);
    } else {
        gaz_fold_append(text, strlen(text), (enum gaz_fold_mode)mode, &texts->buf);
    }
    gaz_buf_addch(&texts->buf, TEXT_END);
}

static void gather_texts(const struct proof *proof, struct proof_texts *texts, int mode) {
    *texts = (struct proof_texts){.buf = GAZ_BUF_INIT,
                                  .starts = gaz_calloc(proof->count + 1, sizeof *texts->starts)};
    for (size_t i = 0; i < proof->count && texts->starts; i++) {
        add_text(texts, i, searchable(proof->records[i]), mode);
    }
    if (!texts->starts || texts->buf.status != GAZ_OK) {
        proof_die("memory", NULL);
    }
    texts->starts[proof->count] = texts->buf.len;
}

static void free_texts(struct proof_texts *texts) {
    gaz_buf_free(&texts->buf);
    gaz_free(texts->starts);
}

static void note_docid(struct proof *proof, uint32_t docid) {
    json_t *record = NULL;
    struct gaz_err err = {0};
    if (gaz_archive_record(&proof->archive, docid, &record, &err) != GAZ_OK) {
        proof_die("record", &err);
    }
    size_t end = proof->docid_end;
    size_t *place_of = gaz_grow(proof->place_of, &proof->docid_end, (size_t)docid + 1, sizeof *place_of);
    if (!place_of) {
        proof_die("memory", NULL);
    }
    memset(place_of + end, 0xFF, (proof->docid_end - end) * sizeof *place_of);
    place_of[docid] = proof_place(proof, proof_text(record, "id"));
    proof->place_of = place_of;
    json_decref(record);
}

// Every record of the dump has to be in the index, once.
static void map_docids(struct proof *proof) {
    struct gaz_arena *arena = gaz_arena_new();
    size_t seen = 0;
    for (int type = GAZ_RECORD_ISSUE; type <= GAZ_RECORD_CITATION; type++) {
        struct gaz_select *all = gaz_select_type(arena, (enum gaz_record_type)type);
        struct gaz_docids docids;
        struct gaz_err err = {0};
        if (!all || gaz_archive_select(&proof->archive, &all->query, &docids, &err) != GAZ_OK) {
            proof_die("index", &err);
        }
        for (size_t i = 0; i < docids.count; i++) {
            note_docid(proof, docids.items[i]);
        }
        seen += docids.count;
        gaz_free(docids.items);
    }
    gaz_arena_free(arena);
    if (seen != proof->count) {
        proof_die("index", &(struct gaz_err){.message = "other records than in the dump"});
    }
}

static void open_proof(struct proof *proof, const char *index, const char *dump) {
    struct gaz_err err = {0};
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    if (gaz_archive_open(&index, 1, &proof->archive, &err) != GAZ_OK) {
        proof_die(index, &err);
    }
    read_records(proof, dump);
    list_documents(proof);
    map_docids(proof);
    gather_texts(proof, &proof->printed, -1);
    gather_texts(proof, &proof->folded, GAZ_FOLD_FULL);
    gather_texts(proof, &proof->exact, GAZ_FOLD_BLANKS);
}

static void close_proof(struct proof *proof) {
    for (size_t i = 0; i < proof->count; i++) {
        json_decref(proof->records[i]);
    }
    gaz_free(proof->records);
    gaz_free(proof->documents);
    gaz_free(proof->place_of);
    json_decref(proof->places);
    free_texts(&proof->printed);
    free_texts(&proof->folded);
    free_texts(&proof->exact);
    gaz_archive_close(&proof->archive);
}

int main(int argc, char **argv) {
    struct proof proof = {.seed = 1};
    if (argc < 5) {
        proof_die("usage", &(struct gaz_err){.message = "proof WHAT INDEX DUMP SIZE [SEED]"});
    }
    proof.size = strtoul(argv[4], NULL, 10);
    proof.seed = argc > 5 ? strtoull(argv[5], NULL, 10) : proof.seed;
    open_proof(&proof, argv[2], argv[3]);
    for (size_t i = 0; i < sizeof proofs / sizeof proofs[0]; i++) {
        if (strcmp(proofs[i].name, argv[1]) == 0) {
            proofs[i].run(&proof);
        }
    }
    printf("%s: %zu questions, %zu answered wrongly\n", argv[1], proof.asked, proof.failed);
    int status = proof.failed > 0 || proof.asked == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    close_proof(&proof);
    return status;
}
