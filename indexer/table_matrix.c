// SPDX-License-Identifier: GPL-2.0-or-later
//
// Cuts the data of a matrix, a table with one column for each county, into rows and cells. The cells of a row
// follow one another; most begin with （1）. Where they do not, what a sentence says of its county and
// endings that return tell.
#include "indexer/table_parse.h"

#include <string.h>

enum {
    ENDING_GLYPHS = 8,   // two sentences that end in as many equal glyphs end alike
    ROW_NAME_GLYPHS = 24 // how far behind a row's number （1） is looked for
};

#define HOPELESS 1e9

// A stretch that is not cut further: a sentence, or what （1） begins.
struct piece {
    struct gaz_table_range range;
    bool first_item; // begins with （1）
    bool later_item; // begins with （2） …
    bool alike;      // what stands before it ends like the last cell of the row
};

struct matrix {
    const struct gaz_table_text *data;
    const struct gaz_table_head *head;
    size_t first_place, places; // the columns of counties: index of the first, and how many
    struct piece *pieces;       // of the present row
    size_t piece_count;
    double *costs; // [piece][place]
    uint8_t *from; // [piece][place]: place of the piece before
    struct gaz_arena *scratch;
};

static bool after_stop(const struct gaz_table_text *data, size_t at) {
    return at == 0 || gaz_table_code_at(data, at - 1) == U'。' ||
           (at >= 2 && gaz_table_code_at(data, at - 1) == U'”' && gaz_table_code_at(data, at - 2) == U'。');
}

// The n of （n） at AT, or 0.
static size_t item_at(const struct gaz_table_text *data, size_t at) {
    size_t value = 0, i = at + 1;
    if (gaz_table_code_at(data, at) != '(')
        return 0;
    for (; gaz_table_is_digit(gaz_table_code_at(data, i)) && i - at <= 2; i++)
        value = value * 10 + (gaz_table_code_at(data, i) - '0');
    return gaz_table_code_at(data, i) == ')' ? value : 0;
}

// --- rows

// Where the name of a row that begins at AT ends.
static size_t name_end(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                       size_t at, double *cost) {
    struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS];
    size_t count = gaz_table_name_options(data, evidence, at, (struct gaz_table_range){0, 0}, true, options);
    size_t best = at;
    *cost = HOPELESS;
    for (size_t i = 0; i < count; i++) {
        if (options[i].cost < *cost) {
            *cost = options[i].cost;
            best = options[i].to;
        }
    }
    return best;
}

static bool item_follows(const struct gaz_table_text *data, size_t at) {
    for (size_t i = at + 2; i < data->count && i - at <= ROW_NAME_GLYPHS; i++) {
        if (item_at(data, i) == 1)
            return true;
    }
    return false;
}

// Whether a row begins at AT after the row with number BEFORE (0: none seen): sets its number and where that
// ends.
static bool row_at(const struct gaz_table_text *data, size_t at, size_t before,
                   struct gaz_table_number *number) {
    struct gaz_table_number options[2];
    if (!gaz_table_is_digit(gaz_table_code_at(data, at)) || !after_stop(data, at))
        return false;
    for (size_t i = gaz_table_number_options(data, at, options); i-- > 0;) {
        bool follows = options[i].value == before + 1;
        bool named = options[i].cost < 2 && item_follows(data, options[i].to);
        bool again = before == 0 || (options[i].value == before && data->glyphs[at].gap == GAZ_GAP_PAGE);
        if (follows ? options[i].cost < 2 || named : again && named) {
            *number = options[i];
            return true;
        }
    }
    return false;
}

// --- pieces

static bool ends_alike(const struct gaz_table_text *data, size_t from, size_t a, size_t b) {
    for (size_t i = 1; i <= ENDING_GLYPHS; i++) {
        if (a < from + i || gaz_table_code_at(data, a - i) != gaz_table_code_at(data, b - i))
            return false;
    }
    return a != b;
}

static bool cut(struct matrix *m, struct gaz_table_range content) {
    size_t room = content.to - content.from + 1;
    m->pieces = gaz_arena_alloc(m->scratch, room * sizeof *m->pieces);
    if (!m->pieces)
        return false;
    m->piece_count = 0;
    for (size_t from = content.from; from < content.to;) {
        size_t to = from + 1;
        while (to < content.to && !after_stop(m->data, to) && item_at(m->data, to) != 1)
            to++;
        size_t item = item_at(m->data, from);
        m->pieces[m->piece_count++] = (struct piece){
            .range = {from, to},
            .first_item = item == 1,
            .later_item = item > 1,
            .alike = from > content.from && ends_alike(m->data, content.from, from, content.to)};
        from = to;
    }
    return true;
}

static bool mentions(const struct matrix *m, struct gaz_table_range range, size_t place) {
    const struct gaz_table_column *column = &m->head->columns[m->first_place + place];
    for (size_t at = range.from; at + column->place_length <= range.to; at++) {
        size_t same = 0;
        while (same < column->place_length && gaz_table_code_at(m->data, at + same) == column->place[same])
            same++;
        if (same == column->place_length)
            return true;
    }
    return false;
}

// For (less than 0) or against a piece standing in the column of PLACE, by the counties it names.
static double mention_cost(const struct matrix *m, const struct piece *piece, size_t place) {
    if (mentions(m, piece->range, place))
        return -1.5;
    for (size_t other = 0; other < m->places; other++) {
        if (mentions(m, piece->range, other))
            return 2;
    }
    return 0;
}

// What it costs that a new cell begins with PIECE, and that none does.
static double begin_cost(const struct matrix *m, const struct piece *piece) {
    if (piece->first_item)
        return -4;
    if (piece->later_item)
        return 12;
    return 3 + 1.5 * gaz_table_gap_cost(m->data, piece->range.from) - (piece->alike ? 3 : 0);
}

static double stay_cost(const struct piece *piece) {
    return piece->first_item ? 6 : 0;
}

// --- cells

// Finds the cheapest column for each piece, columns not falling: costs and where they come from.
static void place_pieces(struct matrix *m, bool tail) {
    for (size_t p = 0; p < m->piece_count; p++) {
        for (size_t c = 0; c < m->places; c++) {
            double best = HOPELESS;
            for (size_t b = 0; p > 0 && b <= c; b++) {
                double step = b == c ? stay_cost(&m->pieces[p])
                                     : begin_cost(m, &m->pieces[p]) + 6 * (double)(c - b - 1);
                double cost = m->costs[(p - 1) * m->places + b] + step;
                if (cost < best) {
                    best = cost;
                    m->from[p * m->places + c] = (uint8_t)b;
                }
            }
            if (p == 0)
                best = tail ? 0 : 6 * (double)c;
            m->costs[p * m->places + c] = best + mention_cost(m, &m->pieces[p], c);
        }
    }
}

// Writes the columns found into RECORD. Returns how many cells begin without evidence of their own.
static size_t take_cells(struct matrix *m, struct gaz_table_record *record) {
    size_t c = 0, weak = 0;
    double best = HOPELESS;
    for (size_t last = 0; last < m->places; last++) {
        double cost = m->costs[(m->piece_count - 1) * m->places + last] + 6 * (double)(m->places - 1 - last);
        if (cost < best) {
            best = cost;
            c = last;
        }
    }
    for (size_t p = m->piece_count; p-- > 0;) {
        struct gaz_table_range *range = &record->fields[m->first_place + c].range;
        if (range->to == 0)
            range->to = m->pieces[p].range.to;
        range->from = m->pieces[p].range.from;
        size_t before = p > 0 ? m->from[p * m->places + c] : c;
        bool plain = !m->pieces[p].first_item && !m->pieces[p].alike;
        weak += before != c && plain && mention_cost(m, &m->pieces[p], c) >= 0;
        c = before;
    }
    return weak;
}

// Cuts CONTENT into the cells of RECORD. TAIL: what is left of a row whose beginning is missing.
static bool read_cells(struct matrix *m, struct gaz_table_range content, bool tail,
                       struct gaz_table_record *record) {
    if (content.from >= content.to)
        return true;
    if (!cut(m, content))
        return false;
    m->costs = gaz_arena_alloc(m->scratch, m->piece_count * m->places * sizeof *m->costs);
    m->from = gaz_arena_alloc(m->scratch, m->piece_count * m->places);
    if (!m->costs || !m->from)
        return false;
    place_pieces(m, tail);
    size_t items = 0;
    for (size_t p = 0; p < m->piece_count; p++)
        items += m->pieces[p].first_item;
    size_t weak = take_cells(m, record);
    bool numbered = items == m->places && m->pieces[0].first_item;
    record->confidence = tail ? 0.6 : numbered ? 0.95 : weak == 0 ? 0.7 : 0.5;
    if (weak > 0 && m->piece_count != m->places) { // nothing tells where the cells end: they are not invented
        for (size_t c = 0; c < m->places; c++)
            record->fields[m->first_place + c].range = (struct gaz_table_range){0, 0};
        record->fields[m->first_place + (tail ? m->places - 1 : 0)].range = content;
        record->confidence = 0.2;
    }
    return true;
}

// Index of the column with ROLE, or the number of columns.
static size_t column_of(const struct gaz_table_head *head, enum gaz_table_role role) {
    size_t i = 0;
    while (i < head->count && head->columns[i].role != role)
        i++;
    return i;
}

// Reads the row [FROM, TO), whose number (none where NUMBER->to is 0) was read.
static bool read_row(struct matrix *m, const struct gaz_table_evidence *evidence, struct gaz_table_range row,
                     const struct gaz_table_number *number, struct gaz_table_records *out) {
    struct gaz_table_record record = {.count = m->head->count, .confidence = 0.5};
    bool tail = number->to == 0;
    size_t at = row.from;
    if (!tail) {
        record.fields[column_of(m->head, GAZ_ROLE_NUMBER)].range = (struct gaz_table_range){at, number->to};
        at = number->to;
    }
    size_t name = column_of(m->head, GAZ_ROLE_NAME);
    if (!tail && name < m->head->count && at < row.to) {
        double cost;
        size_t to = name_end(m->data, evidence, at, &cost);
        to = to < row.to ? to : row.to;
        record.fields[name].range = (struct gaz_table_range){at, to};
        at = to;
    }
    return read_cells(m, (struct gaz_table_range){at, row.to}, tail, &record) &&
           gaz_table_records_add(out, m->scratch, &record);
}

bool gaz_table_read_matrix(const struct gaz_table_text *data, const struct gaz_table_head *head,
                           const struct gaz_table_evidence *evidence, struct gaz_arena *scratch,
                           struct gaz_table_records *out) {
    struct matrix m = {.data = data, .head = head, .scratch = scratch};
    m.first_place = column_of(head, GAZ_ROLE_PLACE);
    while (m.first_place + m.places < head->count &&
           head->columns[m.first_place + m.places].role == GAZ_ROLE_PLACE)
        m.places++;
    struct gaz_table_number number = {0, 0, 0}, next;
    size_t from = 0;
    for (size_t at = 0; at < data->count; at++) {
        if (!row_at(data, at, number.value, &next))
            continue;
        if (at > from && !read_row(&m, evidence, (struct gaz_table_range){from, at}, &number, out))
            return false;
        number = next;
        from = at;
    }
    return from >= data->count ||
           read_row(&m, evidence, (struct gaz_table_range){from, data->count}, &number, out);
}
