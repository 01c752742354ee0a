// SPDX-License-Identifier: GPL-2.0-or-later
//
// SHA-256 (FIPS 180-4), through nettle.
#ifndef GAZ_SHIM_HASH_H
#define GAZ_SHIM_HASH_H

#include <nettle/sha2.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gaz_hash {
    struct sha256_ctx state;
};

enum {
    GAZ_HASH_SIZE = 32, // bytes of the digest
    GAZ_HASH_HEX = 65   // room for the digest in hexadecimal and its NUL
};

void gaz_hash_begin(struct gaz_hash *hash);
void gaz_hash_add(struct gaz_hash *hash, const void *bytes, size_t len);
// The digest of all that was added, in lower-case hexadecimal.
void gaz_hash_end(struct gaz_hash *hash, char out[GAZ_HASH_HEX]);
// The same as bytes.
void gaz_hash_end_bytes(struct gaz_hash *hash, uint8_t out[GAZ_HASH_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
