// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/issue_id.h"
#include "corpus/text.h"
#include "indexer/reader_parts.h"
#include "shim/charset.h"
#include "shim/hash.h"
#include "shim/markup.h"
#include "shim/pdf.h"
#include "shim/unicode.h"

enum { READ_STEP = 1 << 16, FAULTS_REPORTED = 20, SUFFIXES_MAX = 3 };

// --- file
// ----------------------------------------------------------------------------------------------------

static enum gaz_status open_regular(const char *path, int *fd, size_t *size, struct gaz_err *err) {
    struct stat info;
    // O_NONBLOCK: a fifo must not hang the run before fstat tells what it is.
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return gaz_err_set(err, GAZ_ERR_IO, "cannot open %s: %s", gaz_quote(path).text, strerror(errno));
    if (fstat(*fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(*fd);
        return gaz_err_set(err, GAZ_ERR_IO, "%s is no regular file: name a text file or a folder",
                           gaz_quote(path).text);
    }
    *size = (size_t)info.st_size;
    if (*size > GAZ_READER_FILE_MAX) {
        close(*fd);
        return gaz_err_set(err, GAZ_ERR_LIMIT, "%s is larger than 1 GiB: split it into issues",
                           gaz_quote(path).text);
    }
    return GAZ_OK;
}

// Reads FD to its end into BUF, or hashes it when BUF is NULL.
static enum gaz_status drain(int fd, const char *path, struct gaz_buf *buf, struct gaz_hash *hash,
                             struct gaz_err *err) {
    char *step = gaz_malloc(READ_STEP);
    enum gaz_status status = step ? GAZ_OK : gaz_err_memory(err);
    while (status == GAZ_OK) {
        ssize_t got = read(fd, step, READ_STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status =
                gaz_err_set(err, GAZ_ERR_IO, "cannot read %s: %s", gaz_quote(path).text, strerror(errno));
        if (got <= 0)
            break;
        if (hash)
            gaz_hash_add(hash, step, (size_t)got);
        if (buf) {
            gaz_buf_add(buf, step, (size_t)got);
            status = gaz_buf_check(buf, err);
        }
    }
    gaz_free(step);
    return status;
}

enum gaz_status gaz_reader_hash(const char *path, char out[GAZ_HASH_HEX], struct gaz_err *err) {
    struct gaz_hash hash;
    size_t size;
    int fd;
    enum gaz_status status = open_regular(path, &fd, &size, err);
    if (status != GAZ_OK)
        return status;
    gaz_hash_begin(&hash);
    status = drain(fd, path, NULL, &hash, err);
    close(fd);
    if (status == GAZ_OK)
        gaz_hash_end(&hash, out);
    return status;
}

// --- lines
// ---------------------------------------------------------------------------------------------------

// What the walk over the source knows between two lines.
struct walk {
    struct gaz_issue *issue;
    size_t number;    // of the current line, from 1
    size_t blank;     // blank lines since the last line
    size_t feeds;     // form feeds since the last line
    bool has_feeds;   // the file marks its pages by form feeds
    bool feeds_end;   // each page ends with one, the last too: those at the start are of empty pages
    bool empty_pages; // two form feeds have an empty page between them
    bool space_marks; // one space before a line marks a page: such lines are rare in the file
};

// Whether TEXT is single characters parted by single blanks (5 . 实 施 中 小), to its end or nearly so.
static bool is_letter_spaced(struct gaz_str text) {
    size_t characters = 0, parted = 0, at = 0;
    bool blank = false;
    while (at < text.len) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (gaz_unicode_is_space(code)) {
            blank = true;
            continue;
        }
        parted += blank;
        characters++;
        blank = false;
    }
    return characters >= 4 && (parted + 1) * 10 >= characters * 9;
}

static size_t columns(struct gaz_str text, bool without_blanks) {
    size_t width = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (!without_blanks || !gaz_unicode_is_space(code))
            width += code == '\t' ? 4 : (size_t)gaz_unicode_width(code);
    }
    return width;
}

static bool add_line(struct gaz_issue *issue, const struct gaz_line *line) {
    struct gaz_lines *lines = &issue->lines;
    if (lines->count == lines->capacity) {
        size_t capacity = lines->capacity ? lines->capacity * 2 : 256;
        struct gaz_line *items = gaz_arena_alloc(issue->arena, capacity * sizeof *items);
        if (!items)
            return false;
        if (lines->count > 0)
            memcpy(items, lines->items, lines->count * sizeof *items);
        lines->items = items;
        lines->capacity = capacity;
    }
    lines->items[lines->count++] = *line;
    return true;
}

// Whether RAW begins with exactly one space.
static bool has_one_space(struct gaz_str raw) {
    return raw.len > 1 && raw.data[0] == ' ' && raw.data[1] != ' ' && raw.data[1] != '\t';
}

// How many pages the line RAW is ahead of the one before: 0 on the same page, more than 1 after empty ones.
static size_t pages_on(const struct walk *walk, struct gaz_str raw) {
    size_t feeds = walk->empty_pages || walk->feeds == 0 ? walk->feeds : 1;
    if (walk->issue->lines.count == 0)
        return walk->feeds_end ? 1 + feeds : 1;
    if (feeds > 0)
        return feeds;
    return !walk->has_feeds && walk->space_marks && walk->blank == 0 && has_one_space(raw);
}

static bool take_line(struct walk *walk, struct gaz_str raw) {
    struct gaz_issue *issue = walk->issue;
    struct gaz_str text = gaz_str_trim(raw);
    if (text.len == 0) {
        walk->blank++;
        return true;
    }
    struct gaz_line line = {.span = {(size_t)(text.data - issue->source.data), text.len},
                            .number = walk->number,
                            .blank_before = walk->blank,
                            .page_start = pages_on(walk, raw) > 0,
                            .spaced = is_letter_spaced(text)};
    line.indent = columns((struct gaz_str){raw.data, (size_t)(text.data - raw.data)}, false);
    line.width = columns(text, line.spaced);
    issue->page_count += pages_on(walk, raw);
    line.page = issue->page_count;
    walk->blank = 0;
    walk->feeds = 0;
    return add_line(issue, &line);
}

static bool ends_line(char byte) {
    return byte == '\n' || byte == '\r' || byte == '\f';
}

// The next line of the source from *AT, its end mark (LF, CR, CR LF or a form feed) taken off.
static struct gaz_str next_line(const struct gaz_source *source, size_t *at, bool *feed) {
    struct gaz_str line = {source->data + *at, 0};
    while (*at < source->len && !ends_line(source->data[*at]))
        (*at)++;
    line.len = (size_t)(source->data + *at - line.data);
    *feed = *at < source->len && source->data[*at] == '\f';
    if (*at + 1 < source->len && source->data[*at] == '\r' && source->data[*at + 1] == '\n')
        (*at)++;
    (*at)++;
    return line;
}

// How the extractor marks pages: by form feeds (empty pages too, as long as there are fewer of them than
// lines); else by one space before a line that follows another directly, as long as that is rarer than once
// in eight lines.
static void survey(struct walk *walk) {
    const struct gaz_source *source = &walk->issue->source;
    size_t printed = 0, marked = 0, feeds = 0;
    bool after_printed = false;
    for (size_t at = 0; at < source->len;) {
        bool feed;
        struct gaz_str raw = next_line(source, &at, &feed), text = gaz_str_trim(raw);
        walk->has_feeds |= feed && at < source->len;
        walk->feeds_end = feed;
        feeds += feed;
        marked += after_printed && text.len > 0 && has_one_space(raw);
        after_printed = text.len > 0;
        printed += after_printed;
    }
    walk->space_marks = marked * 8 < printed;
    walk->empty_pages = feeds <= printed;
}

static enum gaz_status cut_lines(struct gaz_issue *issue, struct gaz_err *err) {
    struct walk walk = {.issue = issue};
    survey(&walk);
    for (size_t at = 0; at < issue->source.len;) {
        bool feed;
        struct gaz_str raw = next_line(&issue->source, &at, &feed);
        walk.number++;
        if (!take_line(&walk, raw))
            return gaz_err_memory(err);
        if (feed) { // a form feed ends no line of the file
            walk.feeds++;
            walk.number--;
        }
    }
    return GAZ_OK;
}

// --- source
// --------------------------------------------------------------------------------------------------

// Texts are C strings: a zero byte becomes U+001A SUBSTITUTE, which takes one byte too, so that no offset
// moves. Returns how many there were.
static size_t substitute_zero_bytes(struct gaz_charset_text *text) {
    size_t count = 0;
    for (char *at = text->data; (at = memchr(at, '\0', (size_t)(text->data + text->len - at))); count++)
        *at = '\x1A';
    return count;
}

static void report_faults(struct gaz_issue *issue, const struct gaz_charset_text *text, size_t zero_bytes) {
    for (size_t i = 0; i < text->fault_count && i < FAULTS_REPORTED; i++)
        gaz_diag_report(issue->diag, issue->diag_context, issue->source.path, 0, 0, "undecodable",
                        "byte 0x%02x at offset %zu is no %s text; it is kept as U+FFFD", text->faults[i].byte,
                        text->faults[i].input_offset, text->encoding);
    if (text->fault_count > FAULTS_REPORTED)
        gaz_diag_report(issue->diag, issue->diag_context, issue->source.path, 0, 0, "undecodable",
                        "%zu more bytes are no %s text", text->fault_count - FAULTS_REPORTED, text->encoding);
    if (zero_bytes > 0)
        gaz_diag_report(issue->diag, issue->diag_context, issue->source.path, 0, 0, "undecodable",
                        "%zu zero characters are no text; they are kept as U+001A", zero_bytes);
}

// A byte order mark of UTF-8 stays in the text, as white space, so that offsets are those in the file itself.
static const char *keep_text(struct gaz_arena *arena, const struct gaz_charset_text *text, size_t *len) {
    static const char mark[] = "\uFEFF";
    size_t at = text->had_bom && strcmp(text->encoding, "UTF-8") == 0 ? strlen(mark) : 0;
    char *data = gaz_arena_alloc(arena, at + text->len + 1);
    if (!data)
        return NULL;
    memcpy(data, mark, at);
    memcpy(data + at, text->data, text->len);
    *len = at + text->len;
    return data;
}

// Names the source and hashes the file it is from.
static bool name_source(struct gaz_issue *issue, const char *path, const char *raw, size_t len) {
    struct gaz_source *source = &issue->source;
    struct gaz_hash hash;
    source->path = gaz_arena_strndup(issue->arena, path, strlen(path));
    source->stem = gaz_issue_stem(issue->arena, path);
    source->raw_bytes = len;
    gaz_hash_begin(&hash);
    gaz_hash_add(&hash, raw, len);
    gaz_hash_end(&hash, source->sha256);
    return source->path && source->stem;
}

static enum gaz_status take_text(struct gaz_issue *issue, const char *raw, size_t len, const char *encoding,
                                 struct gaz_err *err) {
    struct gaz_source *source = &issue->source;
    struct gaz_charset_text text;
    enum gaz_status status = gaz_charset_decode(raw, len, encoding, &text, err);
    if (status != GAZ_OK)
        return status;
    size_t zero_bytes = substitute_zero_bytes(&text);
    source->data = keep_text(issue->arena, &text, &source->len);
    source->encoding = text.encoding;
    if (source->data)
        report_faults(issue, &text, zero_bytes);
    gaz_charset_text_free(&text);
    return source->data ? GAZ_OK : gaz_err_memory(err);
}

// --- files that are no text
// --------------------------------------------------------------------------------------------------

// A kind of file whose text must be got out of it first.
struct kind {
    const char *encoding; // what its records say
    const char *suffixes[SUFFIXES_MAX];
    bool (*is_one)(const char *raw, size_t len);
    enum gaz_status (*text)(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                            const char *encoding, struct gaz_page_text *text, struct gaz_err *err);
};

static const struct kind kinds[] = {
    {"PDF", {".pdf"}, gaz_pdf_is_pdf, reader_pdf_text},
    {"DOCX", {".docx"}, gaz_markup_is_zip, reader_docx_text},
    {"HTML", {".html", ".htm", ".xhtml"}, gaz_markup_is_html, reader_html_text},
};

static bool has_suffix(const char *path, const char *suffix) {
    size_t len = strlen(path), tail = strlen(suffix);
    return len > tail && strcasecmp(path + len - tail, suffix) == 0;
}

bool gaz_reader_is_issue(const char *name) {
    bool known = has_suffix(name, ".txt");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t k = 0; k < SUFFIXES_MAX && kinds[i].suffixes[k]; k++)
            known = known || has_suffix(name, kinds[i].suffixes[k]);
    return known && name[0] != '.';
}

// The kind of a file, by its name or by how it begins; NULL when it is text, as one that is called so always
// is.
static const struct kind *kind_of(const char *path, const char *raw, size_t len) {
    if (has_suffix(path, ".txt"))
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (size_t k = 0; k < SUFFIXES_MAX && kinds[i].suffixes[k]; k++)
            if (has_suffix(path, kinds[i].suffixes[k]))
                return &kinds[i];
        if (kinds[i].is_one(raw, len))
            return &kinds[i];
    }
    return NULL;
}

// The lines are what the reader of that kind wrote, one for one.
static void sort_lines(struct gaz_issue *issue, const struct gaz_buf *sorts) {
    for (size_t i = 0; i < issue->lines.count && i < sorts->len; i++)
        issue->lines.items[i].sort = (enum gaz_line_sort)sorts->data[i];
}

static enum gaz_status take_kind(struct gaz_issue *issue, const struct kind *kind, const char *raw,
                                 size_t len, const char *encoding, struct gaz_err *err) {
    struct gaz_source *source = &issue->source;
    struct gaz_page_text text = {GAZ_BUF_INIT, GAZ_BUF_INIT};
    enum gaz_status status = kind->text(issue, source->path, raw, len, encoding, &text, err);
    if (status == GAZ_OK)
        status = gaz_buf_check(&text.sorts, err);
    if (status == GAZ_OK) {
        source->data = gaz_arena_strndup(issue->arena, text.text.data, text.text.len);
        source->len = text.text.len;
        source->encoding = kind->encoding;
        status = source->data ? cut_lines(issue, err) : gaz_err_memory(err);
    }
    if (status == GAZ_OK)
        sort_lines(issue, &text.sorts);
    gaz_page_text_free(&text);
    return status;
}

enum gaz_status gaz_reader_take(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                const char *encoding, struct gaz_err *err) {
    if (!name_source(issue, path, raw, len))
        return gaz_err_memory(err);
    const struct kind *kind = kind_of(path, raw, len);
    if (kind)
        return take_kind(issue, kind, raw, len, encoding, err);
    enum gaz_status status = take_text(issue, raw, len, encoding, err);
    return status == GAZ_OK ? cut_lines(issue, err) : status;
}

enum gaz_status gaz_reader_load(struct gaz_issue *issue, const char *path, const char *encoding,
                                struct gaz_err *err) {
    struct gaz_buf raw = GAZ_BUF_INIT;
    size_t size;
    int fd;
    enum gaz_status status = open_regular(path, &fd, &size, err);
    if (status != GAZ_OK)
        return status;
    status = drain(fd, path, &raw, NULL, err);
    close(fd);
    if (status == GAZ_OK)
        status = gaz_reader_take(issue, path, raw.data, raw.len, encoding, err);
    gaz_buf_free(&raw);
    return status;
}
