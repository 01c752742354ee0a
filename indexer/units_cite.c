// SPDX-License-Identifier: GPL-2.0-or-later
//
// Citations: document numbers and 《titles》 in the text of a unit, and in what relation they stand there.
#include <string.h>

#include "indexer/units_parts.h"

// Bytes looked at on either side for a verb.
enum { SENTENCE_BYTES = 3000, TITLE_BYTES = 900, NEAR_BEFORE = 36, NEXT_BEFORE = 12, NEAR_AFTER = 60 };
enum { TITLES_NESTED_MAX = 8 };

static bool has_one(struct gaz_str text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (gaz_str_find(text, words[i]) != SIZE_MAX)
            return true;
    return false;
}

#define HAS(text, ...)                                                                                       \
    has_one(text, (const char *const[]){__VA_ARGS__},                                                        \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

// The sentence around [from, to) in TEXT, as far as SENTENCE_BYTES on either side: what stands before and
// what stands after.
static void sentence_around(struct gaz_str text, size_t from, size_t to, struct gaz_str *before,
                            struct gaz_str *after) {
    size_t least = from > SENTENCE_BYTES ? from - SENTENCE_BYTES : 0, start = from;
    while (start > least && !(start >= 3 && memcmp(text.data + start - 3, "。", 3) == 0))
        start--;
    *before = (struct gaz_str){text.data + start, from - start};
    *after =
        (struct gaz_str){text.data + to, text.len - to < SENTENCE_BYTES ? text.len - to : SENTENCE_BYTES};
    size_t stop = gaz_str_find(*after, "。");
    after->len = stop < after->len ? stop : after->len;
}

static struct gaz_str last_bytes(struct gaz_str text, size_t count) {
    return text.len > count ? gaz_str_from(text, text.len - count) : text;
}

static struct gaz_str first_bytes(struct gaz_str text, size_t count) {
    return (struct gaz_str){text.data, text.len < count ? text.len : count};
}

// Bytes of the thing cited that TEXT begins with, or of what joins two of them; 0 when it begins with words.
static size_t cited_length(struct gaz_str text) {
    static const char *const pairs[][2] = {{"《", "》"}, {"（", "）"}, {"「", "」"}};
    static const char *const joints[] = {"》", "）", "」", "、", "和", "及", "以及", "与"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t close = gaz_str_starts(text, pairs[i][0]) ? gaz_str_find(text, pairs[i][1]) : SIZE_MAX;
        if (close != SIZE_MAX)
            return close + strlen(pairs[i][1]);
    }
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (gaz_str_starts(text, joints[i]))
            return strlen(joints[i]);
    return gaz_str_starts(text, "，《") || gaz_str_starts(text, "，「") ? strlen("，") : 0;
}

// Bytes of TEXT before its first comma or semicolon.
static size_t part_length(struct gaz_str text) {
    size_t comma = gaz_str_find(text, "，"), semicolon = gaz_str_find(text, "；");
    size_t end = comma < semicolon ? comma : semicolon;
    return end < text.len ? end : text.len;
}

// What a sentence says of the things cited at the start of AFTER: the words behind the last of them up to a
// comma, and the part behind it when that says since when (…，自本办法施行之日起，同时废止).
static struct gaz_str predicate_of(struct gaz_str after) {
    static const char *const since[] = {"自", "从", "同时", "即日", "同時", "從"};
    for (size_t len = cited_length(after); len > 0; len = cited_length(after))
        after = gaz_str_from(after, len);
    size_t end = part_length(after);
    for (int parts = 0; parts < 2 && end + strlen("，") < after.len; parts++) {
        struct gaz_str next = gaz_str_from(after, end + strlen("，"));
        bool goes_on = parts == 1; // behind since when
        for (size_t i = 0; i < sizeof since / sizeof *since; i++)
            goes_on |= gaz_str_starts(next, since[i]) || (parts == 0 && gaz_str_starts(after, since[i]));
        if (!goes_on || gaz_str_starts(next, "《"))
            break;
        end += strlen("，") + part_length(next);
    }
    return (struct gaz_str){after.data, end};
}

// Whether BEFORE ends with WORD and things cited behind it: 废止《…》、《…》, 下列文件废止：…、….
static bool governs(struct gaz_str before, const char *word) {
    size_t at = SIZE_MAX, next = gaz_str_find(before, word);
    for (size_t from = 0; next != SIZE_MAX; next = gaz_str_find(gaz_str_from(before, from), word)) {
        at = from + next;
        from = at + strlen(word);
    }
    if (at == SIZE_MAX)
        return false;
    struct gaz_str rest = gaz_str_from(before, at + strlen(word));
    bool list = gaz_str_starts(rest, "：") || gaz_str_starts(rest, "《") || gaz_str_starts(rest, "下列");
    return rest.len <= NEXT_BEFORE ||
           (list && gaz_str_find(rest, "，") == SIZE_MAX && gaz_str_find(rest, "；") == SIZE_MAX);
}

// The part of the sentence that leads to the thing cited: since the last comma or semicolon, but one between
// things cited.
static struct gaz_str last_part(struct gaz_str before) {
    static const char *const ends[] = {"，", "；"};
    for (size_t at = before.len; at >= strlen("，"); at--)
        for (size_t i = 0; i < 2; i++)
            if (memcmp(before.data + at - strlen(ends[i]), ends[i], strlen(ends[i])) == 0 &&
                !gaz_str_starts(gaz_str_from(before, at), "《"))
                return gaz_str_from(before, at);
    return before;
}

static bool leans_on(struct gaz_str before) {
    return HAS(before, "根据", "依据", "依照", "贯彻", "落实", "遵照", "对照", "依據", "根據", "貫徹",
               "落實") ||
           gaz_str_ends(before, "依《");
}

static bool implements(struct gaz_str before, struct gaz_str near_after) {
    // 按照…要求, but not 奖补标准按照…号文件执行
    return leans_on(before) || (HAS(before, "按照") && !HAS(near_after, "执行", "執行"));
}

static const char *relation_of(struct gaz_str text, size_t from, size_t to) {
    struct gaz_str before, after;
    sentence_around(text, from, to, &before, &after);
    struct gaz_str near_before = last_bytes(before, NEAR_BEFORE), near_after = first_bytes(after, NEAR_AFTER);
    struct gaz_str predicate = predicate_of(after);
    if (HAS(predicate, "废止", "廢止", "停止適用", "停止执行", "停止執行") || governs(before, "废止") ||
        governs(before, "廢止"))
        return "repeals";
    if (HAS(near_before, "修改", "修订", "修正") || HAS(predicate, "修改为", "修訂為", "修改為", "作如下修改",
                                                        "作出修改", "进行修改", "予以修改", "作如下修订"))
        return "amends";
    if (HAS(near_before, "转发", "批转", "轉發") || HAS(after, "转发给", "轉發給"))
        return "forwards";
    if (leans_on(last_part(before)))
        return "implements";
    if (HAS(near_before, "印发", "印發", "函頒", "制定《", "訂定《", "公布《") ||
        HAS(after, "印发给", "现印发", "现予印发", "现予公布", "现予发布", "印發給", "現印發", "現予公布",
            "現予發布"))
        return "issues";
    return implements(last_part(before), near_after) ? "implements" : "cites";
}

// The unit whose text is being read for citations.
struct citing {
    struct units *units;
    const struct gaz_record *unit;
    struct gaz_str text;
    struct gaz_spans_place place; // of the last citation
    size_t count;                 // citations so far
};

static struct gaz_record *add_citation(struct citing *citing, size_t at, size_t len) {
    struct units *units = citing->units;
    const struct gaz_record *unit = citing->unit;
    struct gaz_record *record = units_add(units, GAZ_RECORD_CITATION);
    if (!record)
        return NULL;
    record->id = units_format(units, "%s/c%zu", unit->id, ++citing->count);
    record->address = units_format(units, "%s 引%zu", unit->address, citing->count);
    record->document = unit->document;
    record->page = unit->page;
    record->text = gaz_arena_strndup(units->issue->arena, unit->text + at, len);
    record->as.citation.from = unit->id;
    record->as.citation.relation = relation_of(citing->text, at, at + len);
    if (!gaz_spans_slice(&unit->source, units->issue->source.data, unit->text, at, at + len, &citing->place,
                         units->issue->arena, &record->source) ||
        !record->text)
        units->failed = true;
    return record;
}

// Bytes of what stands inside the 《》 that opens at OPEN in TEXT, inner 《》 included; SIZE_MAX when it is
// closed nowhere near, or opens so often that it is no title.
static size_t title_length(struct gaz_str text, size_t open) {
    static const char lead = "《"[0]; // 》 has it too
    size_t from = open + strlen("《");
    int depth = 0;
    for (size_t i = open; i < text.len && i < from + TITLE_BYTES && depth <= TITLES_NESTED_MAX; i++) {
        if (text.data[i] != lead)
            continue;
        depth += gaz_str_starts(gaz_str_from(text, i), "《");
        depth -= gaz_str_starts(gaz_str_from(text, i), "》");
        if (depth == 0)
            return i - from;
    }
    return SIZE_MAX;
}

// Bytes of the title of a law inside the 「」 that opens at OPEN in TEXT, as Taiwan documents print it;
// SIZE_MAX when something else is quoted.
static size_t law_length(struct gaz_str text, size_t open) {
    static const char *const kinds[] = {"條例", "辦法", "細則", "規則", "規程",     "準則",    "要點",
                                        "標準", "須知", "法",   "計畫", "作業規範", "注意事項"};
    struct gaz_str inside = first_bytes(gaz_str_from(text, open + strlen("「")), TITLE_BYTES);
    size_t end = gaz_str_find(inside, "」");
    if (end == SIZE_MAX || gaz_str_find((struct gaz_str){inside.data, end}, "，") != SIZE_MAX)
        return SIZE_MAX;
    struct gaz_str title = {inside.data, end};
    bool law =
        gaz_text_count(title) >= 3 && gaz_str_ends_one(title, kinds, sizeof kinds / sizeof *kinds, NULL);
    return law ? end : SIZE_MAX;
}

// Where 《 or 「 stands in TEXT at or after AT; SIZE_MAX when neither does. They begin with the same byte.
static size_t next_opening(struct gaz_str text, size_t at) {
    while (at < text.len) {
        const char *lead = memchr(text.data + at, "《"[0], text.len - at);
        if (!lead)
            return SIZE_MAX;
        at = (size_t)(lead - text.data);
        struct gaz_str rest = gaz_str_from(text, at++);
        if (gaz_str_starts(rest, "《") || gaz_str_starts(rest, "「"))
            return at - 1;
    }
    return SIZE_MAX;
}

// The next 《title》 or 「law」 at or after *AT: offset and length of what stands inside. False when there is
// none.
static bool next_title(struct gaz_str text, size_t *at, size_t *len) {
    for (;;) {
        size_t open = next_opening(text, *at);
        if (open == SIZE_MAX)
            return false;
        bool title = gaz_str_starts(gaz_str_from(text, open), "《");
        *len = title ? title_length(text, open) : law_length(text, open);
        *at = open + strlen("《"); // never closed: try inside
        if (*len != SIZE_MAX)
            return true;
    }
}

// Cites the NUMBERS from *NEXT on that begin before END.
static void cite_numbers(struct citing *citing, const struct gaz_docnums *numbers, size_t *next, size_t end) {
    for (; *next < numbers->count && numbers->items[*next].offset < end && !citing->units->failed;
         (*next)++) {
        const struct gaz_docnum *number = &numbers->items[*next];
        struct gaz_record *cited =
            number->complete ? add_citation(citing, number->offset, number->length) : NULL;
        if (cited)
            cited->as.citation.number = number;
    }
}

void units_cite(struct units *units, const struct gaz_record *record) {
    struct citing citing = {.units = units, .unit = record, .text = gaz_str_of(record->text)};
    struct gaz_docnums numbers = {0};
    size_t at = 0, len = 0, next = 0;
    if (gaz_docnum_find(citing.text.data, citing.text.len, units->issue->arena, &numbers, NULL) != GAZ_OK) {
        units->failed = true;
        return;
    }
    while (!units->failed && next_title(citing.text, &at, &len)) {
        cite_numbers(&citing, &numbers, &next, at);
        struct gaz_record *cited = add_citation(&citing, at, len);
        if (cited)
            cited->as.citation.title = cited->text;
        at += len;
    }
    cite_numbers(&citing, &numbers, &next, SIZE_MAX);
}
