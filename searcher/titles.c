// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/titles.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/analyse.h"
#include "corpus/sheet.h"
#include "corpus/textcode.h"
#include "searcher/select.h"

// What is longer than that is told by its beginning.
enum { LENGTH_MAX = 300 };

// The titles that share a pair of characters with the text, while they are read.
struct reader {
    const struct gaz_archive *archive;
    const struct gaz_folded *text;
    size_t *runs;     // by position: the longest run from there that stands in a title
    size_t *lengths;  // of the common runs that end before each character of a title: row of a table
    size_t *previous; // the row before
    size_t left;      // titles to read
    enum gaz_status status;
    struct gaz_err *err;
};

// --- runs in one title ---

static size_t longer(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

// Longest common runs by the table of their lengths.
static void compare(struct reader *reader, const struct gaz_folded *title) {
    const struct gaz_folded *text = reader->text;
    size_t count = smaller(title->count, LENGTH_MAX);
    memset(reader->previous, 0, (LENGTH_MAX + 1) * sizeof *reader->previous);
    for (size_t at = smaller(text->count, LENGTH_MAX); at-- > 0;) {
        reader->lengths[count] = 0;
        for (size_t i = count; i-- > 0;) {
            bool same = text->codes[at] == title->codes[i];
            reader->lengths[i] = same ? 1 + reader->previous[i + 1] : 0;
            reader->runs[at] = longer(reader->runs[at], reader->lengths[i]);
        }
        size_t *row = reader->previous;
        reader->previous = reader->lengths;
        reader->lengths = row;
    }
}

static enum gaz_status read_title(struct reader *reader, struct gaz_index_bytes heading) {
    struct gaz_folded title;
    enum gaz_status status = gaz_textcode_decode(heading, &title, reader->err);
    if (status == GAZ_OK) {
        compare(reader, &title);
        gaz_folded_free(&title);
    }
    return status;
}

static int visit_titles(void *context, const struct gaz_index_bundle *bundle) {
    struct reader *reader = context;
    struct gaz_sheet sheet;
    reader->status = gaz_sheet_read(bundle->sheet, &sheet, reader->err);
    for (size_t i = 0; reader->status == GAZ_OK && i < sheet.count && reader->left > 0; i++) {
        if (sheet.entries[i].type == GAZ_RECORD_DOCUMENT) {
            reader->status = read_title(reader, gaz_sheet_heading(&sheet, i));
            reader->left--;
        }
    }
    return reader->status != GAZ_OK || reader->left == 0;
}

// --- which titles ---

struct pair {
    struct gaz_index_bytes term;
    uint32_t frequency;
};

static int by_frequency(const void *a, const void *b) {
    const struct pair *one = a, *other = b;
    return (one->frequency > other->frequency) - (one->frequency < other->frequency);
}

// The pairs of the text that titles have, the rarest first.
static enum gaz_status list_pairs(const struct reader *reader, const struct gaz_terms *terms,
                                  struct pair *pairs, size_t *count) {
    *count = 0;
    for (size_t i = 0; i < terms->count; i++) {
        struct pair *pair = &pairs[*count];
        pair->term = terms->items[i].term;
        enum gaz_status status =
            gaz_index_term_frequency(reader->archive->index, pair->term, &pair->frequency, reader->err);
        if (status != GAZ_OK) {
            return status;
        }
        *count += pair->frequency > 0;
    }
    if (*count > 1) {
        qsort(pairs, *count, sizeof *pairs, by_frequency);
    }
    return GAZ_OK;
}

static enum gaz_status read_titles(struct reader *reader, const struct gaz_terms *terms,
                                   struct gaz_arena *arena) {
    struct pair *pairs = gaz_arena_alloc(arena, terms->count * sizeof *pairs);
    size_t count;
    if (!pairs) {
        return gaz_err_memory(reader->err);
    }
    enum gaz_status status = list_pairs(reader, terms, pairs, &count);
    for (size_t i = 0; i < count && status == GAZ_OK && reader->left > 0; i++) {
        struct gaz_select *titles = gaz_select_loose(arena, pairs[i].term, false);
        status = titles ? gaz_index_each_bundle(reader->archive->index, &titles->query, visit_titles, reader,
                                                reader->err)
                        : gaz_err_memory(reader->err);
        status = reader->status != GAZ_OK ? reader->status : status;
    }
    return status;
}

// --- which runs ---

// The start of the longest run within [FROM, END), cut off at END; SIZE_MAX when all are too short.
static size_t longest_run(const size_t *runs, size_t from, size_t end, size_t *length) {
    size_t best = SIZE_MAX;
    *length = GAZ_TITLES_RUN_MIN - 1;
    for (size_t at = from; at < end; at++) {
        size_t run = smaller(runs[at], end - at);
        if (run > *length) {
            *length = run;
            best = at;
        }
    }
    return best;
}

// Chooses the longest run, then those before and behind it.
static void choose(const size_t *runs, size_t from, size_t end, struct gaz_title_runs *out) {
    size_t length, at = longest_run(runs, from, end, &length);
    if (at == SIZE_MAX) {
        return;
    }
    choose(runs, from, at, out);
    out->items[out->count++] = (struct gaz_title_run){at, length};
    choose(runs, at + length, end, out);
}

enum gaz_status gaz_titles_runs(const struct gaz_archive *archive, const struct gaz_folded *text,
                                struct gaz_arena *arena, struct gaz_title_runs *out, struct gaz_err *err) {
    struct reader reader = {.archive = archive, .text = text, .left = GAZ_TITLES_MAX, .err = err};
    struct gaz_terms terms;
    const size_t row = (LENGTH_MAX + 1) * sizeof(size_t);
    *out = (struct gaz_title_runs){0};
    if (text->count < GAZ_TITLES_RUN_MIN) {
        return GAZ_OK;
    }
    reader.runs = gaz_arena_alloc(arena, text->count * sizeof *reader.runs);
    reader.lengths = gaz_arena_alloc(arena, row);
    reader.previous = gaz_arena_alloc(arena, row);
    out->items = gaz_arena_alloc(arena, (text->count / GAZ_TITLES_RUN_MIN) * sizeof *out->items);
    if (!reader.runs || !reader.lengths || !reader.previous || !out->items) {
        return gaz_err_memory(err);
    }
    memset(reader.runs, 0, text->count * sizeof *reader.runs);
    enum gaz_status status = gaz_analyse_phrase(text, GAZ_TERM_TITLE, &terms, err);
    if (status == GAZ_OK) {
        status = read_titles(&reader, &terms, arena);
        gaz_terms_free(&terms);
    }
    if (status == GAZ_OK) {
        choose(reader.runs, 0, smaller(text->count, LENGTH_MAX), out);
    }
    return status;
}
