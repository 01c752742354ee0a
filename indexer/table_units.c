// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where lists of units stand in a table and where they end.
#include "indexer/table_parse.h"

#include <string.h>

enum {
    UNIT_GLYPHS = 28, // longest name of a unit that is guessed
    SHORT_UNIT = 3,   // a name as short may be the beginning of another
    LIST_UNITS = 60,  // most units in one cell
    STAR_REACH = 80,  // how far behind a star units are learnt
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

// Whether CODE is one of SET, which ends with 0.
static bool among(uint32_t code, const uint32_t *set) {
    while (*set && *set != code)
        set++;
    return *set != 0;
}

static bool is_separator(uint32_t code) {
    return code == U'、' || code == ',';
}

// Whether a glyph cannot stand in the name of a unit.
static bool ends_units(uint32_t code) {
    return code == U'。' || code == ';' || code == ':' || code == '%' || code == U'《' || code == '*' ||
           code == 0 || gaz_table_is_digit(code);
}

// Whether a glyph is the last of many unit names.
static bool ends_unit(uint32_t code) {
    static const uint32_t ends[] =
        U"局委办厅部院所站会区县市府司团学行队社校心馆处室镇乡道位关台厂组协盟州旗庭网店园街联)>〉";
    return among(code, ends);
}

static int nesting(uint32_t code) {
    return (code == '(' || code == '<' || code == U'〈' || code == U'“') -
           (code == ')' || code == '>' || code == U'〉' || code == U'”');
}

// End of the stretch at FROM up to a separator outside brackets, or to what no unit contains.
static size_t stretch_end(const struct gaz_table_text *data, size_t from, size_t limit) {
    int depth = 0;
    size_t i = from;
    for (; i < data->count && i - from < limit; i++) {
        uint32_t code = data->glyphs[i].code;
        if (ends_units(code) || (depth <= 0 && is_separator(code)))
            break;
        depth += nesting(code);
    }
    return i;
}

// Counts each beginning of the stretch [FROM, TO) that ends like a unit: what returns and goes on differently
// is a name.
static bool count_beginnings(struct gaz_table_lexicon *lexicon, const struct gaz_table_text *data,
                             size_t from, size_t to) {
    enum { ENOUGH = 3 };
    for (size_t i = from + 2; i < to && i - from < UNIT_GLYPHS; i++) {
        struct gaz_table_range range = {from, i + 1};
        if (ends_unit(data->glyphs[i].code) && !gaz_table_lexicon_count(lexicon, data, range, ENOUGH))
            return false;
    }
    return true;
}

// Learns units from what stands behind a star.
bool gaz_table_learn_starred(struct gaz_table_lexicon *lexicon, const struct gaz_table_text *data,
                             size_t star) {
    for (size_t at = star + 1; at < data->count && at - star < STAR_REACH;) {
        size_t to = stretch_end(data, at, UNIT_GLYPHS);
        if (!count_beginnings(lexicon, data, at, to))
            return false;
        if (!is_separator(gaz_table_code_at(data, to)))
            break;
        at = to + 1;
    }
    return true;
}

// How surely a range is the name of a unit, 0 to 1.
static double likeness(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                       size_t from, size_t to) {
    char name[UNIT_GLYPHS * 2 * 4];
    size_t len = 0;
    for (size_t i = from; i < to && len + 4 <= sizeof name; i++) {
        memcpy(name + len, data->source + data->glyphs[i].offset, data->glyphs[i].length);
        len += data->glyphs[i].length;
    }
    return gaz_unit_likeness(evidence->context->authority, name, len);
}

bool gaz_table_learn_units(const struct gaz_table_text *data, struct gaz_table_evidence *evidence,
                           struct gaz_table_range cell) {
    enum { SURE = 60 }; // per cent
    for (size_t at = cell.from; at < cell.to;) {
        size_t from = at + (gaz_table_code_at(data, at) == '*');
        size_t to = stretch_end(data, from, UNIT_GLYPHS);
        to = to < cell.to ? to : cell.to;
        bool inner = to < cell.to && is_separator(gaz_table_code_at(data, to));
        if (to - from >= 2 && (inner || to == cell.to) && likeness(data, evidence, from, to) * 100 >= SURE &&
            !gaz_table_lexicon_add(evidence->units, data->glyphs + from, to - from))
            return false;
        at = to + 1;
    }
    return true;
}

// Whether what stands at AT makes the unit before it the subject of a sentence.
static bool is_predicate(const struct gaz_table_text *data, size_t at) {
    static const char *const words[] = {"牵头", "负责", "会同", "联合", "要",  "应",
                                        "须",   "做好", "可",   "将",   "每年"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (gaz_table_word_at(data, at, words[i]) > 0)
            return true;
    }
    return false;
}

// What speaks for (less than 0) or against a list of units ending before AT.
static double list_end_cost(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                            size_t at) {
    static const uint32_t goes_on[] = U"、,。;:()<〈的等和与及";
    if (at >= data->count)
        return -0.5;
    uint32_t code = data->glyphs[at].code;
    bool office = gaz_table_word_at(data, at, "政府") > 0 || gaz_table_word_at(data, at, "人民政府") > 0 ||
                  (at > 0 && gaz_table_word_at(data, at - 1, "部门") > 0);
    if (among(code, goes_on) || office)
        return 5;
    double cost = gaz_table_gap_cost(data, at) * (data->sideways ? 1.5 : 5);
    if (is_predicate(data, at))
        return cost + 3;
    if (gaz_table_is_digit(code))
        return cost - 0.3;
    return gaz_table_begins_clause(data, evidence, at) ? cost - 0.6 : cost;
}

// Whether two units stand one behind the other in [FROM, TO): 市政务服务局市税务局.
static bool two_units(const struct gaz_table_text *data, size_t from, size_t to) {
    static const uint32_t ends[] = U"局委办厅府司团院";
    static const uint32_t begins[] = U"市省县区各国州";
    for (size_t i = from + 3; i + 3 <= to; i++) {
        uint32_t before = gaz_table_code_at(data, i - 1), after = gaz_table_code_at(data, i);
        if (among(before, ends) && among(after, begins))
            return true;
    }
    return false;
}

// Cost of the unit [FROM, TO) as the last of its list, where the longest known one at FROM has KNOWN glyphs.
static double last_unit_cost(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                             size_t from, size_t to, size_t known) {
    if (gaz_table_lexicon_marks(evidence->units, data, (struct gaz_table_range){from, to}))
        return to - from == known ? -0.7 : 1;
    double cost = 1 + 3 * (1 - likeness(data, evidence, from, to)) + (two_units(data, from, to) ? 2.5 : 0);
    if (known > 0 && to - from > known)
        cost += 2.5;
    if (to - from <= 3 &&
        (gaz_table_code_at(data, to - 1) == U'委' || gaz_table_code_at(data, to - 1) == U'市'))
        cost += 1.5;
    return cost;
}

// Options that end a list with the unit at FROM, whose stretch ends at TO, after BEFORE others.
static size_t last_unit_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                                size_t from, size_t to, size_t before, double cost,
                                struct gaz_table_option *options, size_t room) {
    size_t known = gaz_table_lexicon_longest(evidence->units, data, from, to - from), count = 0;
    bool separated = to < data->count && is_separator(data->glyphs[to].code);
    bool whole = separated && !two_units(data, from, to) && likeness(data, evidence, from, to) >= 0.85;
    int depth = 0;
    for (size_t end = from + 1; end <= to && count < room; end++) {
        uint32_t last = data->glyphs[end - 1].code;
        depth += nesting(last);
        if (end - from < 2 || depth != 0)
            continue;
        bool plausible = ends_unit(last) || end - from == known || end == data->count ||
                         (!data->sideways && data->glyphs[end].gap >= GAZ_GAP_TAB);
        if (!plausible)
            continue;
        double total =
            cost + last_unit_cost(data, evidence, from, end, known) + list_end_cost(data, evidence, end);
        if (whole && end < to && (end - from != known || known <= SHORT_UNIT))
            total += 2.5; // 市机关 is the beginning of 市机关事务管理局
        options[count++] = (struct gaz_table_option){end, total, before + 1};
    }
    return count;
}

// Cost of the unit [FROM, TO) between separators.
static double inner_unit_cost(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t from, size_t to) {
    if (gaz_table_lexicon_marks(evidence->units, data, (struct gaz_table_range){from, to}))
        return -0.3;
    double cost = two_units(data, from, to) ? 2.5 : 0;
    return to - from < 2 ? 4 : cost + 3 * (1 - likeness(data, evidence, from, to));
}

size_t gaz_table_unit_options(const struct gaz_table_text *data, const struct gaz_table_evidence *evidence,
                              size_t at, struct gaz_table_option options[GAZ_TABLE_MAX_OPTIONS]) {
    enum { HOPELESS = 9 };
    bool star = gaz_table_code_at(data, at) == '*';
    double cost = star ? -6 : evidence->stars ? 2 : 0.5;
    size_t count = 0;
    for (size_t units = 0; units < LIST_UNITS && cost < HOPELESS; units++) {
        size_t from = at + (gaz_table_code_at(data, at) == '*');
        size_t to = stretch_end(data, from, UNIT_GLYPHS);
        if (to - from < 2)
            break;
        size_t room = GAZ_TABLE_MAX_OPTIONS - count;
        count += last_unit_options(data, evidence, from, to, units, cost, options + count, room);
        if (!is_separator(gaz_table_code_at(data, to)) || count == GAZ_TABLE_MAX_OPTIONS)
            break;
        cost += inner_unit_cost(data, evidence, from, to);
        at = to + 1;
    }
    return count;
}
