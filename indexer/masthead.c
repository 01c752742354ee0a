// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/masthead.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/numeral.h"
#include "corpus/text.h"
#include "shim/message.h"
#include "shim/unicode.h"

enum { FIRST_LINES = 60, YEAR_MIN = 1900, YEAR_MAX = 2199, SIDECAR_MAX = 1 << 20 /* bytes */ };

static const char *copy(struct gaz_issue *issue, struct gaz_str text) {
    return gaz_text_squeeze(issue->arena, text);
}

static bool is_han_run(struct gaz_str text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (!gaz_unicode_is_han(code))
            return false;
    }
    return text.len > 0;
}

// The name that ends with 公报: the Han characters before it on the line, not what stands before a blank or a
// mark.
static void find_gazette(struct gaz_issue *issue, struct gaz_str line) {
    static const char *const words[] = {"公报", "公報"};
    for (size_t i = 0; i < 2 && !issue->masthead.gazette; i++) {
        size_t at = gaz_str_find(line, words[i]);
        size_t from = at;
        if (at == SIZE_MAX)
            continue;
        while (from > 0) {
            size_t back = gaz_utf8_back(line.data, from);
            if (!is_han_run((struct gaz_str){line.data + back, from - back}))
                break;
            from = back;
        }
        struct gaz_str name = {line.data + from, at + strlen(words[i]) - from};
        if (gaz_text_count(name) >= 5)
            issue->masthead.gazette = copy(issue, name);
    }
}

// 第10期, 第7号 or 总第254期 at AT, FIRST being 第 or 总第: the whole mark, its numeral checked; empty when
// it is something else.
static struct gaz_str ordinal_at(struct gaz_str line, size_t at, const char *first) {
    static const char *const units[] = {"期", "号", "號"};
    uint64_t value;
    struct gaz_str rest = gaz_str_trim(gaz_str_from(line, at + strlen(first)));
    size_t number = gaz_numeral_read(rest.data, rest.len, &value);
    struct gaz_str tail = gaz_str_trim(gaz_str_from(rest, number));
    for (size_t i = 0; number > 0 && i < sizeof units / sizeof *units; i++)
        if (gaz_str_starts(tail, units[i]))
            return (struct gaz_str){line.data + at, (size_t)(tail.data - line.data) + strlen(units[i]) - at};
    return (struct gaz_str){line.data, 0};
}

// 总号：133, as the gazettes of the state count.
static void find_total(struct gaz_issue *issue, struct gaz_str line) {
    uint64_t value;
    size_t at = gaz_str_find(line, "总号");
    if (at == SIZE_MAX || issue->masthead.serial)
        return;
    struct gaz_str rest = gaz_str_from(line, at + strlen("总号"));
    rest = gaz_str_from(rest, gaz_str_starts(rest, "：") ? strlen("：") : 0);
    size_t number = gaz_numeral_read(rest.data, rest.len, &value);
    if (number > 0)
        issue->masthead.serial =
            copy(issue, (struct gaz_str){line.data + at, (size_t)(rest.data - line.data) + number - at});
}

static void find_ordinals(struct gaz_issue *issue, struct gaz_str line) {
    static const char *const firsts[] = {"总第", "總第", "第"};
    for (size_t i = 0; i < 3; i++) {
        for (size_t from = 0; from < line.len;) {
            size_t at = gaz_str_find(gaz_str_from(line, from), firsts[i]);
            if (at == SIZE_MAX)
                break;
            at += from;
            from = at + 1;
            struct gaz_str mark = ordinal_at(line, at, firsts[i]);
            bool of_total =
                i == 2 && at >= 3 &&
                (memcmp(line.data + at - 3, "总", 3) == 0 || memcmp(line.data + at - 3, "總", 3) == 0);
            const char **field = i < 2 ? &issue->masthead.serial : &issue->masthead.number;
            if (mark.len > 0 && !of_total && !*field)
                *field = copy(issue, mark);
        }
    }
}

// Whether the year behind BEFORE is one of the Republic (中華民國113年), whose first is 1912.
static bool counts_from_1912(struct gaz_str before) {
    before = gaz_str_trim(before);
    return gaz_str_ends(before, "民國") || gaz_str_ends(before, "民国");
}

static void find_year(struct gaz_issue *issue, struct gaz_str line) {
    for (size_t at = 0; at < line.len && issue->masthead.year == 0;) {
        uint32_t code;
        uint64_t year = 0;
        unsigned kind;
        bool republican = counts_from_1912((struct gaz_str){line.data, at});
        unsigned kinds = GAZ_NUMERAL_ARABIC | GAZ_NUMERAL_HAN_DIGITS | (republican ? GAZ_NUMERAL_HAN : 0);
        size_t len = gaz_numeral_read_kind(line.data + at, line.len - at, kinds, &year, &kind);
        struct gaz_str tail = gaz_str_trim(gaz_str_from(line, at + len));
        year += len > 0 && republican ? 1911 : 0;
        if (len > 0 && year >= YEAR_MIN && year <= YEAR_MAX && gaz_str_starts(tail, "年"))
            issue->masthead.year = (int)year;
        at += len > 0 ? len : gaz_utf8_decode(line.data + at, line.len - at, &code);
    }
}

// A line that names the gazette and the issue, or one of the two when it stands by itself.
static void read_line(struct gaz_issue *issue, struct gaz_str line) {
    bool gazette = gaz_str_find(line, "公报") != SIZE_MAX || gaz_str_find(line, "公報") != SIZE_MAX;
    bool total = gaz_str_find(line, "总号") != SIZE_MAX;
    bool ordinal = gaz_str_find(line, "第") != SIZE_MAX && (total || gaz_str_find(line, "期") != SIZE_MAX);
    bool sentence = gaz_text_is_closed(line) || gaz_str_find(line, "。") != SIZE_MAX;
    bool spoken_of = gaz_str_find(line, "《") != SIZE_MAX;
    if (gaz_text_count(line) > 40 || sentence || spoken_of || (!gazette && !ordinal))
        return;
    find_gazette(issue, line);
    if (ordinal) {
        find_total(issue, line);
        find_ordinals(issue, line);
        find_year(issue, line);
    }
}

static struct gaz_str text_of_line(const struct gaz_issue *issue, const struct gaz_line *line) {
    return (struct gaz_str){issue->source.data + line->span.offset, line->span.length};
}

static void read_table(struct gaz_issue *issue, const struct gaz_block *table) {
    struct gaz_str head;
    for (size_t at = 0; (head = gaz_block_running_head(issue, table, &at)).len > 0;)
        read_line(issue, head);
}

static void read_text(struct gaz_issue *issue) {
    for (size_t i = 0; i < issue->blocks.count; i++) {
        const struct gaz_block *block = issue->blocks.items[i];
        if (block->kind == GAZ_BLOCK_RUNNING_HEAD)
            read_line(issue, (struct gaz_str){block->text, block->text_len});
        else if (block->kind == GAZ_BLOCK_TABLE)
            read_table(issue, block);
    }
    for (size_t i = 0; i < issue->lines.count && i < FIRST_LINES; i++) {
        struct gaz_str line = text_of_line(issue, &issue->lines.items[i]);
        if (gaz_str_ends(line, "公报") || gaz_str_ends(line, "公報") ||
            gaz_str_find(line, "期") != SIZE_MAX || gaz_str_find(line, "总号") != SIZE_MAX)
            read_line(issue, line);
    }
}

// --- sidecar and file name
// -----------------------------------------------------------------------------------

static const char *json_text(struct gaz_issue *issue, const json_t *object, const char *key) {
    const char *value = json_string_value(json_object_get(object, key));
    return value ? gaz_arena_strndup(issue->arena, value, strlen(value)) : NULL;
}

static void take_sidecar(struct gaz_issue *issue, const json_t *object) {
    struct gaz_masthead *head = &issue->masthead;
    json_int_t year = json_integer_value(json_object_get(object, "year"));
    head->gazette = head->gazette ? head->gazette : json_text(issue, object, "gazette");
    head->number = head->number ? head->number : json_text(issue, object, "number");
    head->serial = head->serial ? head->serial : json_text(issue, object, "serial");
    if (head->year == 0 && year >= YEAR_MIN && year <= YEAR_MAX)
        head->year = (int)year;
}

// The sidecar file NAME open for reading; -1 when there is none, or when it is told to be no such file.
static int open_sidecar(struct gaz_issue *issue, const char *name) {
    struct stat info;
    // O_NONBLOCK: a fifo must not hang the run before fstat tells what it is.
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= SIDECAR_MAX)
        return fd;
    if (fd >= 0 || errno != ENOENT)
        gaz_diag_report(issue->diag, issue->diag_context, name, 0, 0, "bad-sidecar", "it cannot be read: %s",
                        fd >= 0 ? _("no small regular file") : strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

static void read_sidecar(struct gaz_issue *issue) {
    const char *path = issue->source.path, *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    struct gaz_buf name = GAZ_BUF_INIT;
    json_error_t error;
    gaz_buf_printf(&name, "%.*s%s.json", (int)folder, path, issue->source.stem);
    int fd = name.status == GAZ_OK ? open_sidecar(issue, name.data) : -1;
    if (fd >= 0) {
        json_t *object = json_loadfd(fd, 0, &error);
        if (!json_is_object(object))
            gaz_diag_report(issue->diag, issue->diag_context, name.data, 0, 0, "bad-sidecar",
                            "not a JSON object: %s", object ? _("another value") : error.text);
        take_sidecar(issue, object);
        json_decref(object);
        close(fd);
    }
    gaz_buf_free(&name);
}

// NAME-2023-10: the last two numbers of the stem.
static bool read_file_name(struct gaz_issue *issue) {
    struct gaz_masthead *head = &issue->masthead;
    const char *dash = strrchr(issue->source.stem, '-');
    unsigned year = 0, number = 0;
    int used = 0;
    while (dash && dash > issue->source.stem && *--dash != '-')
        ;
    if (!dash || sscanf(dash, "-%4u-%3u%n", &year, &number, &used) != 2 || dash[used] != '\0' ||
        year < YEAR_MIN || year > YEAR_MAX)
        return true;
    if (head->year == 0)
        head->year = (int)year;
    if (head->number || number == 0)
        return true;
    char text[32];
    snprintf(text, sizeof text, "第%u期", number);
    head->number = gaz_arena_strndup(issue->arena, text, strlen(text));
    return head->number != NULL;
}

enum gaz_status gaz_masthead_find(struct gaz_issue *issue, struct gaz_err *err) {
    read_text(issue);
    read_sidecar(issue);
    return read_file_name(issue) ? GAZ_OK : gaz_err_memory(err);
}

// TEXT with U+FFFD for what is no UTF-8 or cannot be seen: a file may have any name.
static const char *visible(struct gaz_arena *arena, const char *text) {
    struct gaz_buf out = GAZ_BUF_INIT;
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        uint32_t code;
        char bytes[4];
        at += gaz_utf8_decode(text + at, len - at, &code);
        gaz_buf_add(&out, bytes, gaz_utf8_encode(gaz_unicode_is_control(code) ? 0xFFFD : code, bytes));
    }
    const char *copied = out.status == GAZ_OK ? gaz_arena_strndup(arena, out.data, out.len) : NULL;
    gaz_buf_free(&out);
    return copied;
}

const char *gaz_masthead_label(const struct gaz_issue *issue) {
    const struct gaz_masthead *head = &issue->masthead;
    char text[128];
    if (head->year == 0 || !head->number)
        return visible(issue->arena, issue->source.stem);
    snprintf(text, sizeof text, "%d年%s", head->year, head->number);
    return gaz_arena_strndup(issue->arena, text, strlen(text));
}
