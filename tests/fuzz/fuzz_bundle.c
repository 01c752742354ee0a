// SPDX-License-Identifier: GPL-2.0-or-later
//
// Bundles. The first byte chooses: any bytes are opened, or a bundle is made of the documents that the input
// describes and read back, perhaps after a byte of it was changed.
#include <stdlib.h>
#include <string.h>

#include "shim/bundle.h"
#include "tests/support/property.h"

enum { DOCUMENTS_MAX = 8, TERMS_MAX = 4, SLOT = 3 };
enum choice { CHOICE_RAW, CHOICE_PACKED, CHOICE_CHANGED, CHOICES };

static bool same(struct gaz_index_bytes a, struct gaz_index_bytes b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static bool is_told(enum gaz_status status) {
    return status == GAZ_OK || status == GAZ_ERR_CORRUPT || status == GAZ_ERR_VERSION;
}

// Reads every byte, so that the address sanitizer sees what lies outside.
static void touch(struct gaz_index_bytes bytes) {
    static volatile unsigned sum;
    for (size_t i = 0; i < bytes.len; i++)
        sum = sum + (unsigned char)bytes.data[i];
}

static void read_all(struct gaz_bundle *bundle) {
    for (size_t at = 0; at < gaz_bundle_count(bundle); at++) {
        struct gaz_index_bytes part;
        for (int which = GAZ_BUNDLE_HEAD; which <= GAZ_BUNDLE_REST; which++) {
            enum gaz_status status = gaz_bundle_data(bundle, at, (enum gaz_bundle_part)which, &part, NULL);
            require(is_told(status), "data are read, or damaged");
            if (status == GAZ_OK)
                touch(part);
        }
        touch(gaz_bundle_value(bundle, at, SLOT));
    }
    for (size_t i = 0; i < gaz_bundle_term_count(bundle); i++) {
        struct gaz_bundle_set set, found;
        struct gaz_index_bytes term = gaz_bundle_term(bundle, i, &set);
        touch(term);
        require(gaz_bundle_find(bundle, term, &found), "a term that is there is found");
    }
}

static void check_opens(const char *data, size_t len) {
    struct gaz_bundle *bundle = NULL;
    enum gaz_status status = gaz_bundle_open(data, len, &bundle, NULL);
    require(is_told(status), "bytes are a bundle, or damage");
    if (status == GAZ_OK)
        read_all(bundle);
    gaz_bundle_free(bundle);
}

// --- made of documents

struct made {
    struct gaz_index_document documents[DOCUMENTS_MAX];
    struct gaz_index_term terms[DOCUMENTS_MAX][TERMS_MAX];
    struct gaz_index_value values[DOCUMENTS_MAX];
    char *texts[DOCUMENTS_MAX * (TERMS_MAX + 2)];
    size_t count, text_count;
};

static struct gaz_index_bytes take(struct made *made, struct input *input) {
    char *text = input_text(input);
    made->texts[made->text_count++] = text;
    return (struct gaz_index_bytes){text, strlen(text)};
}

static void take_document(struct made *made, struct input *input) {
    size_t at = made->count++;
    struct gaz_index_document *document = &made->documents[at];
    unsigned shape = input_choice(input);
    for (size_t i = 0; i < shape % TERMS_MAX; i++) {
        struct gaz_index_bytes term = take(made, input);
        if (term.len > 0)
            made->terms[at][document->term_count++] =
                (struct gaz_index_term){term, shape & 8 ? GAZ_INDEX_RARE : 0};
    }
    document->terms = made->terms[at];
    made->values[at] = (struct gaz_index_value){SLOT, shape & 1, take(made, input)};
    document->values = &made->values[at];
    document->value_count = shape & 16 ? 1 : 0;
    document->data = take(made, input);
    document->head = document->data.len * (shape >> 5) / 8;
}

static void check_document(struct gaz_bundle *bundle, size_t at, const struct gaz_index_document *document) {
    struct gaz_index_bytes head = {document->data.data, document->head};
    struct gaz_index_bytes rest = {document->data.data + document->head, document->data.len - document->head};
    struct gaz_index_bytes part, unset = {"", 0};
    require(gaz_bundle_data(bundle, at, GAZ_BUNDLE_HEAD, &part, NULL) == GAZ_OK && same(part, head),
            "a head is read as it was stored");
    require(gaz_bundle_data(bundle, at, GAZ_BUNDLE_REST, &part, NULL) == GAZ_OK && same(part, rest),
            "a rest is read as it was stored");
    require(
        same(gaz_bundle_value(bundle, at, SLOT), document->value_count ? document->values[0].bytes : unset),
        "a value is read as it was stored");
    for (size_t i = 0; i < document->term_count; i++) {
        struct gaz_bundle_set set = {{0}};
        require(gaz_bundle_find(bundle, document->terms[i].term, &set) && (set.bits[0] >> at & 1),
                "a term finds the documents that carry it");
    }
}

static void check_packed(const struct made *made, const struct gaz_index_document *packed) {
    struct gaz_bundle *bundle = NULL;
    require(gaz_bundle_open(packed->data.data, packed->data.len, &bundle, NULL) == GAZ_OK,
            "what is packed can be opened");
    require(gaz_bundle_count(bundle) == made->count, "a bundle has its documents");
    for (size_t i = 0; i < made->count; i++)
        check_document(bundle, i, &made->documents[i]);
    read_all(bundle);
    gaz_bundle_free(bundle);
}

static void check_changed(const struct gaz_index_document *packed, unsigned place, unsigned flip) {
    size_t len = packed->data.len;
    char *changed = malloc(len);
    require(changed != NULL, "there is memory");
    memcpy(changed, packed->data.data, len);
    changed[place * len / 256] = (char)(changed[place * len / 256] ^ (char)flip);
    check_opens(changed, len);
    free(changed);
}

static void check_made(struct input *input, bool change) {
    struct made made = {.count = 0};
    struct gaz_index_document packed;
    struct gaz_arena *arena = gaz_arena_new();
    unsigned place = input_choice(input), flip = input_choice(input);
    require(arena != NULL, "there is memory");
    do
        take_document(&made, input);
    while (input->left > 0 && made.count < DOCUMENTS_MAX);
    require(gaz_bundle_pack(made.documents, made.count, NULL, 0, arena, &packed, NULL) == GAZ_OK,
            "documents are packed");
    if (change)
        check_changed(&packed, place, flip);
    else
        check_packed(&made, &packed);
    gaz_arena_free(arena);
    for (size_t i = 0; i < made.text_count; i++)
        free(made.texts[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {(const char *)data, size};
    unsigned choice = input_choice(&input) % CHOICES;
    if (choice == CHOICE_RAW)
        check_opens(input.at, input.left);
    else
        check_made(&input, choice == CHOICE_CHANGED);
    return 0;
}
