// SPDX-License-Identifier: GPL-2.0-or-later
//
// Chinese script: folding every traditional or variant character to one representative by a table, which is
// made at build time (shim/generate) from OpenCC, and conversion of texts by OpenCC itself (about 3 MB/s; the
// table goes as fast as memory).
#ifndef GAZ_SHIM_HANZI_H
#define GAZ_SHIM_HANZI_H

#include <stddef.h>
#include <stdint.h>

#include "shim/status.h"

// The representative of CODE's class: 發 髮 → 发, 後 → 后, 臺 → 台, 為 爲 → 为, 號 → 号. Classes are the
// connected components of "converts to" in either direction, between simplified, traditional and the
// standards of Taiwan and Hong Kong, so that recall is complete: 乾 幹 干 share one. Code points outside map
// to themselves. Idempotent; needs no initialising.
uint32_t gaz_hanzi_fold(uint32_t code);

// Converts LEN bytes of UTF-8 to simplified (or traditional) script by OpenCC proper, phrases included: 头发
// → 頭髮. NULs are kept. *OUT (OUT_LEN bytes, NUL-terminated) is freed with gaz_free. Thread-safe.
// GAZ_ERR_MEMORY, GAZ_ERR_IO when OpenCC's data are missing, GAZ_ERR_ENCODING when TEXT is no UTF-8.
enum gaz_status gaz_hanzi_convert(const char *text, size_t len, int to_traditional, char **out,
                                  size_t *out_len, struct gaz_err *err);

#endif
