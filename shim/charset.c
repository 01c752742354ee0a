// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "shim/unicode.h"

enum {
    CHUNK_SIZE = 8192,      // bytes that iconv writes at a time
    SAMPLE_SIZE = 64 << 10, // bytes that the guess between the Chinese encodings looks at
    FAULT_WEIGHT = 4        // a fault speaks against an encoding as much as so many rare characters
};

struct encoding {
    const char *name;
    const char *bom;
    size_t unit;          // bytes that are at fault together
    const char *iconv[2]; // alternatives; none: UTF-8, which needs no conversion
};

static const struct encoding utf8 = {"UTF-8", "\xEF\xBB\xBF", 1, {NULL, NULL}};
static const struct encoding utf16le = {"UTF-16LE", "\xFF\xFE", 2, {"UTF-16LE", NULL}};
static const struct encoding utf16be = {"UTF-16BE", "\xFE\xFF", 2, {"UTF-16BE", NULL}};
static const struct encoding gb18030 = {"GB18030", "\x84\x31\x95\x33", 1, {"GB18030", NULL}};
static const struct encoding big5 = {"Big5", "", 1, {"BIG5-HKSCS", "CP950"}};

// What takes decoded text. TEXT is UTF-8 of whole characters; FAULT is the offset of a byte that is no
// character.
struct consumer {
    void (*take_text)(struct consumer *self, const char *text, size_t len);
    void (*take_fault)(struct consumer *self, size_t offset);
};

// --- decoding ---

static void decode_utf8(const char *raw, size_t len, struct consumer *consumer) {
    size_t start = 0;
    size_t at = 0;

    while (at < len) {
        uint32_t code;
        size_t size = gaz_utf8_decode(raw + at, len - at, &code);

        if (size == 1 && code == 0xFFFD) {
            consumer->take_text(consumer, raw + start, at - start);
            consumer->take_fault(consumer, at);
            start = at + 1;
        }
        at += size;
    }
    consumer->take_text(consumer, raw + start, at - start);
}

// One call of iconv, whose output goes to CONSUMER. A NULL *AT writes what iconv holds back. Returns 0, or
// errno.
static int convert_chunk(iconv_t converter, char **at, size_t *left, struct consumer *consumer) {
    char chunk[CHUNK_SIZE];
    char *end = chunk;
    size_t room = sizeof chunk;
    int failed = iconv(converter, at, left, &end, &room) == (size_t)-1;
    int error = failed ? errno : 0;

    consumer->take_text(consumer, chunk, (size_t)(end - chunk));
    return error;
}

static void flush(iconv_t converter, struct consumer *consumer) {
    convert_chunk(converter, &(char *){NULL}, &(size_t){0}, consumer);
}

static void decode_iconv(iconv_t converter, const char *raw, size_t len, size_t unit,
                         struct consumer *consumer) {
    union { // iconv does not write to its input, but does not say so
        const char *start;
        char *at;
    } input = {raw};
    size_t left = len;

    while (left > 0) {
        int error = convert_chunk(converter, &input.at, &left, consumer);
        if (error == 0 || error == E2BIG)
            continue;
        flush(converter, consumer);
        for (size_t i = 0; i < unit && left > 0; i++) {
            consumer->take_fault(consumer, (size_t)(input.at - raw));
            input.at++;
            left--;
        }
    }
    flush(converter, consumer);
}

// Decodes from iconv's CHARSET; UNIT bytes are at fault together. Returns 0, or why iconv cannot (errno).
static int decode_charset(const char *charset, const char *raw, size_t len, size_t unit,
                          struct consumer *consumer) {
    iconv_t converter = iconv_open("UTF-8", charset);
    int error = (intptr_t)converter == -1 ? errno : 0;

    if (error == 0)
        decode_iconv(converter, raw, len, unit, consumer);
    iconv_close(converter); // where it was not opened, that only says so
    return error;
}

// --- detection ---

// One bit for each common Chinese character: the first levels of GB 2312 and Big5.
static unsigned char common_han[0x10000 / 8];
static pthread_once_t common_han_once = PTHREAD_ONCE_INIT;

static void mark_common_han(struct consumer *self, const char *text, size_t len) {
    uint32_t code;

    (void)self;
    for (size_t at = 0; at < len;) {
        at += gaz_utf8_decode(text + at, len - at, &code);
        if (code < 0x10000 && gaz_unicode_is_han(code))
            common_han[code / 8] |= (unsigned char)(1u << code % 8);
    }
}

static void ignore_fault(struct consumer *self, size_t offset) {
    (void)self;
    (void)offset;
}

// Marks the two-byte characters of CHARSET with lead bytes FIRST to LAST.
static void mark_level(const char *charset, int first, int last) {
    struct consumer consumer = {mark_common_han, ignore_fault};
    char codes[64 * 256 * 2];
    size_t len = 0;

    for (int lead = first; lead <= last; lead++) {
        for (int trail = 0x40; trail <= 0xFE; trail++) {
            codes[len++] = (char)lead;
            codes[len++] = (char)trail;
        }
    }
    decode_charset(charset, codes, len, 2, &consumer);
}

static void mark_common(void) {
    mark_level("GB2312", 0xB0, 0xD7);
    mark_level("BIG5", 0xA4, 0xC6);
}

static int is_common(uint32_t code) {
    if (code >= 0x10000)
        return 0;
    if (common_han[code / 8] >> code % 8 & 1)
        return 1;
    return (code >= 0x3000 && code <= 0x3017) || (code >= 0xFF01 && code <= 0xFF5E) || // 、。《》〔〕，；（
           (code >= 0x2013 && code <= 0x2026) || (code >= 0x2460 && code <= 0x2473) || // — “ ” … ①
           code == 0xB7 || code == 0xD7 || code == 0x25B3 || code == 0x25CB;           // · × △ ○
}

struct score {
    struct consumer consumer;
    size_t common;
    size_t rare;
    size_t faults;
};

static void score_text(struct consumer *self, const char *text, size_t len) {
    struct score *score = (struct score *)self;
    uint32_t code;

    for (size_t at = 0; at < len;) {
        at += gaz_utf8_decode(text + at, len - at, &code);
        if (code < 0x80 && (code >= ' ' || gaz_unicode_is_space(code)))
            continue; // ASCII looks the same in most encodings
        if (is_common(code))
            score->common++;
        else
            score->rare++;
    }
}

static void score_fault(struct consumer *self, size_t offset) {
    (void)offset;
    ((struct score *)self)->faults++;
}

// How well ENCODING fits the sample: the share of common characters, 0 to 1.
static double fit(const struct encoding *encoding, const char *sample, size_t len) {
    struct score score = {{score_text, score_fault}, 0, 0, 0};

    if (decode_charset(encoding->iconv[0], sample, len, encoding->unit, &score.consumer) != 0)
        return 0;
    size_t against = score.rare + score.faults * FAULT_WEIGHT;
    return score.common ? (double)score.common / (double)(score.common + against) : 0;
}

// The Chinese encoding that fits best, the first of equals.
static const struct encoding *guess_chinese(const char *raw, size_t len) {
    static const struct encoding *const candidates[] = {&gb18030, &big5, &utf16le, &utf16be, NULL};
    const struct encoding *best = candidates[0];
    double best_fit = 0;

    pthread_once(&common_han_once, mark_common);
    for (size_t i = 0; candidates[i]; i++) {
        double candidate_fit = fit(candidates[i], raw, len < SAMPLE_SIZE ? len : SAMPLE_SIZE);
        if (candidate_fit > best_fit) {
            best_fit = candidate_fit;
            best = candidates[i];
        }
    }
    return best;
}

// What a text is as UTF-8.
struct utf8_tally {
    size_t multibyte; // characters that are not ASCII
    size_t broken;    // bytes that are no characters
    size_t zeros[2];  // zero bytes at even and odd offsets
};

static void tally_utf8(const char *raw, size_t len, struct utf8_tally *tally) {
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t size = gaz_utf8_decode(raw + at, len - at, &code);

        if (size > 1)
            tally->multibyte++;
        else if (code == 0xFFFD)
            tally->broken++;
        else if (code == 0)
            tally->zeros[at % 2]++;
        at += size;
    }
}

static int starts_with_bom(const struct encoding *encoding, const char *raw, size_t len) {
    size_t bom_len = strlen(encoding->bom);
    return bom_len > 0 && len >= bom_len && memcmp(raw, encoding->bom, bom_len) == 0;
}

static const struct encoding *detect(const char *raw, size_t len) {
    static const struct encoding *const marked[] = {&utf8, &utf16le, &utf16be, &gb18030, NULL};
    struct utf8_tally tally = {0};

    for (size_t i = 0; marked[i]; i++) {
        if (starts_with_bom(marked[i], raw, len))
            return marked[i];
    }
    tally_utf8(raw, len, &tally);
    if (tally.multibyte == 0 && tally.broken == 0) {
        if (tally.zeros[1] > len / 4)
            return &utf16le;
        return tally.zeros[0] > len / 4 ? &utf16be : &utf8;
    }
    if (tally.multibyte >= 2 * tally.broken) // other encodings give about one for six
        return &utf8;
    return guess_chinese(raw, len);
}

const char *gaz_charset_detect(const char *raw, size_t len) {
    return detect(raw, len)->name;
}

// --- names ---

// Compares names of encodings: letters and digits, in any case.
static int is_same_name(const char *one, const char *other) {
    for (;;) {
        one += strcspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
        other += strcspn(other, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
        if (tolower((unsigned char)*one) != tolower((unsigned char)*other))
            return 0;
        if (!*one)
            return 1;
        one++;
        other++;
    }
}

static const struct encoding *find_encoding(const char *name) {
    static const struct {
        const char *name;
        const struct encoding *encoding;
    } names[] = {
        {"UTF-8", &utf8},      {"UTF-16LE", &utf16le}, {"UTF-16BE", &utf16be}, {"GB18030", &gb18030},
        {"GBK", &gb18030},     {"GB2312", &gb18030},   {"CP936", &gb18030},    {"Big5", &big5},
        {"Big5-HKSCS", &big5}, {"CP950", &big5},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (is_same_name(name, names[i].name))
            return names[i].encoding;
    }
    return NULL;
}

// --- the whole ---

struct collector {
    struct consumer consumer;
    const char *raw;
    size_t base; // offset of the decoded part in the raw input
    struct gaz_buf text;
    struct gaz_charset_fault *faults;
    size_t fault_count;
    size_t fault_capacity;
    int is_short_of_memory;
};

static void collect_text(struct consumer *self, const char *text, size_t len) {
    gaz_buf_add(&((struct collector *)self)->text, text, len);
}

static void collect_fault(struct consumer *self, size_t offset) {
    struct collector *collector = (struct collector *)self;
    struct gaz_charset_fault *faults =
        gaz_grow(collector->faults, &collector->fault_capacity, collector->fault_count + 1, sizeof *faults);

    if (!faults) {
        collector->is_short_of_memory = 1;
        return;
    }
    size_t input_offset = collector->base + offset;
    faults[collector->fault_count++] = (struct gaz_charset_fault){
        input_offset, collector->text.len, (unsigned char)collector->raw[input_offset]};
    collector->faults = faults;
    gaz_buf_addstr(&collector->text, "\uFFFD");
}

static enum gaz_status check_collected(const struct collector *collector, struct gaz_err *err) {
    if (collector->is_short_of_memory)
        return gaz_err_memory(err);
    return gaz_buf_check(&collector->text, err);
}

// Decodes what follows the first BASE bytes by CHARSET (NULL: UTF-8). The caller frees COLLECTOR in any case.
static enum gaz_status collect(const char *raw, size_t len, size_t base, size_t unit, const char *charset,
                               struct collector *collector, struct gaz_err *err) {
    *collector = (struct collector){
        .consumer = {collect_text, collect_fault}, .raw = raw, .base = base, .text = GAZ_BUF_INIT};
    if (!charset) {
        decode_utf8(raw + base, len - base, &collector->consumer);
        return check_collected(collector, err);
    }
    int error = decode_charset(charset, raw + base, len - base, unit, &collector->consumer);
    if (error == ENOMEM)
        return gaz_err_memory(err);
    if (error != 0)
        return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                           "this system's iconv cannot decode %s: install its modules", charset);
    return check_collected(collector, err);
}

static void free_collector(struct collector *collector) {
    gaz_buf_free(&collector->text);
    gaz_free(collector->faults);
}

// Decodes by the second alternative and keeps that in COLLECTOR if it has fewer faults.
static enum gaz_status try_alternative(const char *raw, size_t len, size_t base,
                                       const struct encoding *encoding, struct collector *collector,
                                       struct gaz_err *err) {
    struct collector other;
    enum gaz_status status = collect(raw, len, base, encoding->unit, encoding->iconv[1], &other, err);

    if (status == GAZ_OK && other.fault_count < collector->fault_count) {
        struct collector worse = *collector;
        *collector = other;
        other = worse;
    }
    free_collector(&other);
    return status;
}

static enum gaz_status hand_over(struct collector *collector, const struct encoding *encoding,
                                 struct gaz_charset_text *out, struct gaz_err *err) {
    size_t len = collector->text.len;
    char *data = gaz_buf_take(&collector->text);

    if (!data)
        return gaz_err_memory(err);
    *out = (struct gaz_charset_text){
        data, len, encoding->name, collector->base > 0, collector->faults, collector->fault_count};
    collector->faults = NULL;
    return GAZ_OK;
}

enum gaz_status gaz_charset_decode(const char *raw, size_t len, const char *encoding,
                                   struct gaz_charset_text *out, struct gaz_err *err) {
    const struct encoding *from = encoding ? find_encoding(encoding) : detect(raw, len);
    struct collector collector;

    *out = (struct gaz_charset_text){0};
    if (!from)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT,
                           "unknown encoding \"%s\": use UTF-8, GB18030, Big5, UTF-16LE or UTF-16BE",
                           encoding);
    size_t base = starts_with_bom(from, raw, len) ? strlen(from->bom) : 0;
    enum gaz_status status = collect(raw, len, base, from->unit, from->iconv[0], &collector, err);
    if (status == GAZ_OK && collector.fault_count > 0 && from->iconv[1])
        status = try_alternative(raw, len, base, from, &collector, err);
    if (status == GAZ_OK)
        status = hand_over(&collector, from, out, err);
    free_collector(&collector);
    return status;
}

void gaz_charset_text_free(struct gaz_charset_text *text) {
    gaz_free(text->data);
    gaz_free(text->faults);
    *text = (struct gaz_charset_text){0};
}
