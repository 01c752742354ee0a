// SPDX-License-Identifier: GPL-2.0-or-later
//
// The reader: a file → decoded source, pages and lines. Encodings end here.
#ifndef GAZ_INDEXER_READER_H
#define GAZ_INDEXER_READER_H

#include "corpus/model.h"
#include "shim/hash.h"

// Largest file that is read, in bytes.
#define GAZ_READER_FILE_MAX ((size_t)1 << 30)

// Reads the regular file PATH into ISSUE->source (strings in the issue's arena). ENCODING NULL: detected, and
// with it whether the file is a PDF, DOCX or HTML, by its name or its beginning; the source is then the text
// that was read out of it. Undecodable bytes are diagnostics and stay in the text as U+FFFD; so are zero
// characters, which stay as U+001A. Statuses of reader_pdf_text and its like; GAZ_ERR_IO (also for what is no
// regular file), GAZ_ERR_LIMIT, GAZ_ERR_ARGUMENT (unknown encoding), GAZ_ERR_MEMORY.
enum gaz_status gaz_reader_load(struct gaz_issue *issue, const char *path, const char *encoding,
                                struct gaz_err *err);

// As above from LEN bytes in memory; PATH only names them.
enum gaz_status gaz_reader_take(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                const char *encoding, struct gaz_err *err);

// Whether the name of a file in a folder says that it is an issue: .txt and the suffixes of the other kinds
// of files that are read.
bool gaz_reader_is_issue(const char *name);

// Lower-case hexadecimal SHA-256 (FIPS 180-4) of the file PATH. GAZ_ERR_IO.
enum gaz_status gaz_reader_hash(const char *path, char out[GAZ_HASH_HEX], struct gaz_err *err);

#endif
