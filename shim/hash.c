// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/hash.h"

#include <stdio.h>

void gaz_hash_begin(struct gaz_hash *hash) {
    sha256_init(&hash->state);
}

void gaz_hash_add(struct gaz_hash *hash, const void *bytes, size_t len) {
    sha256_update(&hash->state, len, bytes);
}

void gaz_hash_end_bytes(struct gaz_hash *hash, uint8_t out[GAZ_HASH_SIZE]) {
    sha256_digest(&hash->state, GAZ_HASH_SIZE, out);
}

void gaz_hash_end(struct gaz_hash *hash, char out[GAZ_HASH_HEX]) {
    uint8_t digest[GAZ_HASH_SIZE];
    gaz_hash_end_bytes(hash, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}
