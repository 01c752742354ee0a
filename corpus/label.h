// SPDX-License-Identifier: GPL-2.0-or-later
//
// Heading labels of Chinese official documents: 第X编 章 节 条, 1 1.1 1.1.1, 一、 （一） 1. （1） ① 一是, in
// the order of rank that 党政机关公文格式 GB/T 9704-2012 (7.3.3) and 立法技术规范 give.
#ifndef GAZ_CORPUS_LABEL_H
#define GAZ_CORPUS_LABEL_H

#include <stdint.h>

#include "corpus/text.h"

enum gaz_label_rank {
    GAZ_LABEL_NONE,
    GAZ_LABEL_PART,         // 第一编
    GAZ_LABEL_CHAPTER,      // 第一章
    GAZ_LABEL_SECTION,      // 第一节
    GAZ_LABEL_ARTICLE,      // 第一条
    GAZ_LABEL_DECIMAL,      // 1 总则, as plans for emergencies number their parts …
    GAZ_LABEL_DECIMAL_2,    // … 1.1 编制目的
    GAZ_LABEL_DECIMAL_3,    // 2.1.1
    GAZ_LABEL_DECIMAL_4,    // 2.1.1.1
    GAZ_LABEL_HAN,          // 一、
    GAZ_LABEL_HAN_PAREN,    // （一）
    GAZ_LABEL_ARABIC,       // 1. 1． 1、
    GAZ_LABEL_ARABIC_PAREN, // （1） 1）
    GAZ_LABEL_CIRCLED,      // ①
    GAZ_LABEL_SPOKEN,       // 一是
    GAZ_LABEL_RANKS
};

struct gaz_label {
    enum gaz_label_rank rank;
    uint64_t number; // 5 for 五
    size_t len;      // bytes of the text it takes, white space before and inside and the mark behind included
    size_t name_at;  // bytes: where the part that goes into a path begins …
    size_t name_len; // … and its length: 第三条, 三, （三）, 3, ①
};

// Reads the label at the start of TEXT. False when there is none: 1.1万亿元 and 3.0平台 are numbers, 2023年 a
// year. A decimal label is parted from its text by white space; one without a point has nothing but a short
// heading behind it.
bool gaz_label_read(struct gaz_str text, struct gaz_label *label);

// Whether LABEL, read at the start of TEXT, is only spoken of there and opens nothing: 第一条的规定…,
// 第三条、第四条…, （二）项规定…. What stands apart from it by white space is its text.
bool gaz_label_is_spoken_of(struct gaz_str text, const struct gaz_label *label);

#endif
