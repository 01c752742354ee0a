// SPDX-License-Identifier: GPL-2.0-or-later
//
// Answers for people: on a terminal in colour and wrapped to its width, elsewhere plain and one line an
// excerpt.
#include <ctype.h>
#include <string.h>

#include "corpus/text.h"
#include "searcher/render.h"
#include "shim/message.h"
#include "shim/unicode.h"

// Styles, as SGR parameters of ECMA-48.
static const char title_style[] = "1";
static const char number_style[] = "36";
static const char faint_style[] = "2";
static const char mark_style[] = "1;33";

// A page under construction. Text goes through it, so that nothing the terminal would obey gets out.
struct page {
    struct gaz_buf *out;
    const struct gaz_render_options *options;
    size_t indent;    // columns before each line
    size_t column;    // of the line being written
    const char *link; // id of the record that what is written is linked to; NULL: none
};

// --- characters ---

// Line ends and tabs are blanks; other control characters are shown by their pictures (U+2400…), what has
// none by its number.
static void add_visible(struct gaz_buf *out, uint32_t code) {
    char bytes[4];
    if (code == '\n' || code == '\t') {
        code = ' ';
    } else if (code < 0x20) {
        code += 0x2400;
    } else if (code == 0x7F) {
        code = 0x2421;
    } else if (gaz_unicode_is_control(code)) {
        gaz_buf_printf(out, "<U+%04X>", (unsigned)code);
        return;
    }
    gaz_buf_add(out, bytes, gaz_utf8_encode(code, bytes));
}

static void set_style(struct page *page, const char *style) {
    if (page->options->colour) {
        gaz_buf_printf(page->out, "\033[%sm", style);
    }
}

static void reset_style(struct page *page) {
    if (page->options->colour) {
        gaz_buf_addstr(page->out, "\033[0m");
    }
}

// Opens a link (OSC 8 of terminals) to the page that has the record with this id, or closes it (NULL).
static void put_link(struct page *page, const char *id) {
    gaz_buf_addstr(page->out, "\033]8;;");
    if (id) {
        gaz_render_link(page->options->links, id, page->out);
    }
    gaz_buf_addstr(page->out, "\033\\");
}

static void set_link(struct page *page, const char *id) {
    if (page->options->links && (id || page->link)) {
        page->link = id;
        put_link(page, id);
    }
}

static void end_line(struct page *page) {
    gaz_buf_addch(page->out, '\n');
    page->column = 0;
}

static void begin_line(struct page *page) {
    while (page->column < page->indent) {
        gaz_buf_addch(page->out, ' ');
        page->column++;
    }
}

// Neither style nor link goes over the margin.
static void break_line(struct page *page, const char *style) {
    const char *link = page->link;
    if (style) {
        reset_style(page);
    }
    set_link(page, NULL);
    end_line(page);
    begin_line(page);
    if (link) {
        set_link(page, link);
    }
    if (style) {
        set_style(page, style);
    }
}

// Begins a new line where the next COLUMNS do not fit in this one, but do in another.
static void make_room(struct page *page, size_t columns, const char *style) {
    size_t limit = page->options->width;
    if (columns > 0 && page->column > page->indent && page->column + columns > limit &&
        page->indent + columns <= limit) {
        break_line(page, style);
    }
}

// Writes one character, on a new line where the width asks for it; STYLE (may be NULL) goes on behind the
// break, a blank does not.
static void put_code(struct page *page, uint32_t code, const char *style) {
    size_t width = code == '\n' || code == '\t' ? 1 : (size_t)gaz_unicode_width(code);
    size_t limit = page->options->width;
    if (limit > page->indent && page->column + width > limit && !gaz_text_never_first(code)) {
        break_line(page, style);
        if (code == ' ') {
            return;
        }
    }
    add_visible(page->out, code);
    page->column += width;
}

// Numbers and words in letters stay whole.
static size_t word_length(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && (unsigned char)text[at] < 0x80 &&
           (isalnum((unsigned char)text[at]) || text[at] == '-')) {
        at++;
    }
    return at;
}

static void put_bytes(struct page *page, const char *text, size_t len, const char *style) {
    size_t word_end = 0;
    begin_line(page);
    for (size_t at = 0; at < len;) {
        uint32_t code;
        if (at >= word_end) {
            size_t word = word_length(text + at, len - at);
            make_room(page, word, style);
            word_end = at + word;
        }
        at += gaz_utf8_decode(text + at, len - at, &code);
        put_code(page, code, style);
    }
}

static void put(struct page *page, const char *text) {
    put_bytes(page, text, strlen(text), NULL);
}

static void put_styled(struct page *page, const char *text, const char *style) {
    begin_line(page);
    set_style(page, style);
    put_bytes(page, text, strlen(text), style);
    reset_style(page);
}

static void put_number(struct page *page, const char *format, size_t number) {
    struct gaz_buf text = GAZ_BUF_INIT;
    // The format is one of ours with one %zu in it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    gaz_buf_printf(&text, format, number);
#pragma GCC diagnostic pop
    put(page, text.data);
    gaz_buf_free(&text);
}

// What was found: in colour, or in brackets.
static void put_mark(struct page *page, const char *text, size_t len) {
    if (!page->options->colour) {
        put(page, "【");
        put_bytes(page, text, len, NULL);
        put(page, "】");
        return;
    }
    begin_line(page);
    set_style(page, mark_style);
    put_bytes(page, text, len, mark_style);
    reset_style(page);
}

static void put_marked(struct page *page, const char *text, const struct gaz_span *marks, size_t count) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        put_bytes(page, text + at, marks[i].offset - at, NULL);
        put_mark(page, text + marks[i].offset, marks[i].length);
        at = marks[i].offset + marks[i].length;
    }
    put(page, text + at);
}

// --- records ---

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

static void put_part(struct page *page, const char *text, const char *style) {
    if (*text == '\0') {
        return;
    }
    if (page->column > page->indent) {
        put(page, "  ");
    }
    if (style) {
        put_styled(page, text, style);
    } else {
        put(page, text);
    }
}

static void put_page(struct page *page, size_t number) {
    if (number > 0) {
        put(page, page->column > page->indent ? "  " : "");
        put_number(page, _("第%zu页"), number);
    }
}

static size_t page_of(const json_t *record) {
    return (size_t)json_integer_value(json_object_get(record, "page"));
}

// Number, issuer, date, issue, page.
static void put_document_line(struct page *page, const json_t *document) {
    put_part(page, text_of(json_object_get(document, "number"), "text"), number_style);
    put_part(page, text_of(document, "issuer"), NULL);
    put_part(page, text_of(document, "date"), NULL);
    put_part(page, text_of(document, "issue"), NULL);
    put_page(page, page_of(document));
    end_line(page);
}

static const char *heading_of(const struct gaz_hit *hit) {
    const char *title = text_of(hit->document, "title");
    return *title ? title : text_of(hit->record, "address");
}

// The heading, linked to the page of its document.
static void put_heading(struct page *page, const struct gaz_hit *hit) {
    const char *id = text_of(hit->document, "id");
    if (*id) {
        set_link(page, id);
    }
    put_styled(page, heading_of(hit), title_style);
    set_link(page, NULL);
}

// The part of ADDRESS that does not repeat the number of the document above it.
static const char *short_address(const char *address, const json_t *document) {
    const char *number = text_of(json_object_get(document, "number"), "text");
    size_t len = strlen(number);
    bool repeats = len > 0 && strncmp(address, number, len) == 0 && address[len] == ' ';
    return repeats ? address + len + 1 : address;
}

static void put_excerpt(struct page *page, const struct gaz_hit *hit, const struct gaz_excerpt *excerpt) {
    begin_line(page);
    if (*text_of(hit->document, "id")) {
        set_link(page, excerpt->id);
    }
    put_styled(page, short_address(excerpt->address, hit->document), faint_style);
    set_link(page, NULL);
    set_style(page, faint_style);
    put_page(page, excerpt->page);
    reset_style(page);
    end_line(page);
    page->indent += 2;
    put_marked(page, excerpt->text, excerpt->marks, excerpt->mark_count);
    end_line(page);
    page->indent -= 2;
}

// Where the same document stands, too.
static void put_places(struct page *page, const json_t *places) {
    size_t i;
    json_t *place;
    if (json_array_size(places) == 0) {
        return;
    }
    put(page, _("又见："));
    json_array_foreach(places, i, place) {
        put(page, i > 0 ? "、" : "");
        put(page, text_of(place, "issue"));
        put_page(page, page_of(place));
    }
    end_line(page);
}

static const char *const validity_names[] = {
    [GAZ_VALIDITY_UNKNOWN] = "",
    [GAZ_VALIDITY_IN_FORCE] = N_("继续有效"),
    [GAZ_VALIDITY_AMENDED] = N_("已修改"),
    [GAZ_VALIDITY_REPEALED] = N_("已废止"),
};

static void put_validity(struct page *page, const struct gaz_hit *hit) {
    if (hit->validity == GAZ_VALIDITY_UNKNOWN) {
        return;
    }
    put_styled(page, _(validity_names[hit->validity]), mark_style);
    put(page, "：");
    for (size_t i = 0; i < hit->evidence.count; i++) {
        put(page, i > 0 ? "、" : "");
        put(page, hit->evidence.items[i].address);
    }
    end_line(page);
}

static void put_rest(struct page *page, const struct gaz_hit *hit) {
    if (hit->match_count > hit->excerpt_count && hit->excerpt_count > 0) {
        put_number(page, _("……共 %zu 处"), hit->match_count);
        end_line(page);
    }
}

static enum gaz_status text_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                const struct gaz_render_options *options, struct gaz_buf *out,
                                struct gaz_err *err) {
    (void)answer;
    struct page page = {.out = out, .options = options};
    put_number(&page, "%2zu. ", hit->rank);
    page.indent = page.column;
    put_heading(&page, hit);
    end_line(&page);
    put_document_line(&page, hit->document);
    put_places(&page, hit->places);
    put_validity(&page, hit);
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        put_excerpt(&page, hit, &hit->excerpts[i]);
    }
    put_rest(&page, hit);
    end_line(&page);
    return gaz_buf_check(out, err);
}

// --- whole records ---

// A unit with its whole text, under its document's title when that has changed.
static enum gaz_status show_hit(const struct gaz_hit *hit, const struct gaz_render_options *options,
                                struct gaz_buf *out, struct gaz_err *err) {
    struct page page = {.out = out, .options = options};
    const char *type = text_of(hit->record, "type");
    if (strcmp(type, gaz_record_type_name(GAZ_RECORD_DOCUMENT)) == 0) {
        put_heading(&page, hit);
        end_line(&page);
        put_document_line(&page, hit->document);
        put_validity(&page, hit);
    } else {
        put_styled(&page, text_of(hit->record, "address"), number_style);
        put_page(&page, page_of(hit->record));
        end_line(&page);
        put(&page, text_of(hit->record, "text"));
        end_line(&page);
    }
    end_line(&page);
    return gaz_buf_check(out, err);
}

// --- occurrences ---

// What lines of a sorted list have in common: the word next to the match, and how many they are. At the first
// one of a group or of a page.
static void put_group(struct page *page, const struct gaz_answer *answer, const struct gaz_hit *hit) {
    const struct gaz_kwic_line *line = hit->line;
    bool goes_on = hit->rank > 1 + answer->request.offset &&
                   strcmp(answer->kwic.items[hit->rank - 2].group, line->group) == 0;
    if (goes_on) {
        return;
    }
    put_styled(page, *line->group ? line->group : "∅", title_style);
    put_number(page, "  %zu", line->group_size);
    end_line(page);
}

// The left context ends, and so the match begins, in one column.
static enum gaz_status line_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                const struct gaz_render_options *options, struct gaz_buf *out,
                                struct gaz_err *err) {
    const struct gaz_render_options unbroken = {.colour = options->colour};
    const struct gaz_kwic_line *line = hit->line;
    struct page page = {.out = out, .options = &unbroken};
    size_t left = gaz_text_columns(gaz_str_of(line->left)), room = 2 * answer->request.kwic;
    if (line->group) {
        put_group(&page, answer, hit);
    }
    page.indent = room > left ? room - left : 0;
    put(&page, line->left);
    put_mark(&page, line->match, strlen(line->match));
    put(&page, line->right);
    size_t full = 2 * room + gaz_text_columns(gaz_str_of(line->match));
    page.indent = full > page.column ? full : page.column;
    begin_line(&page);
    put(&page, "  ");
    put_styled(&page, line->address, faint_style);
    put_page(&page, line->page);
    end_line(&page);
    return gaz_buf_check(out, err);
}

// --- numbers and citations ---

static const char *const holding_names[] = {
    [GAZ_HOLDING_HELD] = "",
    [GAZ_HOLDING_CITED] = N_("未收，有引用"),
    [GAZ_HOLDING_MISSING] = N_("缺"),
};

// One line a number.
static enum gaz_status listed_hit(const struct gaz_hit *hit, const struct gaz_render_options *options,
                                  struct gaz_buf *out, struct gaz_err *err) {
    struct page page = {.out = out, .options = options};
    const struct gaz_listed *listed = hit->listed;
    put_part(&page, hit->number, number_style);
    if (listed->holding != GAZ_HOLDING_HELD) {
        put_part(&page, _(holding_names[listed->holding]), faint_style);
    }
    put_part(&page, text_of(hit->document, "date"), NULL);
    put_part(&page, text_of(hit->document, "title"), NULL);
    if (listed->citations > 0) {
        put(&page, "  ");
        put_number(&page, _("被引 %zu 次"), listed->citations);
    }
    end_line(&page);
    return gaz_buf_check(out, err);
}

static const struct {
    const char *relation, *name;
} relation_names[] = {
    {"cites", N_("引用")},      {"issues", N_("印发")}, {"forwards", N_("转发")},
    {"implements", N_("依据")}, {"amends", N_("修改")}, {"repeals", N_("废止")},
};

static const char *relation_name(const char *relation) {
    for (size_t i = 0; i < sizeof relation_names / sizeof relation_names[0]; i++) {
        if (strcmp(relation_names[i].relation, relation) == 0) {
            return _(relation_names[i].name);
        }
    }
    return relation;
}

// What is cited, how, whether the archive has it, and the sentence.
static enum gaz_status citation_hit(const struct gaz_hit *hit, const struct gaz_render_options *options,
                                    struct gaz_buf *out, struct gaz_err *err) {
    struct page page = {.out = out, .options = options};
    const char *to = text_of(hit->record, "to");
    put_part(&page, relation_name(text_of(hit->record, "relation")), faint_style);
    const char *title = text_of(hit->record, "title");
    put_part(&page, *title ? "《" : text_of(hit->record, "text"), number_style);
    if (*title) {
        put_styled(&page, title, number_style);
        put_styled(&page, "》", number_style);
    }
    put_part(&page, *to ? to : _("未收"), faint_style);
    end_line(&page);
    page.indent = 2;
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        put_excerpt(&page, hit, &hit->excerpts[i]);
    }
    return gaz_buf_check(out, err);
}

static bool is_citation(const struct gaz_hit *hit) {
    return strcmp(text_of(hit->record, "type"), gaz_record_type_name(GAZ_RECORD_CITATION)) == 0;
}

static enum gaz_status any_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                               const struct gaz_render_options *options, struct gaz_buf *out,
                               struct gaz_err *err) {
    if (hit->line) {
        return line_hit(answer, hit, options, out, err);
    }
    if (hit->listed) {
        return listed_hit(hit, options, out, err);
    }
    if (is_citation(hit)) {
        return citation_hit(hit, options, out, err);
    }
    bool whole = answer->request.mode == GAZ_MODE_SHOW || answer->request.extract;
    return whole ? show_hit(hit, options, out, err) : text_hit(answer, hit, options, out, err);
}

// --- around the hits ---

static const char *const reading_names[] = {
    [GAZ_READING_NUMBER] = N_("文号"), [GAZ_READING_UNIT] = N_("单位"),     [GAZ_READING_DATE] = N_("日期"),
    [GAZ_READING_ISSUE] = N_("期"),    [GAZ_READING_CALENDAR] = N_("记事"), [GAZ_READING_WORDS] = N_("词"),
};

static const char *const role_names[] = {
    [GAZ_ROLE_ANY] = "",
    [GAZ_ROLE_LEAD] = N_("牵头"),
    [GAZ_ROLE_SHARE] = N_("参与"),
    [GAZ_ROLE_RESPONSIBLE] = N_("责任"),
    [GAZ_ROLE_ISSUER] = N_("发文"),
    [GAZ_ROLE_ADDRESSEE] = N_("主送"),
    [GAZ_ROLE_MENTIONED] = N_("提及"),
};

static void put_reading(struct page *page, const struct gaz_reading *reading) {
    put(page, _(reading_names[reading->kind]));
    put(page, "〈");
    put(page, reading->text);
    put(page, "〉");
    if (reading->key && strcmp(reading->key, reading->text) != 0) {
        put(page, "＝");
        put(page, reading->key);
    }
    if (reading->role != GAZ_ROLE_ANY) {
        put(page, "（");
        put(page, _(role_names[reading->role]));
        put(page, "）");
    }
}

// What means another day tomorrow is told unasked, and how to look for the word instead.
static bool is_relative(const struct gaz_answer *answer) {
    for (size_t i = 0; i < answer->readings.count; i++) {
        if (answer->readings.items[i].relative) {
            return true;
        }
    }
    return false;
}

static void put_explanation(struct page *page, const struct gaz_answer *answer) {
    put(page, _("读作："));
    for (size_t i = 0; i < answer->readings.count; i++) {
        put(page, i > 0 ? "＋" : "");
        put_reading(page, &answer->readings.items[i]);
    }
    if (is_relative(answer)) {
        put_styled(page, _("（只找原字：--keyword）"), faint_style);
    }
    end_line(page);
    end_line(page);
}

static void put_total(struct page *page, const struct gaz_answer *answer) {
    size_t first = answer->request.offset + 1, count = gaz_answer_hit_count(answer);
    bool units = answer->request.unit_level || answer->listing.count > 0;
    struct gaz_buf text = GAZ_BUF_INIT;
    gaz_buf_printf(&text, units ? _("共 %zu 条") : _("共 %zu 件"), answer->total);
    if (count < answer->total && count > 0) {
        gaz_buf_printf(&text, count > 1 ? _("，以下为第 %zu–%zu") : _("，以下为第 %zu"), first,
                       first + count - 1);
    }
    put_styled(page, text.data, faint_style);
    gaz_buf_free(&text);
    end_line(page);
    end_line(page);
}

static void put_missing(struct page *page, const struct gaz_archive *archive) {
    const char *name;
    for (size_t i = 0; (name = gaz_index_missing(archive->index, i)); i++) {
        struct gaz_buf text = GAZ_BUF_INIT;
        gaz_buf_printf(&text, _("结果不完整：%s 无法连接。"), name);
        put(page, text.data);
        gaz_buf_free(&text);
        end_line(page);
    }
}

static void put_state(struct page *page, const struct gaz_answer *answer) {
    put_missing(page, answer->archive);
    if (answer->state == GAZ_STATE_CITED_ONLY) {
        put(page, _("馆藏中没有这份文件，但有文件引用它。"));
        end_line(page);
    } else if (answer->state == GAZ_STATE_NOT_FOUND) {
        put(page, _("未找到。"));
        end_line(page);
    } else if (answer->state == GAZ_STATE_SEVERAL) {
        put(page, _("有几份文件用这个文号。"));
        end_line(page);
    }
    if (answer->relaxed) {
        put(page,
            answer->scattered ? _("未找到完全匹配，各词分见于同一文件") : _("未找到完全匹配，已按词查找"));
        end_line(page);
    }
}

static enum gaz_status text_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                  struct gaz_buf *out, struct gaz_err *err) {
    struct page page = {.out = out, .options = options};
    if (options->explain || is_relative(answer)) {
        put_explanation(&page, answer);
    }
    put_state(&page, answer);
    bool is_list = answer->request.mode != GAZ_MODE_SHOW && answer->total > 1;
    if (is_list) {
        put_total(&page, answer);
    }
    return gaz_buf_check(out, err);
}

static void put_citing(struct page *page, const struct gaz_citing *citing) {
    page->indent = 2;
    put_styled(page, citing->address, number_style);
    put_page(page, citing->page);
    put_part(page, citing->title ? citing->title : "", NULL);
    end_line(page);
    page->indent = 4;
    put_marked(page, citing->text, citing->marks, citing->mark_count);
    end_line(page);
    page->indent = 0;
}

// --- numbers asked for that are not held ---

// One line a number that is cited, one a run of those that nothing cites.
static void put_not_held(struct page *page, const struct gaz_listing *missing) {
    put_number(page, _("其中未收 %zu 个："), missing->count);
    end_line(page);
    page->indent = 2;
    for (size_t at = 0; at < missing->count;) {
        size_t run = gaz_listing_run(missing, at);
        const struct gaz_listed *first = &missing->items[at], *last = &missing->items[at + run - 1];
        put_styled(page, first->text, number_style);
        if (run > 1) {
            put(page, " – ");
            put_styled(page, last->text, number_style);
        }
        if (first->citations > 0) {
            put(page, "  ");
            put_number(page, _("被引 %zu 次"), first->citations);
        }
        end_line(page);
        at += run;
    }
    page->indent = 0;
}

// --- facets ---

static const char *const facet_names[] = {
    [GAZ_FACET_ISSUER] = N_("发文机关"), [GAZ_FACET_KIND] = N_("文种"),  [GAZ_FACET_SECTION] = N_("栏目"),
    [GAZ_FACET_YEAR] = N_("年份"),       [GAZ_FACET_MONTH] = N_("月份"), [GAZ_FACET_ISSUE] = N_("期"),
    [GAZ_FACET_UNIT] = N_("责任单位"),
};

enum {
    FACET_VALUES_SHOWN = 10,
    COUNT_COLUMNS = 4 // of most counts, with a blank
};

static void put_facet(struct page *page, const char *name, const struct gaz_facet_values *values) {
    page->indent = 0;
    put_styled(page, name, title_style);
    page->indent = 2;
    for (size_t i = 0; i < values->count && i < FACET_VALUES_SHOWN; i++) {
        put(page, "  ");
        make_room(page, gaz_text_columns(gaz_str_of(values->items[i].name)) + COUNT_COLUMNS, NULL);
        put(page, values->items[i].name);
        put_number(page, " %zu", values->items[i].count);
    }
    if (values->count > FACET_VALUES_SHOWN) {
        put_number(page, _("  等 %zu 个"), values->count);
    }
    end_line(page);
}

static void put_facets(struct page *page, const struct gaz_facets *facets) {
    for (int facet = 0; facet < GAZ_FACET_COUNT; facet++) {
        if (facets->by[facet].count > 0) {
            put_facet(page, _(facet_names[facet]), &facets->by[facet]);
        }
    }
}

static enum gaz_status text_end(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                struct gaz_buf *out, struct gaz_err *err) {
    struct page page = {.out = out, .options = options};
    if (answer->cited_by.count > 0) {
        put_number(&page, _("引用它的 %zu 处："), answer->cited_by.count);
        end_line(&page);
    }
    for (size_t i = 0; i < answer->cited_by.count; i++) {
        put_citing(&page, &answer->cited_by.items[i]);
    }
    if (answer->missing.count > 0) {
        put_not_held(&page, &answer->missing);
    }
    put_facets(&page, &answer->facets);
    return gaz_buf_check(out, err);
}

const struct gaz_renderer gaz_render_text = {"text", true, text_begin, any_hit, text_end};
