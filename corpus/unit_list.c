// SPDX-License-Identifier: GPL-2.0-or-later
//
// The grammars of unit lists and of unit names: the part of authority.h that can do without the file.
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <uchar.h>

#include "corpus/authority.h"
#include "corpus/fold.h"
#include "shim/unicode.h"

enum { NAME_MAX_LENGTH = 30 }; // characters

// A text in both forms.
struct list_text {
    const char *text;
    size_t len;
    struct gaz_folded folded;
};

static size_t word_length(const char32_t *word) {
    size_t length = 0;
    while (word[length] != 0)
        length++;
    return length;
}

static int in_set(const char32_t *set, uint32_t code) {
    for (; *set != 0; set++)
        if (*set == code)
            return 1;
    return 0;
}

static int word_at(const struct list_text *list, size_t at, const char32_t *word) {
    for (; *word != 0; word++, at++)
        if (at >= list->folded.count || list->folded.codes[at] != *word)
            return 0;
    return 1;
}

static int word_before(const struct list_text *list, size_t begin, size_t end, const char32_t *word) {
    size_t length = word_length(word);
    return end - begin >= length && word_at(list, end - length, word);
}

// The byte offset after code point AT - 1.
static size_t byte_end(const struct list_text *list, size_t at) {
    uint32_t code;
    size_t offset = list->folded.offsets[at - 1];
    return offset + gaz_utf8_decode(list->text + offset, list->len - offset, &code);
}

static int blank_before(const struct list_text *list, size_t at) {
    return at > 0 && at < list->folded.count && list->folded.offsets[at] > list->folded.offsets[at - 1] &&
           byte_end(list, at) < list->folded.offsets[at];
}

// --- labels ------------------------------------------------------------------------------------------------

enum role { ROLE_NONE, ROLE_LEAD, ROLE_OTHER };

// All literals here are in folded form; traditional ones fold to them.
static const struct {
    const char32_t *word;
    enum role role;
} labels[] = {
    {U"牵头责任单位", ROLE_LEAD}, {U"牵头单位", ROLE_LEAD},      {U"牵头部门", ROLE_LEAD},
    {U"主办单位", ROLE_LEAD},     {U"主办部门", ROLE_LEAD},      {U"主办", ROLE_LEAD},
    {U"牵头", ROLE_LEAD},         {U"配合责任单位", ROLE_OTHER}, {U"配合单位", ROLE_OTHER},
    {U"配合部门", ROLE_OTHER},    {U"协办单位", ROLE_OTHER},     {U"协办部门", ROLE_OTHER},
    {U"协办", ROLE_OTHER},        {U"配合", ROLE_OTHER},         {U"参与单位", ROLE_OTHER},
    {U"参加单位", ROLE_OTHER},    {U"协同单位", ROLE_OTHER},     {U"责任单位", ROLE_OTHER},
    {U"责任部门", ROLE_OTHER},    {U"责任分工", ROLE_OTHER},     {U"责任主体", ROLE_OTHER},
    {U"责任科室", ROLE_OTHER},    {U"实施单位", ROLE_OTHER},     {U"落实单位", ROLE_OTHER},
    {U"承办单位", ROLE_OTHER},    {U"责任机关", ROLE_OTHER},     {U"分工", ROLE_OTHER},
};

// The length of the label with its colon that stands at AT, or 0.
static size_t label_at(const struct list_text *list, size_t at, enum role *role) {
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t length = word_length(labels[i].word);
        if (word_at(list, at, labels[i].word) && word_at(list, at + length, U":")) {
            *role = labels[i].role;
            return length + 1;
        }
    }
    return 0;
}

// What may stand after the last of some names instead of a label.
static const struct {
    const char32_t *word;
    enum role role;
} endings[] = {
    {U"牵头负责", ROLE_LEAD},
    {U"牵头落实", ROLE_LEAD},
    {U"牵头", ROLE_LEAD},
    {U"按职责分工负责", ROLE_OTHER},
    {U"按职责分别负责", ROLE_OTHER},
    {U"依职责分工负责", ROLE_OTHER},
    {U"按照职责分工负责", ROLE_OTHER},
    {U"按职责负责", ROLE_OTHER},
    {U"分工负责", ROLE_OTHER},
    {U"分别负责", ROLE_OTHER},
    {U"共同负责", ROLE_OTHER},
    {U"配合", ROLE_OTHER},
    {U"参与", ROLE_OTHER},
    {U"参加", ROLE_OTHER},
    {U"协助", ROLE_OTHER},
    {U"负责", ROLE_OTHER},
    {U"协同", ROLE_OTHER},
};

// The length of the ending before END, or 0.
static size_t ending_before(const struct list_text *list, size_t begin, size_t end, enum role *role) {
    size_t longest = 0;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = word_length(endings[i].word);
        if (length > longest && word_before(list, begin, end, endings[i].word)) {
            longest = length;
            *role = endings[i].role;
        }
    }
    return longest;
}

// --- brackets ----------------------------------------------------------------------------------------------

// Follows brackets and quotation marks through a text. Those that never close do not count.
struct nesting {
    size_t depth;
    size_t closing; // closing brackets that are still to come
    size_t quotes;  // the same for quotation marks
    int quoted;
};

static int is_opening(uint32_t code) {
    return code == U'(' || code == U'《';
}

static int is_closing(uint32_t code) {
    return code == U')' || code == U'》';
}

static struct nesting nesting_begin(const struct list_text *list) {
    struct nesting nesting = {0};
    for (size_t at = 0; at < list->folded.count; at++) {
        nesting.closing += (size_t)is_closing(list->folded.codes[at]);
        nesting.quotes += list->folded.codes[at] == U'"';
    }
    return nesting;
}

static void nesting_pass(struct nesting *nesting, uint32_t code) {
    if (is_opening(code) && nesting->closing > nesting->depth)
        nesting->depth++;
    if (is_closing(code)) {
        nesting->closing--;
        nesting->depth -= nesting->depth > 0;
    }
    if (code == U'"') {
        nesting->quotes--;
        nesting->quoted = nesting->quoted ? 0 : nesting->quotes > 0;
    }
}

// --- likeness ----------------------------------------------------------------------------------------------

static const char32_t *const name_ends[] = {
    U"局",       U"委",   U"办",         U"厅",     U"部",     U"署",     U"政府",   U"委员会",   U"办公室",
    U"管委会",   U"法院", U"检察院",     U"医院",   U"学院",   U"研究院", U"大学",   U"学校",     U"中学",
    U"小学",     U"公司", U"集团",       U"银行",   U"分行",   U"支行",   U"农商行", U"农信社",   U"中心",
    U"协会",     U"商会", U"学会",       U"联合会", U"总工会", U"工会",   U"工委",   U"妇联",     U"团委",
    U"科协",     U"残联", U"工商联",     U"侨联",   U"文联",   U"社科联", U"贸促会", U"红十字会", U"慈善总会",
    U"支队",     U"总队", U"大队",       U"海关",   U"机关",   U"研究所", U"管理所", U"派出所",   U"事务所",
    U"部门",     U"单位", U"街道",       U"乡镇",   U"乡",     U"镇",     U"人大",   U"政协",     U"常委会",
    U"供销社",   U"联社", U"党校",       U"电视台", U"气象台", U"研究室", U"编辑部", U"监察组",   U"指挥部",
    U"领导小组", U"专班", U"公积金中心", U"开发区", U"新区",   U"功能区", U"企业",   U"机构",     U"国资委",
    U"县",       U"区",   U"市",         U"省",     U"院",     U"馆",     U"站",     U"监管局",
};

// Endings that are enough with two characters before them and nothing else, being places.
static const char32_t place_ends[] = U"县区市省乡镇";

static const char32_t *const name_begins[] = {U"市",   U"省",     U"县",     U"区",      U"州", U"国家",
                                              U"中国", U"中共",   U"中央",   U"国务院",  U"各", U"全国",
                                              U"人行", U"团市委", U"共青团", U"最高人民"};

// What is said about units and is no part of a name.
static const char32_t *const no_names[] = {
    U"的",       U"了",       U"关于", U"召开", U"加强", U"推进", U"推动", U"完善",   U"建立",
    U"开展",     U"组织实施", U"提升", U"提高", U"完成", U"实现", U"落实", U"支持",   U"引导",
    U"鼓励",     U"确保",     U"全部", U"内部", U"外部", U"东部", U"西部", U"南部",   U"北部",
    U"中部",     U"建成",     U"打造", U"达到", U"实施", U"制定", U"创建", U"进一步", U"通过",
    U"开发建设", U"试办",     U"举办", U"主办", U"承办", U"干部", U"位于", U"纳入",
};

static int has_word(const struct list_text *list, const char32_t *word) {
    for (size_t at = 0; at < list->folded.count; at++)
        if (word_at(list, at, word))
            return 1;
    return 0;
}

static int is_no_name(const struct list_text *list) {
    static const char32_t forbidden[] = U"。,;:!?、《》%+=";
    struct nesting nesting = nesting_begin(list);
    for (size_t at = 0; at < list->folded.count; at++) {
        uint32_t code = list->folded.codes[at];
        nesting_pass(&nesting, code);
        if (nesting.depth == 0 && !nesting.quoted && in_set(forbidden, code))
            return 1;
        if ((code >= U'0' && code <= U'9') && nesting.depth == 0)
            return 1;
    }
    if (has_word(list, U"创建办")) // 市“两个健康”创建办
        return 0;
    for (size_t i = 0; i < sizeof no_names / sizeof no_names[0]; i++)
        if (has_word(list, no_names[i]))
            return 1;
    return 0;
}

// The end of the text without a bracket at its end and without 等.
static size_t core_end(const struct list_text *list) {
    size_t end = list->folded.count;
    if (end > 2 && list->folded.codes[end - 1] == U')')
        for (size_t at = end - 1; at > 0; at--)
            if (list->folded.codes[at - 1] == U'(') {
                end = at - 1;
                break;
            }
    return end > 2 && list->folded.codes[end - 1] == U'等' ? end - 1 : end;
}

static int ends_like_name(const struct list_text *list, size_t end) {
    for (size_t i = 0; i < sizeof name_ends / sizeof name_ends[0]; i++)
        if (end > word_length(name_ends[i]) && word_before(list, 0, end, name_ends[i]))
            return 1;
    return 0;
}

// Whether a name begins at AT with its level, or with a place that ends in one.
static int begins_like_name(const struct list_text *list, size_t end) {
    for (size_t i = 0; i < sizeof name_begins / sizeof name_begins[0]; i++)
        if (word_at(list, 0, name_begins[i]))
            return 1;
    for (size_t at = 2; at < end && at < 8; at++)
        if (in_set(U"市省县区州", list->folded.codes[at]) && at + 1 < end)
            return 1;
    return 0;
}

static double grammar_likeness(const struct list_text *list) {
    size_t end = core_end(list);
    if (end < 2 || end > NAME_MAX_LENGTH || is_no_name(list))
        return 0;
    int whole_place = in_set(place_ends, list->folded.codes[end - 1]);
    if (!ends_like_name(list, end))
        return begins_like_name(list, end) && end >= 4 && end <= 10 ? 0.3 : 0.1;
    if (word_at(list, 0, U"各") || word_at(list, 0, U"相关") || word_at(list, 0, U"有关"))
        return 0.9;
    if (whole_place)
        return end >= 3 && end <= 5 ? 0.7 : end == 2 ? 0.3 : 0.5;
    return begins_like_name(list, end) ? 0.9 : end <= 16 ? 0.6 : 0.4;
}

double gaz_unit_likeness(const struct gaz_authority *authority, const char *text, size_t len) {
    struct list_text list = {.text = text, .len = len};
    if (gaz_authority_knows(authority, text, len))
        return 1;
    if (gaz_fold_text(text, len, GAZ_FOLD_FULL, &list.folded, NULL) != GAZ_OK)
        return 0;
    double likeness = grammar_likeness(&list);
    gaz_folded_free(&list.folded);
    return likeness;
}

// --- reading a list ----------------------------------------------------------------------------------------

struct unit {
    const char *name;
    enum role role;
    int marked;
};

struct list_reader {
    struct list_text list;
    struct gaz_arena *arena;
    struct unit *units; // gaz_malloc'ed
    size_t count, capacity;
    size_t group; // the first unit of those that an ending speaks of
    enum role role;
};

static int is_mark(uint32_t code) {
    return code == U'*' || code == U'★' || code == U'☆' || code == U'※';
}

static int is_separator(uint32_t code) {
    return code == U'、' || code == U',' || code == U';';
}

static double likeness_of(const struct list_text *list, size_t begin, size_t end) {
    size_t offset = list->folded.offsets[begin];
    return gaz_unit_likeness(NULL, list->text + offset, byte_end(list, end) - offset);
}

// Where the name after the blank before AT ends: at the next blank or separator.
static size_t token_end(const struct list_text *list, size_t at) {
    size_t end = at + 1;
    while (end < list->folded.count && end - at <= NAME_MAX_LENGTH &&
           !is_separator(list->folded.codes[end]) && !blank_before(list, end))
        end++;
    return end;
}

// Whether the blank before AT stands between two names, not inside one that a line or a cell breaks.
static int blank_separates(const struct list_text *list, size_t begin, size_t at) {
    static const char32_t *const parts[] = {U"办公室", U"办公厅", U"委员会",
                                            U"管理局", U"监督局", U"管理中心"};
    if (!blank_before(list, at) || at == begin)
        return 0;
    if (is_mark(list->folded.codes[at]))
        return 1;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (word_at(list, at, parts[i]))
            return 0;
    return at - begin >= 3 && at - begin <= NAME_MAX_LENGTH && likeness_of(list, begin, at) >= 0.6 &&
           likeness_of(list, at, token_end(list, at)) >= 0.6;
}

static enum gaz_status add_unit(struct list_reader *reader, size_t begin, size_t end, int marked,
                                struct gaz_err *err) {
    struct gaz_buf buf = GAZ_BUF_INIT;
    size_t offset = reader->list.folded.offsets[begin];
    struct unit *units = gaz_grow(reader->units, &reader->capacity, reader->count + 1, sizeof *units);
    if (units == NULL)
        return gaz_err_memory(err);
    reader->units = units;
    gaz_fold_append(reader->list.text + offset, byte_end(&reader->list, end) - offset, GAZ_FOLD_BLANKS, &buf);
    enum gaz_status status = gaz_buf_check(&buf, err);
    const char *name = status == GAZ_OK ? gaz_arena_strndup(reader->arena, buf.data, buf.len) : NULL;
    gaz_buf_free(&buf);
    if (name == NULL)
        return status != GAZ_OK ? status : gaz_err_memory(err);
    units[reader->count++] = (struct unit){name, reader->role, marked};
    return GAZ_OK;
}

// Takes what stands between two separators: label, mark, name, ending.
static enum gaz_status take_piece(struct list_reader *reader, size_t begin, size_t end, struct gaz_err *err) {
    const struct list_text *list = &reader->list;
    enum role role = reader->role;
    size_t label = label_at(list, begin, &role);
    if (label > 0) {
        reader->role = role;
        reader->group = reader->count;
        begin += label;
    }
    int marked = 0;
    while (begin < end && is_mark(list->folded.codes[begin])) {
        marked = 1;
        begin++;
    }
    while (end > begin && list->folded.codes[end - 1] == U'。')
        end--;
    size_t ending = begin < end ? ending_before(list, begin, end, &role) : 0;
    enum gaz_status status = GAZ_OK;
    if (begin + ending < end)
        status = add_unit(reader, begin, end - ending, marked, err);
    if (ending > 0) {
        for (size_t i = reader->group; i < reader->count; i++)
            if (role == ROLE_LEAD || reader->units[i].role == ROLE_NONE)
                reader->units[i].role = role;
        reader->group = reader->count;
    }
    return status;
}

static enum gaz_status read_pieces(struct list_reader *reader, struct gaz_err *err) {
    const struct list_text *list = &reader->list;
    struct nesting nesting = nesting_begin(list);
    enum gaz_status status = GAZ_OK;
    size_t begin = 0;
    for (size_t at = 0; status == GAZ_OK && at < list->folded.count; at++) {
        uint32_t code = list->folded.codes[at];
        nesting_pass(&nesting, code);
        if (nesting.depth > 0 || nesting.quoted || is_closing(code))
            continue;
        int separator = is_separator(code);
        if (!separator && !blank_separates(list, begin, at))
            continue;
        status = at > begin ? take_piece(reader, begin, at, err) : GAZ_OK;
        begin = at + (size_t)separator;
    }
    if (status == GAZ_OK && begin < list->folded.count)
        status = take_piece(reader, begin, list->folded.count, err);
    return status;
}

// Marks decide when there are any.
static int leads(const struct unit *unit, int any_marked) {
    return any_marked ? unit->marked : unit->role == ROLE_LEAD;
}

static enum gaz_status hand_over(const struct list_reader *reader, struct gaz_unit_list *out,
                                 struct gaz_err *err) {
    int any_marked = 0;
    for (size_t i = 0; i < reader->count; i++)
        any_marked |= reader->units[i].marked;
    const char **names = gaz_arena_alloc(reader->arena, (2 * reader->count + 1) * sizeof *names);
    if (names == NULL)
        return gaz_err_memory(err);
    out->lead = names;
    out->others = names + reader->count;
    for (size_t i = 0; i < reader->count; i++)
        if (leads(&reader->units[i], any_marked))
            out->lead[out->lead_count++] = reader->units[i].name;
        else
            out->others[out->others_count++] = reader->units[i].name;
    return GAZ_OK;
}

enum gaz_status gaz_unit_list_read(const char *text, size_t len, struct gaz_arena *arena,
                                   struct gaz_unit_list *out, struct gaz_err *err) {
    struct list_reader reader = {.list = {.text = text, .len = len}, .arena = arena};
    *out = (struct gaz_unit_list){0};
    enum gaz_status status = gaz_fold_text(text, len, GAZ_FOLD_FULL, &reader.list.folded, err);
    if (status == GAZ_OK)
        status = read_pieces(&reader, err);
    if (status == GAZ_OK)
        status = hand_over(&reader, out, err);
    gaz_folded_free(&reader.list.folded);
    gaz_free(reader.units);
    return status;
}

// --- finding a list ----------------------------------------------------------------------------------------

enum { LIST_MAX = 2000 }; // characters of a list; what goes on longer is a bracket that was not closed

// The position of the bracket that closes the one before AT, or 0.
static size_t closing_bracket(const struct list_text *list, size_t at) {
    size_t depth = 1;
    for (size_t end = at; end < list->folded.count && end - at < LIST_MAX; end++) {
        depth += list->folded.codes[end] == U'(';
        if (list->folded.codes[end] == U')' && --depth == 0)
            return end;
    }
    return 0;
}

// The position of the bracket that opens the one at END, or SIZE_MAX.
static size_t opening_bracket(const struct list_text *list, size_t end) {
    size_t depth = 0;
    for (size_t at = end + 1; at-- > 0 && end - at < LIST_MAX;) {
        depth += list->folded.codes[at] == U')';
        if (list->folded.codes[at] == U'(' && --depth == 0)
            return at;
    }
    return SIZE_MAX;
}

// （市财政局牵头，市审计局配合）at the end of the text.
static int find_unlabelled(const struct list_text *list, size_t *begin, size_t *end) {
    size_t last = list->folded.count;
    enum role role;
    while (last > 0 && list->folded.codes[last - 1] == U'。')
        last--;
    if (last < 4 || list->folded.codes[last - 1] != U')')
        return 0;
    size_t open = opening_bracket(list, last - 1);
    if (open == SIZE_MAX || ending_before(list, open + 1, last - 1, &role) == 0)
        return 0;
    size_t first = open + 1;
    while (first < last - 1 && !is_separator(list->folded.codes[first]))
        first++;
    size_t ending = ending_before(list, open + 1, first, &role);
    if (first - ending <= open + 2 || likeness_of(list, open + 1, first - ending) < 0.5)
        return 0;
    *begin = open + 1;
    *end = last - 1;
    return 1;
}

static int find_labelled(const struct list_text *list, size_t *begin, size_t *end) {
    int found = 0;
    for (size_t at = 1; at < list->folded.count; at++) {
        enum role role;
        size_t label = list->folded.codes[at - 1] == U'(' ? label_at(list, at, &role) : 0;
        size_t close = label > 0 ? closing_bracket(list, at) : 0;
        if (close == 0)
            continue;
        *begin = at + (role == ROLE_LEAD ? 0 : label);
        *end = close;
        found = *begin < close;
        at = close;
    }
    return found;
}

// 责任单位：市农业农村局、市财政局。 without brackets, as the last sentence.
static int find_last_sentence(const struct list_text *list, size_t *begin, size_t *end) {
    size_t last = list->folded.count;
    enum role role;
    while (last > 0 && list->folded.codes[last - 1] == U'。')
        last--;
    for (size_t at = last; at-- > 0 && list->folded.codes[at] != U'。';) {
        bool opens = at == 0 || list->folded.codes[at - 1] == U'。' || list->folded.codes[at - 1] == U'；';
        size_t label = opens ? label_at(list, at, &role) : 0;
        if (label == 0 || at + label >= last)
            continue;
        *begin = at + (role == ROLE_LEAD ? 0 : label);
        *end = last;
        return 1;
    }
    return 0;
}

int gaz_unit_list_find(const char *text, size_t len, size_t *at, size_t *length) {
    struct list_text list = {.text = text, .len = len};
    size_t begin = 0, end = 0;
    if (gaz_fold_text(text, len, GAZ_FOLD_FULL, &list.folded, NULL) != GAZ_OK)
        return 0;
    int found = find_labelled(&list, &begin, &end) || find_unlabelled(&list, &begin, &end) ||
                find_last_sentence(&list, &begin, &end);
    if (found) {
        *at = list.folded.offsets[begin];
        *length = byte_end(&list, end) - *at;
    }
    gaz_folded_free(&list.folded);
    return found;
}
