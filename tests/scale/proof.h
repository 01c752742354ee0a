// SPDX-License-Identifier: GPL-2.0-or-later
//
// Proofs of what the search promises, on an archive of any size: its answers against those that a plain scan
// of the dumped records gives. The scan shares nothing with the search but the folding of text.
#ifndef GAZ_TESTS_SCALE_PROOF_H
#define GAZ_TESTS_SCALE_PROOF_H

#include "searcher/search.h"

// The texts of all records, one behind the other, each ended by TEXT_END, which is in no text.
enum { TEXT_END = '\x1e' };
struct proof_texts {
    struct gaz_buf buf;
    size_t *starts; // of each record
};

struct proof {
    struct gaz_archive archive;
    json_t **records; // all that were dumped, in order
    size_t count;
    json_t *places;   // id → place in `records`
    size_t *place_of; // docid → the same
    size_t docid_end;
    size_t *documents; // places of the records of documents
    size_t document_count;
    struct proof_texts printed; // of searchable records, empty for the others
    struct proof_texts folded;  // script, width, case and brackets
    struct proof_texts exact;   // only white space
    size_t size;                // of the proof: how many questions
    uint64_t seed;
    size_t asked, failed;
};

// A proof asks some questions; those whose answers are wrong are told on standard error and counted.
typedef void proof_run(struct proof *proof);
proof_run prove_phrases, prove_scripts, prove_items, prove_numbers, prove_citations, prove_facets,
    prove_pages;

// A number under LIMIT (> 0); the same for the same seed.
size_t proof_random(struct proof *proof, size_t limit);

// Ends the program with a message when memory, a file or the index fails.
_Noreturn void proof_die(const char *what, const struct gaz_err *err);

// Counts a question; says what is WRONG with its answer (NULL: nothing).
void proof_judge(struct proof *proof, const char *question, const char *wrong);

// A string of a record, "" when it has none.
const char *proof_text(const json_t *record, const char *key);
// The place of the record with ID in `records`; ends the program when there is none.
size_t proof_place(const struct proof *proof, const char *id);

// Places of records, ascending.
struct proof_set {
    size_t *items;
    size_t count, capacity;
};
void proof_set_add(struct proof_set *set, size_t place);
// Sorts SET and takes out what is there twice.
void proof_set_sort(struct proof_set *set);
bool proof_set_equal(const struct proof_set *one, const struct proof_set *other);
void proof_set_free(struct proof_set *set);

// The records whose text of TEXTS has NEEDLE in it.
void proof_scan(const struct proof *proof, const struct proof_texts *texts, const struct gaz_buf *needle,
                struct proof_set *out);

// Answers REQUEST or ends the program; freed with gaz_answer_free.
void proof_ask(const struct proof *proof, const struct gaz_request *request, struct gaz_answer *out);
// The records of an answer's matches.
void proof_found(const struct proof *proof, const struct gaz_answer *answer, struct proof_set *out);

#endif
