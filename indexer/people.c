// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/people.h"

#include <string.h>

#include "shim/unicode.h"

enum {
    NAME_MIN = 2,      // characters
    NAME_MAX = 4,      // characters
    LATE_OFFICE = 45,  // bytes of an office that may open a later part of an entry
    PIECE_BYTES = 360, // bytes of a piece in which offices, names and verbs are looked for
    PEOPLE_MAX = 256
};

static const char *const roles[] = {
    "书记",   "市长",   "县长",   "区长",   "省长", "州长",     "镇长",     "乡长",   "主席",
    "主任",   "秘书长", "常委",   "局长",   "部长", "厅长",     "院长",     "检察长", "会长",
    "司令员", "政委",   "委员",   "组长",   "校长", "专员",     "总经理",   "董事长", "顾问",
    "巡视员", "调研员", "代表",   "理事长", "行长", "总督察",   "总工程师", "处长",   "科长",
    "領導",   "市長",   "副市長", "縣長",   "書記", "主任委員", "秘書長",   "副縣長", "党组成员",
    "處長",   "部長",   "署長",   "鄉長",   "鎮長", "指挥",     "总指挥",   "站长",   "队长",
};

static const char *const verbs[] = {
    "参加", "出席", "主持", "会见", "陪同", "带队", "调研", "检查", "督查", "走访", "慰问", "列席",
    "召开", "听取", "接待", "考察", "看望", "开展", "前往", "应邀", "致辞", "宣布", "签署", "接受",
    "深入", "指导", "督导", "分别", "一行", "来",   "赴",   "到",   "在",   "率",   "与",   "为",
    "作",   "和",   "參加", "主持", "宣读", "宣讀", "會見", "會晤", "出訪", "視察", "拜会", "会同",
    "专题", "现场", "对",   "向",   "会",   "实地", "暗访", "研究", "部署", "就",
};

struct finder {
    struct gaz_arena *arena;
    struct gaz_people_known *known;
    struct gaz_person people[PEOPLE_MAX];
    size_t count;
    bool failed;
};

static bool is_name(struct gaz_str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += gaz_utf8_decode(text.data + at, text.len - at, &code);
        if (!gaz_unicode_is_han(code) && code != U'·')
            return false;
        count++;
    }
    return count >= NAME_MIN && count <= NAME_MAX + (gaz_str_find(text, "·") != SIZE_MAX ? 6 : 0);
}

// End of the first role word of TEXT that ends behind AFTER, with the words that go on from it (副主任 +
// 委员); 0 without one.
static size_t role_end(struct gaz_str text, size_t after) {
    size_t best = 0;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        size_t len = strlen(roles[i]);
        for (size_t at = 0; at + len <= text.len; at++) {
            size_t end = at + len;
            if (memcmp(text.data + at, roles[i], len) != 0 || end <= after)
                continue;
            best = best == 0 || end < best ? end : best;
        }
    }
    for (size_t i = 0; best > 0 && i < sizeof roles / sizeof *roles; i++)
        if (gaz_str_starts(gaz_str_from(text, best), roles[i]))
            return best + strlen(roles[i]);
    return best;
}

static const char *keep(struct finder *finder, struct gaz_str text) {
    const char *copy = gaz_text_squeeze(finder->arena, text);
    finder->failed = finder->failed || !copy;
    return copy;
}

static bool is_known(const struct finder *finder, struct gaz_str name) {
    for (size_t i = 0; finder->known && i < finder->known->names.count; i++)
        if (gaz_str_equal(gaz_str_of(finder->known->names.items[i]), name))
            return true;
    return false;
}

static void know(struct finder *finder, const char *name) {
    struct gaz_strings *names = finder->known ? &finder->known->names : NULL;
    if (!names || is_known(finder, gaz_str_of(name)))
        return;
    if ((names->count & (names->count - 1)) == 0) { // 0, 1, 2, 4, 8 …: the room doubles
        size_t room = names->count > 0 ? 2 * names->count : 1;
        const char **items = gaz_arena_alloc(finder->arena, room * sizeof *items);
        finder->failed = finder->failed || !items;
        if (!items)
            return;
        if (names->count > 0)
            memcpy(items, names->items, names->count * sizeof *items);
        names->items = items;
    }
    names->items[names->count++] = name;
}

static void add_person(struct finder *finder, struct gaz_str name, struct gaz_str role) {
    const char *kept = keep(finder, name);
    for (size_t i = 0; kept && i < finder->count; i++)
        if (strcmp(finder->people[i].name, kept) == 0)
            return;
    if (finder->failed || finder->count == PEOPLE_MAX)
        return;
    finder->people[finder->count++] = (struct gaz_person){kept, role.len > 0 ? keep(finder, role) : NULL};
    know(finder, kept);
}

// Whether the verb of one character at AT ends a name instead, as none stands directly before another verb
// (叶清和|列席, 张有为|参加).
static bool ends_name(struct gaz_str part, size_t name_from, size_t at) {
    static const char *const endings[] = {"和", "为", "会", "作", "向", "對", "对"};
    const char *ending;
    struct gaz_str name = {part.data + name_from, at + strlen("和") - name_from};
    if (name.len != 3 * strlen("和") || !is_name(name) ||
        !gaz_str_ends_one(name, endings, sizeof endings / sizeof *endings, &ending))
        return false;
    struct gaz_str rest = gaz_str_from(part, name_from + name.len);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strlen(verbs[i]) > strlen("和") && gaz_str_starts(rest, verbs[i]))
            return true;
    return false;
}

// Where the first verb stands in PART that leaves a name before it (or nothing but a role): SIZE_MAX without
// one.
static size_t verb_at(struct gaz_str part, size_t name_from) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t from = name_from;
        for (;;) {
            size_t at = gaz_str_find(gaz_str_from(part, from), verbs[i]);
            if (at == SIZE_MAX)
                break;
            at += from;
            if (strlen(verbs[i]) == strlen("和") && ends_name(part, name_from, at)) {
                from = at + strlen(verbs[i]);
                continue;
            }
            if (at == name_from || is_name((struct gaz_str){part.data + name_from, at - name_from})) {
                best = at < best ? at : best;
                break;
            }
            from = at + strlen(verbs[i]);
        }
    }
    return best;
}

// The piece of TEXT from AT up to a 、 or ，.
static struct gaz_str piece_at(struct gaz_str text, size_t at) {
    struct gaz_str rest = gaz_str_from(text, at);
    size_t pause = gaz_str_find(rest, "、"), comma = gaz_str_find(rest, "，");
    size_t end = pause < comma ? pause : comma;
    return (struct gaz_str){rest.data, end == SIZE_MAX ? rest.len : end};
}

// A name whose role is misprinted: the end of PIECE is a name already known.
static size_t known_suffix(const struct finder *finder, struct gaz_str piece) {
    for (size_t at = piece.len <= PIECE_BYTES ? piece.len : 0; at > 0;) {
        at = gaz_utf8_back(piece.data, at);
        if (at > 0 && is_known(finder, gaz_str_from(piece, at)))
            return at;
    }
    return 0;
}

// Cuts PIECE into role, name and what follows: the first role word behind which a name stands, or nothing.
// False when it names nobody so; then all of it up to a verb is a name whose role stood before.
static bool cut_piece(struct gaz_str piece, size_t *named, size_t *verb) {
    if (piece.len > PIECE_BYTES)
        piece.len = gaz_utf8_back(piece.data, PIECE_BYTES + 1);
    size_t first = role_end(piece, 0);
    *named = 0;
    *verb = verb_at(piece, 0);
    if (*verb != SIZE_MAX && *verb > 0 &&
        *verb < first) // 蒋某某主持召开市委财经委员会会议: the office stands behind the verb
        return false;
    for (size_t end = role_end(piece, 0); end > 0; end = role_end(piece, end)) {
        *verb = verb_at(piece, end);
        struct gaz_str name = {piece.data + end, (*verb == SIZE_MAX ? piece.len : *verb) - end};
        *named = end;
        if (name.len == 0 || is_name(name))
            return true;
    }
    *named = 0;
    *verb = verb_at(piece, 0);
    return false;
}

// Reads one piece; ROLE is the role in force, ROLE_OPEN that it is still being listed (市委常委、). False
// when the list of persons ends with it, at the verb *END (SIZE_MAX: without one).
static bool read_piece(struct finder *finder, struct gaz_str piece, struct gaz_str *role, bool *role_open,
                       size_t *end) {
    size_t named, verb;
    bool cut = cut_piece(piece, &named, &verb);
    *end = verb;
    if (cut) {
        const char *start = *role_open ? role->data : piece.data;
        *role = (struct gaz_str){start, (size_t)(piece.data + named - start)};
    }
    struct gaz_str name = {piece.data + named, (verb == SIZE_MAX ? piece.len : verb) - named};
    *role_open = named > 0 && name.len == 0;
    if (*role_open)
        return verb == SIZE_MAX;
    size_t suffix = named == 0 ? known_suffix(finder, name) : 0;
    if (suffix > 0) {
        *role = (struct gaz_str){name.data, suffix};
        name = gaz_str_from(name, suffix);
    }
    if (role->len == 0 || !is_name(name))
        return false;
    add_person(finder, name, *role);
    return verb == SIZE_MAX;
}

// A name begins with one of the common surnames: 和 joins other things, too (和干部群众).
static bool has_surname(struct gaz_str name) {
    static const uint32_t surnames[] =
        U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
        U"沈"
        U"姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
        U"向"
        U"汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单"
        U"裴"
        U"霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阎穆农司卓古吉缪简车项连芦麦褚娄"
        U"窦"
        U"戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查"
        U"麻"
        U"苑迟邝闻費葉張劉陳楊黃趙吳孫馬許鄧鄭羅謝韓馮蕭蔣蔡盧鍾陸賈韋鄒龍賀顧龔萬錢嚴湯溫樂項連蘇呂聞";
    uint32_t first = gaz_text_first(name);
    for (size_t i = 0; surnames[i]; i++)
        if (surnames[i] == first)
            return true;
    return false;
}

// Bytes of what joins two names at the start of TEXT when somebody is named behind it (沈舟和林以安参加);
// else 0.
static size_t joint_length(struct gaz_str text) {
    static const char *const joints[] = {"以及", "和", "及"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t len = strlen(joints[i]), named, verb;
        if (!gaz_str_starts(text, joints[i]))
            continue;
        struct gaz_str piece = piece_at(text, len);
        cut_piece(piece, &named, &verb);
        struct gaz_str name = {piece.data + named, (verb == SIZE_MAX ? piece.len : verb) - named};
        return is_name(name) && has_surname(name) ? len : 0;
    }
    return 0;
}

// Reads persons from AT on; returns the offset where the list of persons ended.
static size_t read_list(struct finder *finder, struct gaz_str text, size_t at) {
    struct gaz_str role = {text.data, 0};
    bool role_open = false;
    while (at < text.len && !finder->failed) {
        struct gaz_str piece = piece_at(text, at);
        size_t end;
        bool more = read_piece(finder, piece, &role, &role_open, &end);
        size_t joint = !more && end != SIZE_MAX ? joint_length(gaz_str_from(text, at + end)) : 0;
        if (joint > 0) {
            at += end + joint;
            continue;
        }
        at += piece.len;
        if (!more || at >= text.len)
            return at;
        at += strlen("、"); // as long as ，
    }
    return at;
}

// Whether the part of TEXT from AT on begins with an office and a name: somebody else who took part.
static bool is_late_part(struct gaz_str text, size_t at) {
    size_t named, verb;
    struct gaz_str piece = piece_at(text, at);
    if (!cut_piece(piece, &named, &verb) || named > LATE_OFFICE)
        return false;
    struct gaz_str name = {piece.data + named, (verb == SIZE_MAX ? piece.len : verb) - named};
    return is_name(name) || (name.len == 0 && verb == SIZE_MAX); // 市委常委、副市长钱某: the office goes on
}

// Gives the persons found to the caller, in ARENA.
static bool hand_over(const struct finder *finder, const struct gaz_person **people, size_t *count) {
    struct gaz_person *kept = gaz_arena_alloc(finder->arena, (finder->count + 1) * sizeof *kept);
    if (!kept)
        return false;
    memcpy(kept, finder->people, finder->count * sizeof *kept);
    *people = kept;
    *count = finder->count;
    return !finder->failed;
}

bool gaz_people_find(struct gaz_str entry, struct gaz_people_known *known, struct gaz_arena *arena,
                     const struct gaz_person **people, size_t *count) {
    struct finder finder = {.arena = arena, .known = known};
    char *squeezed = gaz_text_squeeze(arena, entry);
    if (!squeezed)
        return false;
    struct gaz_str text = gaz_str_of(squeezed);
    uint32_t bullet;
    size_t at = text.len > 0 ? gaz_utf8_decode(text.data, text.len, &bullet) : 0;
    at = at > 0 && !gaz_unicode_is_han(bullet) ? at : 0;
    at = read_list(&finder, text, at);
    while (at < text.len && finder.count > 0) {
        size_t comma = gaz_str_find(gaz_str_from(text, at), "，");
        if (comma == SIZE_MAX)
            break;
        at += comma + strlen("，");
        if (is_late_part(text, at))
            at = read_list(&finder, text, at);
    }
    return hand_over(&finder, people, count);
}
