// SPDX-License-Identifier: GPL-2.0-or-later
//
// Cuts a stream of cells that nothing keeps apart into rows and cells: the cheapest reading of the whole
// stream, found by dynamic programming (Viterbi, Error bounds for convolutional codes, 1967) from left to
// right. A state is a place in the stream where a cell of some column has just ended, with the running number
// in force; costs come from the evidence of table_words.c. Cells of sentences are left open and closed where
// one may end, so the work at each glyph is bounded and the whole is linear in the glyphs.
#include "indexer/table_parse.h"

#include <string.h>

enum { BEAM = 3 }; // readings kept for each column and place, each with another running number

#define NONE SIZE_MAX
#define HOPELESS 1e9

// A cell that was read, and what was read before it.
struct reading {
    double cost; // of everything up to its end
    size_t back; // the reading before it, NONE at the start
    size_t next; // in the list of those which end at the same place
    struct gaz_table_range range;
    size_t number;               // running number in force, 0 when none was seen
    struct gaz_table_range name; // name in force with it
    uint8_t column;
    bool starts_row;
};

struct reader {
    const struct gaz_table_text *data;
    const struct gaz_table_head *head;
    const struct gaz_table_evidence *evidence;
    struct reading *readings;
    size_t count, capacity;
    size_t *ending;                                   // for each place: first of the readings that end there
    double *inside;                                   // for each place: what is odd before it in a sentence
    int32_t *depth;                                   // for each place: brackets and quotes open
    struct reading open[GAZ_TABLE_MAX_COLUMNS][BEAM]; // cells of sentences; cost without what is inside
    size_t open_count[GAZ_TABLE_MAX_COLUMNS];
    struct gaz_table_option
        units[GAZ_TABLE_MAX_OPTIONS]; // options at the present place, read when first asked for
    size_t unit_count, units_at;
    size_t numbers, names, texts, unit_columns; // columns of these roles
    bool memory_out;
};

// --- readings that end at a place

// Whether two readings that end at the same place in the same column differ in nothing that matters to what
// follows. A number that is the same as before may still be followed by the same name again, which only one
// of them knows.
static bool equivalent(const struct reader *r, const struct reading *a, const struct reading *b) {
    bool number = r->head->columns[a->column].role == GAZ_ROLE_NUMBER;
    return a->number == b->number && (!number || a->name.from == b->name.from);
}

// Keeps READING unless BEAM better ones end at the same place in the same column.
static void keep(struct reader *r, const struct reading *reading) {
    size_t *first = &r->ending[reading->range.to];
    size_t better = 0, worst = NONE;
    for (size_t i = *first; i != NONE; i = r->readings[i].next) {
        struct reading *other = &r->readings[i];
        if (other->column != reading->column)
            continue;
        if (equivalent(r, reading, other)) {
            if (reading->cost < other->cost) {
                size_t next = other->next;
                *other = *reading;
                other->next = next;
            }
            return;
        }
        better++;
        if (worst == NONE || other->cost > r->readings[worst].cost)
            worst = i;
    }
    if (better >= BEAM) {
        if (reading->cost < r->readings[worst].cost) {
            size_t next = r->readings[worst].next;
            r->readings[worst] = *reading;
            r->readings[worst].next = next;
        }
        return;
    }
    struct reading *readings = gaz_grow(r->readings, &r->capacity, r->count + 1, sizeof *readings);
    if (!readings) {
        r->memory_out = true;
        return;
    }
    r->readings = readings;
    readings[r->count] = *reading;
    readings[r->count].next = *first;
    *first = r->count++;
}

// Leaves a cell of COLUMN open from AT, unless BEAM better ones are open.
static void open_cell(struct reader *r, struct reading *reading) {
    struct reading *open = r->open[reading->column];
    size_t *count = &r->open_count[reading->column];
    reading->cost -= r->inside[reading->range.from + 1];
    size_t worst = 0;
    for (size_t i = 0; i < *count; i++) {
        if (open[i].number == reading->number) {
            if (reading->cost < open[i].cost)
                open[i] = *reading;
            return;
        }
        if (open[i].cost > open[worst].cost)
            worst = i;
    }
    if (*count < BEAM)
        open[(*count)++] = *reading;
    else if (reading->cost < open[worst].cost)
        open[worst] = *reading;
}

// --- cells of sentences

static bool ends_sentence(uint32_t code) {
    return code == U'。' || code == '!' || code == '?' || code == U'｡';
}

// Whether the sentence before AT has ended.
static bool after_sentence(const struct gaz_table_text *data, size_t at) {
    if (at == 0)
        return false;
    uint32_t code = data->glyphs[at - 1].code;
    if ((code == U'”' || code == ')') && at >= 2)
        code = data->glyphs[at - 2].code;
    return ends_sentence(code);
}

// Units at the present place.
static size_t units_at(struct reader *r, size_t at) {
    if (r->units_at != at) {
        r->unit_count = gaz_table_unit_options(r->data, r->evidence, at, r->units);
        r->units_at = at;
    }
    return r->unit_count;
}

// What it costs to go on with a sentence over AT where units seem to stand.
static double missed_units_cost(struct reader *r, size_t at) {
    const struct gaz_table_glyph *glyphs = r->data->glyphs;
    if (glyphs[at].code == '*') {
        bool formula = gaz_table_is_digit(glyphs[at - 1].code) ||
                       (at + 1 < r->data->count && gaz_table_is_digit(glyphs[at + 1].code));
        return formula ? 0 : 8;
    }
    if (r->unit_columns == 0 || !after_sentence(r->data, at))
        return 0;
    bool known = gaz_table_lexicon_longest(r->evidence->units, r->data, at, 40) > 0;
    bool strict =
        r->evidence->stars && !known; // then only a list of several, or a name that is surely one, is taken
    double base = r->evidence->stars ? 2 : 0.5, best = HOPELESS, list = HOPELESS;
    for (size_t i = units_at(r, at); i-- > 0;) {
        double over = r->units[i].cost - base;
        best = over < best ? over : best;
        list = over < list && r->units[i].units > 1 ? over : list;
    }
    if (strict)
        return list <= 2 || best <= 0.45 ? 4.5 : 0;
    return best <= 0 ? 4.5 : best <= (r->evidence->stars ? 1 : 2) ? 3 : 0;
}

static int32_t nesting(uint32_t code) {
    if (code == '(' || code == U'“' || code == U'《' || code == U'〔')
        return 1;
    return code == ')' || code == U'”' || code == U'》' || code == U'〕' ? -1 : 0;
}

// Whether what begins at AT with the name of a place, or with one of the kinds of places, is surely a list of
// units.
static bool units_begin(struct reader *r, size_t at) {
    static const uint32_t begins[] = U"市省县区各国";
    enum { SURE = 3 };
    const uint32_t *begin = begins;
    while (*begin && *begin != r->data->glyphs[at].code)
        begin++;
    if (r->unit_columns == 0 || !*begin)
        return false;
    for (size_t i = units_at(r, at); i-- > 0;) {
        if (r->units[i].cost < SURE)
            return true;
    }
    return false;
}

// What it costs to end a sentence cell before AT, HOPELESS where none can end.
static double text_end_cost(struct reader *r, size_t at) {
    const struct gaz_table_text *data = r->data;
    bool kept_apart = !data->sideways && at < data->count && data->glyphs[at].gap < GAZ_GAP_TAB;
    double cost = kept_apart ? 6 : 0;
    if (after_sentence(data, at))
        return cost;
    if (data->glyphs[at - 1].code == ';')
        return cost + 0.8;
    if (at == data->count || data->glyphs[at].code == '*')
        return cost + 1.5;
    if (!data->sideways && !kept_apart)
        return 2.5;
    struct gaz_table_number numbers[2];
    if (gaz_table_is_digit(data->glyphs[at].code) && gaz_table_number_options(data, at, numbers) > 0)
        return cost + 5;
    if (data->glyphs[at - 1].code == U'、' || data->glyphs[at - 1].code == ',')
        return HOPELESS;
    bool known = gaz_table_lexicon_longest(r->evidence->units, data, at, 40) > 0;
    return known || units_begin(r, at) ? cost + 3.5 : HOPELESS;
}

static double other_end_cost(struct reader *r, size_t at, size_t length) {
    if (at < r->data->count && r->data->glyphs[at].gap < GAZ_GAP_TAB)
        return HOPELESS;
    return (r->data->sideways ? 2 : 0.3) + 0.15 * (double)length;
}

static void close_cells(struct reader *r, size_t at) {
    double text = text_end_cost(r, at);
    for (size_t column = 0; column < r->head->count; column++) {
        bool sentences = r->head->columns[column].role == GAZ_ROLE_TEXT;
        for (size_t i = 0; i < r->open_count[column]; i++) {
            struct reading reading = r->open[column][i];
            size_t from = reading.range.from;
            double cost = sentences ? text : other_end_cost(r, at, at - from);
            if (cost >= HOPELESS || from >= at)
                continue;
            if (r->depth[at] != r->depth[from])
                cost += 3;
            if (sentences && at - from < 5)
                cost += 2;
            reading.cost += cost + r->inside[at];
            reading.range.to = at;
            keep(r, &reading);
        }
    }
}

// --- from one cell to the next

static double skip_cost(const struct reader *r, size_t column) {
    switch (r->head->columns[column].role) {
    case GAZ_ROLE_NUMBER:
        return 3;
    case GAZ_ROLE_NAME:
        return r->names > 1 ? 2 : 5;
    case GAZ_ROLE_TEXT:
        return r->texts > 1 ? 3 : 8;
    case GAZ_ROLE_LEAD_UNITS:
        return 4.5;
    case GAZ_ROLE_UNITS:
        return r->unit_columns > 1 ? 1.5 : 4.5;
    case GAZ_ROLE_DATE:
        return 2.5;
    case GAZ_ROLE_OTHER:
    case GAZ_ROLE_PLACE:
        break;
    }
    return 0.5;
}

// What it costs that a row begins with COLUMN and takes what stands before it from the row above.
static double carry_cost(const struct reader *r, size_t column) {
    if (column == 0)
        return 0;
    double cost = 1;
    for (size_t i = 0; i < column; i++) {
        enum gaz_table_role role = r->head->columns[i].role;
        if (role == GAZ_ROLE_NUMBER)
            cost += r->head->columns[column].role == GAZ_ROLE_NAME ? 7 : 0;
        else if (role != GAZ_ROLE_NAME)
            cost += role == GAZ_ROLE_TEXT ? 5 : 2;
    }
    return cost;
}

// What it costs that VALUE follows the running number BEFORE, HOPELESS when it cannot.
static double sequence_cost(size_t before, size_t value) {
    if (value == before + 1)
        return -3;
    if (before == 0)
        return value == 0 ? HOPELESS : 1;
    if (value == before)
        return 1.5;
    if (value == before + 2)
        return 5;
    return value == 1 ? 7 : HOPELESS;
}

static void read_number(struct reader *r, const struct reading *base, size_t at) {
    struct gaz_table_number options[2];
    for (size_t i = gaz_table_number_options(r->data, at, options); i-- > 0;) {
        struct reading reading = *base;
        reading.cost += sequence_cost(base->number, options[i].value) + options[i].cost;
        if (reading.cost >= HOPELESS / 2)
            continue;
        if (options[i].value != base->number)
            reading.name = (struct gaz_table_range){0, 0};
        reading.number = options[i].value;
        reading.range = (struct gaz_table_range){at, options[i].to};
        keep(r, &reading);
    }
}

static void keep_options(struct reader *r, const struct reading *base, size_t at,
                         const struct gaz_table_option *options, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct reading reading = *base;
        reading.cost += options[i].cost;
        reading.range = (struct gaz_table_range){at, options[i].to};
        if (r->head->columns[base->column].role == GAZ_ROLE_NAME)
            reading.name = reading.range;
        keep(r, &reading);
    }
}

// A name is guessed behind the running number; where the number is missing only a known one is taken.
static void read_name(struct reader *r, const struct reading *base, size_t at) {
    struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS];
    bool guess = !base->starts_row || base->column == 0 || r->numbers == 0;
    size_t count = gaz_table_name_options(r->data, r->evidence, at, base->name, guess, options);
    keep_options(r, base, at, options, count);
}

static double text_start_cost(const struct gaz_table_text *data, size_t at) {
    static const uint32_t inner[] = U"。、,;:)”》%*";
    for (size_t i = 0; inner[i]; i++) {
        if (inner[i] == data->glyphs[at].code)
            return 6;
    }
    return gaz_table_is_digit(data->glyphs[at].code) ? 1.5 : 0; // 20名 is the middle of a sentence rather
}

// Reads a cell of BASE's column at AT in every plausible way.
static void read_cell(struct reader *r, struct reading *base, size_t at) {
    struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS];
    base->range = (struct gaz_table_range){at, at};
    switch (r->head->columns[base->column].role) {
    case GAZ_ROLE_NUMBER:
        read_number(r, base, at);
        return;
    case GAZ_ROLE_NAME:
        read_name(r, base, at);
        return;
    case GAZ_ROLE_UNITS:
    case GAZ_ROLE_LEAD_UNITS: {
        size_t count = units_at(r, at);
        keep_options(r, base, at, r->units, count);
        return;
    }
    case GAZ_ROLE_TEXT:
        base->cost += text_start_cost(r->data, at);
        open_cell(r, base);
        return;
    case GAZ_ROLE_DATE:
        keep_options(r, base, at, options, gaz_table_date_options(r->data, at, options));
        break;
    case GAZ_ROLE_OTHER:
    case GAZ_ROLE_PLACE:
        break;
    }
    base->cost += 2 + text_start_cost(r->data, at);
    open_cell(r, base);
}

// Goes on from reading INDEX, which ends at AT, to every column of the same row and of a new one.
static void go_on(struct reader *r, size_t index, size_t at) {
    struct reading from = r->readings[index];
    double skipped = 0;
    for (size_t column = from.column + 1; column < r->head->count; column++) {
        struct reading base = from;
        base.back = index;
        base.cost += skipped;
        base.column = (uint8_t)column;
        base.starts_row = false;
        read_cell(r, &base, at);
        skipped += skip_cost(r, column);
    }
    for (size_t column = 0; column < r->head->count; column++) {
        struct reading base = from;
        base.back = index;
        base.cost += skipped + carry_cost(r, column);
        base.column = (uint8_t)column;
        base.starts_row = true;
        read_cell(r, &base, at);
    }
}

static void start(struct reader *r) {
    for (size_t column = 0; column < r->head->count; column++) {
        struct reading base = {.back = NONE, .column = (uint8_t)column, .starts_row = true};
        base.cost = carry_cost(r, column) + (column > 0 ? 1 : 0);
        read_cell(r, &base, 0);
    }
}

// --- from readings to records

// The cheapest reading of all the data, NONE when there is none.
static size_t best_end(const struct reader *r) {
    size_t best = NONE;
    double cost = HOPELESS;
    for (size_t i = r->ending[r->data->count]; i != NONE; i = r->readings[i].next) {
        double total = r->readings[i].cost;
        for (size_t column = r->readings[i].column + (size_t)1; column < r->head->count; column++)
            total += skip_cost(r, column);
        if (total < cost) {
            cost = total;
            best = i;
        }
    }
    return best;
}

// Fills what the record lacks from the one above: the columns before its first cell, and names.
static void carry_down(const struct reader *r, struct gaz_table_record *record,
                       const struct gaz_table_record *above) {
    bool leading = true;
    for (size_t i = 0; i < record->count; i++) {
        bool empty = record->fields[i].range.to == record->fields[i].range.from;
        bool name = r->names > 1 && r->head->columns[i].role == GAZ_ROLE_NAME;
        leading = leading && empty;
        if (empty && (leading || name)) {
            record->fields[i].range = above->fields[i].range;
            record->fields[i].carried = above->fields[i].range.to > above->fields[i].range.from;
        }
    }
}

// Whether a name is a heading or is printed more than once.
static bool known_name(const struct reader *r, struct gaz_table_range range) {
    struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS];
    struct gaz_table_range none = {0, 0};
    size_t count = gaz_table_name_options(r->data, r->evidence, range.from, none, false, options);
    for (size_t i = 0; i < count; i++) {
        if (options[i].to == range.to)
            return true;
    }
    return false;
}

// How sure a record is: less for each thing that was guessed.
static double confidence(const struct reader *r, const struct gaz_table_record *record) {
    double sure = r->texts > 1 ? 0.6 : 1;
    for (size_t i = 0; i < record->count; i++) {
        struct gaz_table_range range = record->fields[i].range;
        bool empty = range.to == range.from;
        switch (r->head->columns[i].role) {
        case GAZ_ROLE_NUMBER:
            sure *= empty ? 0.7 : 1;
            break;
        case GAZ_ROLE_NAME:
            sure *= empty ? 0.7 : known_name(r, range) ? 1 : 0.9;
            break;
        case GAZ_ROLE_TEXT:
            sure *= empty ? 0.5 : after_sentence(r->data, range.to) ? 1 : 0.8;
            break;
        case GAZ_ROLE_UNITS:
        case GAZ_ROLE_LEAD_UNITS: {
            bool star = !empty && r->data->glyphs[range.from].code == '*';
            sure *= star || (!empty && !r->evidence->stars) ? 0.98 : 0.85;
            break;
        }
        case GAZ_ROLE_DATE:
        case GAZ_ROLE_OTHER:
        case GAZ_ROLE_PLACE:
            break;
        }
    }
    return sure;
}

bool gaz_table_records_add(struct gaz_table_records *records, struct gaz_arena *scratch,
                           const struct gaz_table_record *record) {
    if (records->count == records->capacity) {
        size_t capacity = records->capacity ? records->capacity * 2 : 16;
        struct gaz_table_record *items = gaz_arena_alloc(scratch, capacity * sizeof *items);
        if (!items)
            return false;
        if (records->count > 0)
            memcpy(items, records->items, records->count * sizeof *items);
        records->items = items;
        records->capacity = capacity;
    }
    records->items[records->count++] = *record;
    return true;
}

// Turns the chain of readings that ends with LAST around, so that `next` leads from each to the one after it.
// Returns the first.
static size_t turn_around(struct reader *r, size_t last) {
    size_t after = NONE;
    for (size_t i = last; i != NONE; i = r->readings[i].back) {
        r->readings[i].next = after;
        after = i;
    }
    return after;
}

static bool write_records(struct reader *r, struct gaz_arena *scratch, struct gaz_table_records *out) {
    size_t last = best_end(r);
    for (size_t i = turn_around(r, last); i != NONE;) {
        struct gaz_table_record record = {.count = r->head->count};
        do {
            record.fields[r->readings[i].column].range = r->readings[i].range;
            i = r->readings[i].next;
        } while (i != NONE && !r->readings[i].starts_row);
        if (out->count > 0)
            carry_down(r, &record, &out->items[out->count - 1]);
        record.confidence = confidence(r, &record);
        if (!gaz_table_records_add(out, scratch, &record))
            return false;
    }
    return true;
}

// --- the whole

static bool prepare(struct reader *r, struct gaz_arena *scratch) {
    size_t count = r->data->count;
    r->ending = gaz_arena_alloc(scratch, (count + 1) * sizeof *r->ending);
    r->inside = gaz_arena_alloc(scratch, (count + 1) * sizeof *r->inside);
    r->depth = gaz_arena_alloc(scratch, (count + 1) * sizeof *r->depth);
    if (!r->ending || !r->inside || !r->depth)
        return false;
    for (size_t i = 0; i < r->head->count; i++) {
        enum gaz_table_role role = r->head->columns[i].role;
        r->numbers += role == GAZ_ROLE_NUMBER;
        r->names += role == GAZ_ROLE_NAME;
        r->texts += role == GAZ_ROLE_TEXT;
        r->unit_columns += role == GAZ_ROLE_UNITS || role == GAZ_ROLE_LEAD_UNITS;
    }
    for (size_t i = 0; i <= count; i++) {
        r->ending[i] = NONE;
        if (i == 0)
            continue;
        r->depth[i] = r->depth[i - 1] + nesting(r->data->glyphs[i - 1].code);
        r->inside[i] = r->inside[i - 1] + (i > 1 ? missed_units_cost(r, i - 1) : 0);
    }
    return true;
}

static bool read_once(const struct gaz_table_text *data, const struct gaz_table_head *head,
                      const struct gaz_table_evidence *evidence, struct gaz_arena *scratch,
                      struct gaz_table_records *out) {
    struct reader *r = gaz_arena_alloc(scratch, sizeof *r);
    if (!r)
        return false;
    *r = (struct reader){.data = data, .head = head, .evidence = evidence, .units_at = NONE};
    bool ok = prepare(r, scratch);
    if (ok)
        start(r);
    for (size_t at = 1; ok && at <= data->count && !r->memory_out; at++) {
        close_cells(r, at);
        for (size_t i = r->ending[at]; i != NONE && at < data->count; i = r->readings[i].next)
            go_on(r, i, at);
    }
    ok = ok && !r->memory_out && write_records(r, scratch, out);
    gaz_free(r->readings);
    return ok;
}

// Learns the units that a first reading found.
static bool learn(const struct gaz_table_text *data, const struct gaz_table_head *head,
                  const struct gaz_table_records *records, struct gaz_table_evidence *evidence) {
    for (size_t i = 0; i < records->count; i++) {
        for (size_t column = 0; column < head->count; column++) {
            enum gaz_table_role role = head->columns[column].role;
            const struct gaz_table_field *field = &records->items[i].fields[column];
            bool units = role == GAZ_ROLE_UNITS || role == GAZ_ROLE_LEAD_UNITS;
            if (units && !field->carried && !gaz_table_learn_units(data, evidence, field->range))
                return false;
        }
    }
    return true;
}

bool gaz_table_read_fields(const struct gaz_table_text *data, const struct gaz_table_head *head,
                           struct gaz_table_evidence *evidence, struct gaz_arena *scratch,
                           struct gaz_table_records *out) {
    struct gaz_table_records first = {0};
    if (data->count == 0)
        return true;
    return read_once(data, head, evidence, scratch, &first) && learn(data, head, &first, evidence) &&
           read_once(data, head, evidence, scratch, out);
}
