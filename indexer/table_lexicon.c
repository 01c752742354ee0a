// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sets of short strings of glyphs, each kept as its 64-bit hash (FNV-1a over code points, Fowler, Noll and
// Vo).
#include "indexer/table_parse.h"

#include <string.h>

#include "shim/unicode.h"

enum { LEXICON_GLYPHS = 40 }; // longest entry that is looked up

uint64_t gaz_table_hash_step(uint64_t hash, uint32_t code) {
    return (hash ^ code) * UINT64_C(1099511628211);
}

struct entry {
    uint64_t hash; // 0: free
    uint32_t next; // the glyph that followed it last time it was counted
    uint32_t seen; // times it was counted
    bool branches; // different glyphs followed it
    uint8_t marks; // 0: not in the set
};

struct gaz_table_lexicon {
    struct gaz_arena *arena;
    struct entry *entries;
    size_t used, size; // size: power of two
};

static struct entry *find(const struct gaz_table_lexicon *lexicon, uint64_t hash) {
    size_t at = (size_t)hash & (lexicon->size - 1);
    while (lexicon->entries[at].hash != 0 && lexicon->entries[at].hash != hash)
        at = (at + 1) & (lexicon->size - 1);
    return &lexicon->entries[at];
}

static bool resize(struct gaz_table_lexicon *lexicon, size_t size) {
    struct gaz_table_lexicon larger = {.size = size};
    larger.entries = gaz_arena_alloc(lexicon->arena, size * sizeof *larger.entries);
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < lexicon->size; i++) {
        if (lexicon->entries[i].hash != 0)
            *find(&larger, lexicon->entries[i].hash) = lexicon->entries[i];
    }
    lexicon->entries = larger.entries;
    lexicon->size = size;
    return true;
}

struct gaz_table_lexicon *gaz_table_lexicon_new(struct gaz_arena *scratch) {
    struct gaz_table_lexicon *lexicon = gaz_arena_alloc(scratch, sizeof *lexicon);
    if (!lexicon)
        return NULL;
    lexicon->arena = scratch;
    return resize(lexicon, 256) ? lexicon : NULL;
}

// The entry of HASH, made when it is new. NULL when memory is out.
static struct entry *obtain(struct gaz_table_lexicon *lexicon, uint64_t hash) {
    if (lexicon->used * 2 >= lexicon->size && !resize(lexicon, lexicon->size * 2))
        return NULL;
    hash += hash == 0;
    struct entry *entry = find(lexicon, hash);
    lexicon->used += entry->hash == 0;
    entry->hash = hash;
    return entry;
}

static bool accept(struct gaz_table_lexicon *lexicon, uint64_t hash, uint8_t marks) {
    struct entry *entry = obtain(lexicon, hash);
    if (entry)
        entry->marks |= marks;
    return entry != NULL;
}

bool gaz_table_lexicon_add(struct gaz_table_lexicon *lexicon, const struct gaz_table_glyph *glyphs,
                           size_t count) {
    uint64_t hash = GAZ_TABLE_HASH_START;
    for (size_t i = 0; i < count; i++)
        hash = gaz_table_hash_step(hash, glyphs[i].code);
    return accept(lexicon, hash, 1);
}

bool gaz_table_lexicon_add_text(struct gaz_table_lexicon *lexicon, const char *text, uint8_t marks) {
    uint64_t hash = GAZ_TABLE_HASH_START;
    size_t len = strlen(text), glyphs = 0, size;
    for (size_t at = 0; at < len; at += size) {
        uint32_t code = gaz_table_decode(text + at, len - at, &size);
        if (!gaz_unicode_is_space(code)) {
            hash = gaz_table_hash_step(hash, code);
            glyphs++;
        }
    }
    return glyphs == 0 || accept(lexicon, hash, marks);
}

size_t gaz_table_lexicon_longest(const struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                                 size_t at, size_t limit) {
    uint64_t hash = GAZ_TABLE_HASH_START;
    size_t longest = 0;
    for (size_t i = 0; i < limit && i < LEXICON_GLYPHS && at + i < text->count; i++) {
        hash = gaz_table_hash_step(hash, text->glyphs[at + i].code);
        const struct entry *entry = find(lexicon, hash + (hash == 0));
        if (entry->marks != 0)
            longest = i + 1;
    }
    return longest;
}

uint8_t gaz_table_lexicon_marks(const struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                                struct gaz_table_range range) {
    uint64_t hash = GAZ_TABLE_HASH_START;
    for (size_t i = range.from; i < range.to; i++)
        hash = gaz_table_hash_step(hash, text->glyphs[i].code);
    return find(lexicon, hash + (hash == 0))->marks;
}

bool gaz_table_lexicon_count(struct gaz_table_lexicon *lexicon, const struct gaz_table_text *text,
                             struct gaz_table_range range, size_t enough) {
    uint64_t hash = GAZ_TABLE_HASH_START;
    for (size_t i = range.from; i < range.to; i++)
        hash = gaz_table_hash_step(hash, text->glyphs[i].code);
    struct entry *entry = obtain(lexicon, hash);
    if (!entry)
        return false;
    uint32_t next = gaz_table_code_at(text, range.to);
    entry->branches = entry->branches || (entry->seen > 0 && entry->next != next);
    entry->next = next;
    entry->seen++;
    if (entry->seen >= enough && entry->branches)
        entry->marks |= 1;
    return true;
}
