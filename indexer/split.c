// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/authority.h"
#include "corpus/date.h"
#include "corpus/label.h"
#include "corpus/office.h"
#include "corpus/text.h"
#include "corpus/title.h"
#include "shim/utf8.h"

enum {
    BRIEF_TITLE_LINES = 5,
    SIGNATURE_CHARACTERS = 40,
    CAPTION_CHARACTERS = 160,
    FIRST_WORDS = 150,
    KIND_BYTES = 36
};

static struct gaz_str text_of(const struct gaz_block *block) {
    return (struct gaz_str){block->text, block->text_len};
}

// What belongs to no document: furniture, and the contents of the issue.
static bool is_furniture(const struct gaz_block *block) {
    return gaz_block_is_furniture(block->kind) || block->kind == GAZ_BLOCK_CONTENTS;
}

static bool is_header(const struct gaz_block *block) {
    return block->kind == GAZ_BLOCK_REGISTRATION || block->kind == GAZ_BLOCK_NUMBER ||
           block->kind == GAZ_BLOCK_ISSUER || block->kind == GAZ_BLOCK_TITLE || block->kind == GAZ_BLOCK_DATE;
}

static bool is_date(const struct gaz_block *block) {
    return block->kind == GAZ_BLOCK_TEXT && gaz_date_is_line(block->text, block->text_len);
}

// A short block without number and without end mark.
static bool is_heading(const struct gaz_block *block) {
    struct gaz_label label;
    struct gaz_str text = text_of(block);
    return block->kind == GAZ_BLOCK_TEXT && gaz_text_count(text) >= 4 && gaz_text_count(text) <= 60 &&
           !gaz_str_starts(text, "附件") && !gaz_text_is_closed(text) && !gaz_text_is_open(text) &&
           !is_date(block) && !gaz_label_read(text, &label);
}

// --- runs
// ----------------------------------------------------------------------------------------------------

// What the walk over the blocks knows.
struct walk {
    struct gaz_issue *issue;
    const char *section; // the head in force
    bool briefs;         // it is one of briefs
    bool open;           // a document is being filled
};

static struct gaz_document *current(const struct walk *walk) {
    return walk->open ? &walk->issue->documents.items[walk->issue->documents.count - 1] : NULL;
}

static bool begin_document(struct walk *walk, const char *class_name) {
    struct gaz_documents *documents = &walk->issue->documents;
    if (documents->count == documents->capacity) {
        size_t capacity = documents->capacity ? documents->capacity * 2 : 16;
        struct gaz_document *items = gaz_arena_alloc(walk->issue->arena, capacity * sizeof *items);
        if (!items)
            return false;
        if (documents->count > 0)
            memcpy(items, documents->items, documents->count * sizeof *items);
        documents->items = items;
        documents->capacity = capacity;
    }
    bool sectioned =
        strcmp(class_name, "brief") == 0 || !walk->briefs; // a section of briefs ends with the last of them
    documents->items[documents->count++] =
        (struct gaz_document){.class_name = class_name, .section = sectioned ? walk->section : NULL};
    walk->open = true;
    return true;
}

static bool names_briefs(const char *section) {
    static const char *const words[] = {"简讯", "簡訊", "要闻", "要聞", "动态",
                                        "動態", "新闻", "新聞", "信息"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(section, words[i]))
            return true;
    return false;
}

// Sections of articles, which have no header: what follows their head is no part of the act before it.
static bool names_articles(const char *section) {
    static const char *const words[] = {"解读", "解讀", "讲话", "講話", "经验", "調研",
                                        "调研", "研究", "报道", "特载", "特稿"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(section, words[i]))
            return true;
    return false;
}

// Whether the header block at I begins a document: not when the open one has nothing but header blocks of
// other kinds so far.
static bool header_begins(const struct walk *walk, const struct gaz_block *block) {
    const struct gaz_document *document = current(walk);
    if (!document || strcmp(document->class_name, "document") != 0)
        return true;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct gaz_block *own = document->blocks[i];
        if (!is_header(own) && !is_furniture(own) && own->kind != GAZ_BLOCK_SECTION_HEAD &&
            own->kind != GAZ_BLOCK_ADDRESSEE) // 受文者, inside a header
            return true;
        if (own->kind == block->kind && block->kind != GAZ_BLOCK_ISSUER && block->kind != GAZ_BLOCK_DATE)
            return true;
    }
    return false;
}

// Outside a section of briefs one is known by its place and its beginning: a heading at the top of a page
// behind a finished text, and a day (without year) in the first words under it.
static bool looks_brief(const struct walk *walk, size_t heading, const struct gaz_block *text) {
    const struct gaz_blocks *blocks = &walk->issue->blocks;
    struct gaz_date date;
    size_t at, before = heading;
    while (before > 0 && is_furniture(blocks->items[before - 1]))
        before--;
    if (before == 0 || walk->issue->documents.count == 0 ||
        blocks->items[before - 1]->last_page == blocks->items[heading]->page)
        return false;
    const struct gaz_block *last = blocks->items[before - 1];
    struct gaz_str head = {text->text, text->text_len < FIRST_WORDS ? text->text_len : FIRST_WORDS};
    bool finished = last->kind != GAZ_BLOCK_TEXT || gaz_text_is_closed(text_of(last)) || is_date(last) ||
                    gaz_office_signs(text_of(last));
    return finished && gaz_date_find(head.data, head.len, &date, &at) > 0 && date.year == 0 && date.day > 0;
}

// The title of a brief: headings, then (over furniture) a sentence.
static bool brief_begins(const struct walk *walk, size_t i) {
    const struct gaz_blocks *blocks = &walk->issue->blocks;
    size_t headings = 0, first = i;
    for (; i < blocks->count && headings <= BRIEF_TITLE_LINES; i++) {
        if (is_furniture(blocks->items[i]))
            continue;
        if (!is_heading(blocks->items[i]))
            return headings > 0 && blocks->items[i]->kind == GAZ_BLOCK_TEXT &&
                   gaz_text_is_closed(text_of(blocks->items[i])) &&
                   (walk->briefs || looks_brief(walk, first, blocks->items[i]));
        headings++;
    }
    return false;
}

static bool in_class(const struct walk *walk, const char *class_name) {
    const struct gaz_document *document = current(walk);
    return document && strcmp(document->class_name, class_name) == 0;
}

// Whether the open document is a brief of which only the title has come, its first lines perhaps on the page
// before.
static bool has_only_title(const struct walk *walk) {
    const struct gaz_document *document = current(walk);
    size_t last = in_class(walk, "brief") ? document->block_count : 0;
    while (last > 0 && is_furniture(document->blocks[last - 1]))
        last--;
    return last > 0 && is_heading(document->blocks[last - 1]);
}

// Whether an article begins at block I, the top of a page behind a finished brief, whose title stands behind
// it: other than a brief it has parts, 一、 and so on.
static bool feature_begins(const struct walk *walk, size_t i) {
    const struct gaz_blocks *blocks = &walk->issue->blocks;
    bool parts = false, titled = false;
    size_t before = i;
    while (before > 0 && is_furniture(blocks->items[before - 1]))
        before--;
    if (before == 0 || blocks->items[before - 1]->last_page == blocks->items[i]->page ||
        !gaz_text_is_closed(text_of(blocks->items[before - 1])))
        return false;
    for (; i < blocks->count && (blocks->items[i]->kind == GAZ_BLOCK_TEXT || is_furniture(blocks->items[i]));
         i++) {
        struct gaz_label label;
        if (is_furniture(blocks->items[i]))
            continue;
        titled = is_heading(blocks->items[i]);
        parts |= gaz_label_read(text_of(blocks->items[i]), &label) && label.rank == GAZ_LABEL_HAN;
    }
    return parts && titled;
}

// 1月3日，县长…; 同日，…: an entry of a calendar whose entries have no mark.
static bool is_unmarked_entry(struct gaz_str text) {
    struct gaz_date date;
    size_t len = gaz_date_read(text.data, text.len, &date);
    return gaz_str_starts(text, "同日") || gaz_str_starts(text, "是日") ||
           (len > 0 && date.day > 0 && len < text.len);
}

// Whether the open document is a calendar without marked entries (△).
static bool in_unmarked_calendar(const struct walk *walk) {
    const struct gaz_document *document = current(walk);
    if (!in_class(walk, "calendar"))
        return false;
    for (size_t i = document->block_count; i-- > 0;)
        if (document->blocks[i]->kind == GAZ_BLOCK_ENTRY)
            return is_unmarked_entry(text_of(document->blocks[i]));
    return true;
}

// The class of the document that block I begins; NULL when it goes on in the open one.
static const char *begins(const struct walk *walk, size_t i) {
    struct gaz_block *block = walk->issue->blocks.items[i];
    if (block->kind == GAZ_BLOCK_TEXT && in_unmarked_calendar(walk) && is_unmarked_entry(text_of(block)))
        block->kind = GAZ_BLOCK_ENTRY;
    if (is_header(block))
        return header_begins(walk, block) ? "document" : NULL;
    if (block->kind == GAZ_BLOCK_CALENDAR_TITLE || block->kind == GAZ_BLOCK_DAY ||
        block->kind == GAZ_BLOCK_ENTRY)
        return in_class(walk, "calendar") ? NULL : "calendar";
    if (block->kind != GAZ_BLOCK_TEXT)
        return NULL;
    if (brief_begins(walk, i))
        return has_only_title(walk) ? NULL : "brief";
    return in_class(walk, "calendar") || (in_class(walk, "brief") && feature_begins(walk, i)) ? "feature"
                                                                                              : NULL;
}

// A head of briefs that stands behind the first of them on their page is that one's, too.
static void adopt_brief(const struct walk *walk, const struct gaz_block *head) {
    struct gaz_document *document = current(walk);
    if (walk->briefs && in_class(walk, "brief") && !document->section &&
        document->blocks[0]->page == head->page)
        document->section = walk->section;
}

static bool take_block(struct walk *walk, size_t i) {
    struct gaz_block *block = walk->issue->blocks.items[i];
    if (block->kind == GAZ_BLOCK_SECTION_HEAD) {
        walk->section = gaz_text_squeeze(walk->issue->arena, gaz_text_without_ornament(text_of(block)));
        if (!walk->section)
            return false;
        walk->briefs = names_briefs(walk->section);
        adopt_brief(walk, block);
        bool act_ended = in_class(walk, "document") && names_articles(walk->section);
        walk->open = walk->open && !walk->briefs && !act_ended;
    }
    const char *class_name = begins(walk, i);
    if (class_name) // another kind of document ends the briefs
        walk->briefs = class_name[0] == 'b';
    if (!class_name && !walk->open && !is_furniture(block) && block->kind != GAZ_BLOCK_SECTION_HEAD)
        class_name = walk->issue->documents.count == 0 ? "front_matter" : walk->briefs ? "brief" : "feature";
    if (class_name && !begin_document(walk, class_name))
        return false;
    struct gaz_documents *documents = &walk->issue->documents;
    if (documents->count == 0 && !begin_document(walk, "front_matter"))
        return false;
    struct gaz_document *document = &documents->items[documents->count - 1];
    if (document->block_count == 0)
        document->blocks = &walk->issue->blocks.items[i];
    document->block_count++;
    return true;
}

// --- fields
// --------------------------------------------------------------------------------------------------

// Texts of the blocks of KIND from FROM to TO, one after the other; NULL when there are none, "" is never
// returned. *OK is cleared when memory is out.
static const char *field(struct gaz_issue *issue, const struct gaz_document *document,
                         enum gaz_block_kind kind, const char *between, bool *ok) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    const char *text = NULL;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct gaz_block *block = document->blocks[i];
        if (block->kind != kind)
            continue;
        if (buf.len > 0)
            gaz_buf_addstr(&buf, between);
        gaz_buf_add(&buf, block->text, block->text_len);
    }
    if (buf.len > 0)
        text = gaz_arena_strndup(issue->arena, buf.data, buf.len);
    *ok = *ok && buf.status == GAZ_OK && (buf.len == 0 || text);
    gaz_buf_free(&buf);
    return text;
}

static bool is_signature(const struct gaz_block *block) {
    struct gaz_str text = gaz_str_trim(text_of(block));
    bool short_name = block->kind == GAZ_BLOCK_TEXT && gaz_text_count(text) == 3 && // 国务院, 财政部
                      gaz_unit_likeness(NULL, text.data, text.len) >= 0.5;
    return short_name || (is_heading(block) && gaz_text_count(text) <= SIGNATURE_CHARACTERS);
}

// The headings right above block I sign, over what stands between two pages.
static void sign_above(struct gaz_document *document, size_t i) {
    while (i-- > 0) {
        if (is_signature(document->blocks[i]))
            document->blocks[i]->kind = GAZ_BLOCK_SIGNATURE;
        else if (!is_furniture(document->blocks[i]))
            return;
    }
}

static void sign_by_person(struct gaz_document *document) {
    for (size_t i = 0; i < document->block_count; i++)
        if (is_heading(document->blocks[i]) && gaz_office_signs(text_of(document->blocks[i]))) {
            document->blocks[i]->kind = GAZ_BLOCK_SIGNATURE;
            return;
        }
}

// The first date of a document is its own: at its end, under the signature, or in its header (發文日期).
static bool name_signature(struct gaz_issue *issue, struct gaz_document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        struct gaz_block *block = document->blocks[i];
        struct gaz_date date;
        char iso[GAZ_DATE_ISO_MAX];
        size_t at;
        if (block->kind != GAZ_BLOCK_DATE && !is_date(block))
            continue;
        if (block->kind == GAZ_BLOCK_DATE)
            sign_by_person(document);
        else
            sign_above(document, i);
        block->kind = GAZ_BLOCK_DATE;
        struct gaz_str text = gaz_str_trim(text_of(block));
        if (gaz_date_find(text.data, text.len, &date, &at) == 0)
            return true;
        document->date = gaz_arena_strndup(issue->arena, iso, gaz_date_iso(&date, iso));
        return document->date != NULL;
    }
    return true;
}

// 速別：普通件: how a Taiwan document is sent.
static bool is_routing(struct gaz_str text) {
    static const char *const words[] = {"速別", "密等", "附件", "檔號", "保存年限",
                                        "聯絡", "承辦", "電話", "地址"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gaz_str_starts(text, words[i]))
            return true;
    return false;
}

// What stands between the header and 主旨 is whom a Taiwan document is for.
static bool name_receiver(struct gaz_document *document) {
    size_t subject = 0;
    while (subject < document->block_count && !gaz_str_starts(text_of(document->blocks[subject]), "主旨"))
        subject++;
    for (size_t i = 0; subject < document->block_count && i < subject; i++)
        if (document->blocks[i]->kind == GAZ_BLOCK_TEXT && !is_routing(text_of(document->blocks[i])))
            document->blocks[i]->kind = GAZ_BLOCK_ADDRESSEE;
    return subject < document->block_count;
}

// The addressee is the first text of the document, its label aside.
static void name_addressee(struct gaz_document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        struct gaz_block *block = document->blocks[i];
        if (block->kind != GAZ_BLOCK_TEXT)
            continue;
        struct gaz_label label;
        struct gaz_str text = gaz_str_trim(text_of(block));
        uint32_t last = gaz_text_last(text);
        if ((last == U'：' || last == ':') && gaz_str_find(text, "。") == SIZE_MAX &&
            gaz_text_count(text) <= 150 && !gaz_label_read(text, &label) &&
            gaz_str_find(text, "如下") == SIZE_MAX)
            block->kind = GAZ_BLOCK_ADDRESSEE;
        return;
    }
}

static const char *without_colon(struct gaz_issue *issue, const char *addressee, bool *ok) {
    struct gaz_str text = gaz_str_of(addressee);
    if (!addressee)
        return NULL;
    if (gaz_str_starts(text, "受文者："))
        text = gaz_str_from(text, strlen("受文者："));
    if (gaz_str_ends(text, "："))
        text.len -= strlen("：");
    else if (gaz_str_ends(text, ":"))
        text.len--;
    const char *copy = gaz_arena_strndup(issue->arena, text.data, text.len);
    *ok = *ok && copy;
    return copy;
}

static const char *const kinds[] = {
    "意见", "决定", "通知", "通告", "公告", "公报", "命令", "办法", "规定", "条例", "细则",
    "规则", "批复", "函",   "报告", "请示", "决议", "议案", "纪要", "通报", "方案", "规划",
    "计划", "纲要", "要点", "预案", "措施", "令",   "意見", "決定", "辦法", "規定", "條例",
};

static const char *kind_of(const char *title) {
    const char *kind = NULL;
    char end[KIND_BYTES]; // 通　知 may be spaced
    struct gaz_str bare = gaz_text_without_brackets(gaz_str_of(title));
    size_t from = bare.len;
    for (size_t i = 0; i < KIND_BYTES / 3 && from > 0; i++)
        from = gaz_utf8_back(bare.data, from);
    struct gaz_str last = {end, gaz_text_squeeze_to(gaz_str_from(bare, from), end, 0, sizeof end)};
    gaz_str_ends_one(last, kinds, sizeof kinds / sizeof *kinds, &kind);
    return kind;
}

// Where the kind stands in a title that is nothing else but the issuer, parted by white space
// (嵐雲縣政府　令).
static size_t kind_alone(struct gaz_str title) {
    static const char *const alone[] = {"　令", " 令", "　公告", " 公告", "　函", " 函", "　通告", " 通告"};
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        if (gaz_str_ends(title, alone[i]))
            return title.len - strlen(alone[i]) + (alone[i][0] == ' ' ? 1 : strlen("　"));
    return SIZE_MAX;
}

// A title that begins with the name of a body and 关于, or 令 alone, names its issuer.
static bool part_issuer(struct gaz_issue *issue, struct gaz_document *document) {
    struct gaz_str title = gaz_str_of(document->title);
    size_t about = gaz_title_subject(title);
    if (about == SIZE_MAX)
        about = kind_alone(title);
    if (document->issuer || about == SIZE_MAX || about == 0 ||
        gaz_unit_likeness(NULL, title.data, about) < 0.5)
        return true;
    struct gaz_str body = gaz_str_trim((struct gaz_str){title.data, about});
    document->issuer = gaz_arena_strndup(issue->arena, body.data, body.len);
    document->title = gaz_arena_strndup(issue->arena, title.data + about, title.len - about);
    return document->issuer && document->title;
}

static bool finish_act(struct gaz_issue *issue, struct gaz_document *document) {
    bool ok = name_signature(issue, document);
    if (!name_receiver(document))
        name_addressee(document);
    document->number = field(issue, document, GAZ_BLOCK_NUMBER, "；", &ok);
    document->registration = field(issue, document, GAZ_BLOCK_REGISTRATION, "；", &ok);
    document->issuer = field(issue, document, GAZ_BLOCK_ISSUER, " ", &ok);
    document->title = field(issue, document, GAZ_BLOCK_TITLE, "", &ok);
    document->plan_title = field(issue, document, GAZ_BLOCK_PLAN_TITLE, "", &ok);
    document->addressee = without_colon(issue, field(issue, document, GAZ_BLOCK_ADDRESSEE, "", &ok), &ok);
    document->signature = field(issue, document, GAZ_BLOCK_SIGNATURE, " ", &ok);
    if (document->title) {
        ok = ok && part_issuer(issue, document);
        document->kind = ok ? kind_of(document->title) : NULL;
    }
    return ok;
}

// The day a brief reports: the first date in its text with month and day, its year from the issue.
static bool date_brief(struct gaz_issue *issue, struct gaz_document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        struct gaz_date date;
        size_t at;
        const struct gaz_block *block = document->blocks[i];
        if (block->kind != GAZ_BLOCK_TEXT)
            continue;
        for (struct gaz_str rest = text_of(block); rest.len > 0;) {
            size_t len = gaz_date_find(rest.data, rest.len, &date, &at);
            if (len == 0)
                break;
            rest = gaz_str_from(rest, at + len);
            date.year = date.year ? date.year : issue->year;
            if (date.month == 0 || date.day == 0 || date.year == 0)
                continue;
            char iso[GAZ_DATE_ISO_MAX];
            document->date = gaz_arena_strndup(issue->arena, iso, gaz_date_iso(&date, iso));
            return document->date != NULL;
        }
    }
    return true;
}

static bool finish_brief(struct gaz_issue *issue, struct gaz_document *document) {
    bool ok = true;
    for (size_t i = 0; i < document->block_count; i++) {
        if (is_heading(document->blocks[i]))
            document->blocks[i]->kind = GAZ_BLOCK_TITLE;
        else if (!is_furniture(document->blocks[i]))
            break;
    }
    document->title = field(issue, document, GAZ_BLOCK_TITLE, "", &ok);
    return ok && date_brief(issue, document);
}

// A feature has its title at its start, or with this kind of extractor at its end, and captions behind it.
static bool finish_feature(struct gaz_issue *issue, struct gaz_document *document) {
    bool ok = true;
    size_t end = document->block_count, from;
    for (from = end; from > 0; from--)
        if (!is_furniture(document->blocks[from - 1]) && !is_heading(document->blocks[from - 1]))
            break;
    size_t titles = 0;
    bool leading = document->block_count > 0 && is_heading(document->blocks[0]);
    for (size_t i = leading ? 0 : from; i < end && titles < 2 && is_heading(document->blocks[i]); i++) {
        struct gaz_date date;
        struct gaz_str text = text_of(document->blocks[i]);
        if (titles > 0 && (gaz_date_read(text.data, text.len, &date) > 0 || gaz_str_ends(text, "图") ||
                           gaz_str_find(text, "摄）") != SIZE_MAX))
            break;
        document->blocks[i]->kind = GAZ_BLOCK_TITLE;
        titles++;
    }
    for (size_t i = from; i < end && from > 0; i++)
        if (is_heading(document->blocks[i]))
            document->blocks[i]->kind = GAZ_BLOCK_CAPTION;
    document->title = field(issue, document, GAZ_BLOCK_TITLE, "", &ok);
    return ok;
}

static bool finish_front(struct gaz_document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        struct gaz_block *block = document->blocks[i];
        if (block->kind == GAZ_BLOCK_TEXT && gaz_text_count(text_of(block)) <= CAPTION_CHARACTERS)
            block->kind = GAZ_BLOCK_CAPTION;
    }
    return true;
}

static bool finish_calendar(struct gaz_issue *issue, struct gaz_document *document) {
    bool ok = true;
    document->title = field(issue, document, GAZ_BLOCK_CALENDAR_TITLE, "", &ok);
    return ok;
}

static bool finish(struct gaz_issue *issue, struct gaz_document *document) {
    switch (document->class_name[0]) {
    case 'd':
        return finish_act(issue, document);
    case 'b':
        return finish_brief(issue, document);
    case 'c':
        return finish_calendar(issue, document);
    case 'f':
        return document->class_name[1] == 'e' ? finish_feature(issue, document) : finish_front(document);
    default:
        return true;
    }
}

// A text in which no document was found at all is an article, not front matter.
static void name_plain_text(struct gaz_issue *issue) {
    size_t characters = 0;
    struct gaz_documents *documents = &issue->documents;
    if (documents->count != 1 || strcmp(documents->items[0].class_name, "front_matter") != 0)
        return;
    for (size_t i = 0; i < documents->items[0].block_count; i++)
        characters += documents->items[0].blocks[i]->text_len;
    if (characters > 3000)
        documents->items[0].class_name = "feature";
}

// 温州市人民政府公报（总第254期） 文件发布: the section that the running head names; empty when it names
// none.
static struct gaz_str section_of_head(struct gaz_str head) {
    size_t blank = gaz_str_find(head, "） ");
    struct gaz_str section = {head.data, 0};
    if (blank != SIZE_MAX)
        section = gaz_str_trim(gaz_str_from(head, blank + strlen("）")));
    return gaz_text_count(section) > 1 ? section : (struct gaz_str){head.data, 0};
}

// The section that the running heads in BLOCK name.
static struct gaz_str section_of_heads(const struct gaz_issue *issue, const struct gaz_block *block) {
    struct gaz_str section = {"", 0}, head;
    if (block->kind == GAZ_BLOCK_RUNNING_HEAD)
        return section_of_head(text_of(block));
    for (size_t at = 0; section.len == 0 && (head = gaz_block_running_head(issue, block, &at)).len > 0;)
        section = section_of_head(head);
    return section;
}

// A running head may name the section of the pages it stands on: it holds for acts before it that no section
// head covers.
static bool spread_sections_back(struct gaz_issue *issue) {
    const char *section = NULL;
    for (size_t d = issue->documents.count; d-- > 0;) {
        struct gaz_document *document = &issue->documents.items[d];
        if (document->class_name[0] != 'd')
            section = NULL;
        for (size_t i = 0; i < document->block_count && document->class_name[0] == 'd'; i++) {
            struct gaz_str named = section_of_heads(issue, document->blocks[i]);
            if (named.len > 0 && !(section = gaz_text_squeeze(issue->arena, named)))
                return false;
        }
        if (!document->section)
            document->section = section;
    }
    return true;
}

// And for acts behind it: not every page has its head.
static void spread_sections_on(struct gaz_issue *issue) {
    const char *section = NULL;
    for (size_t d = 0; d < issue->documents.count; d++) {
        struct gaz_document *document = &issue->documents.items[d];
        bool act = document->class_name[0] == 'd';
        if (act && !document->section)
            document->section = section;
        section = act ? document->section : NULL;
    }
}

// The year in which the issue's days lie: its own, or that of the last act signed in it.
static void find_year(struct gaz_issue *issue) {
    issue->year = issue->masthead.year;
    for (size_t i = 0; issue->masthead.year == 0 && i < issue->documents.count; i++) {
        const char *date = issue->documents.items[i].date;
        int year = date ? atoi(date) : 0;
        issue->year = year > issue->year ? year : issue->year;
    }
}

static bool finish_all(struct gaz_issue *issue, bool acts) {
    for (size_t i = 0; i < issue->documents.count; i++) {
        struct gaz_document *document = &issue->documents.items[i];
        if ((strcmp(document->class_name, "document") == 0) == acts && !finish(issue, document))
            return false;
    }
    return true;
}

enum gaz_status gaz_split_run(struct gaz_issue *issue, struct gaz_err *err) {
    struct walk walk = {.issue = issue};
    for (size_t i = 0; i < issue->blocks.count; i++)
        if (!take_block(&walk, i))
            return gaz_err_memory(err);
    name_plain_text(issue);
    if (!finish_all(issue, true))
        return gaz_err_memory(err);
    find_year(issue);
    if (!finish_all(issue, false) || !spread_sections_back(issue))
        return gaz_err_memory(err);
    spread_sections_on(issue);
    return GAZ_OK;
}
