// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/docnum_code.h"

#include <uchar.h>

#include "shim/unicode.h"

enum {
    SHORT_MAX = 16,  // characters looked at for 温政办发
    CODE_USUAL = 10, // longer ones have swallowed words
    ISSUER_MAX = 28, // characters of one full name (浙江省人民代表大会常务委员会公告)
    FULL_MAX = 100   // of several full names
};

// All literals here are in folded form.

// First characters of codes: the state, provinces, many cities.
static const char32_t places[] =
    U"国中京津冀晋蒙内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新港"
    U"澳台温杭甬嘉绍衢舟丽锡扬镇淮徐宿深珠汕佛韶湛肇茂惠梅潮揭榕厦漳泉莆邯郑洛汴潍济"
    U"淄枣蓉绵襄荆株潭衡邵岳昆遵兰沈";

// What follows the place in 温政办发: government, party committee.
static const char32_t organs[] = U"政府委";

// Function characters: how a code ends, and never how a whole code begins.
static const char32_t functions[] = U"发函办字令规审批通电告复政府委综建议示知任免干党组宣传秘呈请联";

// Those of them that few other words end with.
static const char32_t sure_functions[] = U"发函字规电审批";

// What codes are made of besides the place.
static const char32_t alphabet[] =
    U"政府委办发函字令规审批通电告复综建议示知任免干党组宣传秘呈请纪要联文件国中省市县"
    U"区人大常法检院社财税教育卫健计生水利农林渔牧商务科技工信经贸改革民宗公安司土资源"
    U"然自环保护态住城乡划交运输港航旅广体新闻出版监食药品质应急统外侨台澳金融医退役军"
    U"机关事编地震气象邮烟草盐粮储物价格能铁路海疫识产权残妇青团战老就业企访执管理服局"
    U"厅部处研投基合作协会标准数据网络密档史志消防森收支村扶贫振兴疾红十共促职成高师义"
    U"幼测绘征抗汛减灾救授行险积明双创招引两";

// Words that stand before a number and never in a code. The nearest one counts.
static const char32_t *const words[] = {
    U"本府", U"本局",   U"本县",   U"本部",   U"根据",   U"依据", U"依照", U"按照", U"遵照", U"参照", U"对照",
    U"比照", U"执行",   U"印发",   U"转发",   U"下发",   U"制发", U"作出", U"做出", U"发布", U"公布", U"颁布",
    U"修订", U"修改",   U"修正",   U"废止",   U"失效",   U"实施", U"施行", U"实行", U"贯彻", U"落实", U"学习",
    U"详见", U"参见",   U"文号",   U"字号",   U"编号",   U"号码", U"批准", U"同意", U"下达", U"收到", U"关于",
    U"有关", U"相关",   U"通过",   U"上报",   U"报送",   U"呈报", U"简称", U"包括", U"引用", U"撤销", U"取消",
    U"适用", U"列入",   U"纳入",   U"替代",   U"代替",   U"签发", U"印送", U"抄送", U"回复", U"答复", U"通知",
    U"意见", U"规定",   U"办法",   U"细则",   U"方案",   U"决定", U"批复", U"精神", U"要求", U"文件", U"以及",
    U"或者", U"同时",   U"其中",   U"例如",   U"分别",   U"已由", U"现将", U"将由", U"已经", U"均以", U"名称",
    U"内容", U"文号为", U"字号为", U"编号为", U"文号是", U"出台", U"制定", U"请示", U"来文", U"纪要", U"公函",
    U"来函", U"去函",   U"按",     U"的",     U"见",     U"以",   U"等",   U"是",   U"在",   U"被",   U"把",
    U"向",   U"了",     U"其",     U"该",     U"这",     U"即",   U"并",   U"且",   U"又",   U"而",   U"但",
    U"与",   U"及",     U"或",     U"者",     U"和",
};

// Words that may begin a code too (经信, 原州, 数据, 和县): they count only at the start of a run.
static const char32_t openers[] = U"经由对将为原自从本同至和于附如据依照到随";

// Full names of bodies, which end where a code begins (市人民政府温政发).
static const char32_t *const bodies[] = {U"人民政府", U"办公厅", U"办公室", U"委员会", U"国务院",
                                         U"管委会",   U"省政府", U"市政府", U"县政府", U"区政府"};

// How codes of ministries and courts begin.
static const char32_t *const beginnings[] = {
    U"人社", U"财社", U"财税", U"财建", U"财综", U"财会", U"财行", U"财关", U"财办", U"财教", U"财农",
    U"财资", U"财金", U"建办", U"建房", U"建质", U"建城", U"建村", U"建市", U"银发", U"银保", U"银办",
    U"交运", U"交办", U"交水", U"交公", U"农办", U"农规", U"农发", U"农经", U"水规", U"水利", U"水办",
    U"民航", U"发改", U"教基", U"教师", U"教技", U"教职", U"教高", U"教办", U"教规", U"教体", U"税总",
    U"署税", U"环办", U"环土", U"环大", U"环水", U"环规", U"环发", U"林规", U"林资", U"林办", U"体规",
    U"广电", U"文旅", U"文物", U"医保", U"应急", U"退役", U"审办", U"法发", U"法释", U"法办", U"高检",
    U"公通", U"公交", U"司发", U"民发", U"民办", U"民函", U"厅字", U"市监", U"药监", U"自然", U"工信",
    U"商务", U"商办", U"商建", U"科技", U"卫办", U"证监", U"气发", U"统计", U"府授",
};

// Kinds under which orders and announcements are numbered.
static const char32_t *const kinds[] = {U"令", U"公告", U"通告", U"布告", U"决定", U"决议", U"纪要"};

// Last characters of bodies' names.
static const char32_t body_ends[] = U"部局署委会院厅办行处";

// 和 and 与 inside the names of bodies: what follows there.
static const char32_t *const after_and[] = {U"国",   U"改革", U"城乡", U"信息", U"社会", U"计划", U"旅游",
                                            U"药品", U"规划", U"体育", U"技术", U"宗教", U"地区", U"统计"};

static int contains(const char32_t *set, uint32_t code) {
    for (; *set != 0; set++)
        if (*set == code)
            return 1;
    return 0;
}

static int begins_with(const uint32_t *codes, size_t count, const char32_t *word) {
    for (; *word != 0; word++, codes++, count--)
        if (count == 0 || *codes != *word)
            return 0;
    return 1;
}

static size_t word_length(const char32_t *word) {
    size_t length = 0;
    while (word[length] != 0)
        length++;
    return length;
}

static int ends_with(const uint32_t *codes, size_t begin, size_t end, const char32_t *word) {
    size_t length = word_length(word);
    return length <= end - begin && begins_with(codes + end - length, length, word);
}

int gaz_docnum_blank_before(const struct gaz_docnum_source *source, size_t at) {
    uint32_t code;
    if (at == 0)
        return source->folded.offsets[0] > 0;
    size_t before = source->folded.offsets[at - 1];
    if (source->folded.offsets[at] == before)
        return 0; // both of one expansion
    return before + gaz_utf8_decode(source->text + before, source->len - before, &code) <
           source->folded.offsets[at];
}

enum gaz_docnum_ending gaz_docnum_ending(const struct gaz_docnum_source *source, size_t from, size_t end) {
    const uint32_t *codes = source->folded.codes;
    if (end <= from)
        return GAZ_DOCNUM_ENDS_PLAIN;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (ends_with(codes, from, end, kinds[i]))
            return GAZ_DOCNUM_ENDS_KIND;
    if (contains(body_ends, codes[end - 1]) && !contains(functions, codes[end - 1]))
        return GAZ_DOCNUM_ENDS_BODY;
    return contains(functions, codes[end - 1]) ? GAZ_DOCNUM_ENDS_FUNCTION : GAZ_DOCNUM_ENDS_PLAIN;
}

static int is_code_character(uint32_t code) {
    return gaz_unicode_is_han(code) || (code >= U'a' && code <= U'z');
}

// --- full names --------------------------------------------------------------------------------------------

// Whether the character before AT may be followed by a separator and another issuer (财政部 海关总署公告).
static int issuer_ends(const struct gaz_docnum_source *source, size_t from, size_t at) {
    return at > from && contains(body_ends, source->folded.codes[at - 1]);
}

static const char32_t republic[] = U"中华人民共和国";

// Whether AT is inside 中华人民共和国, where a line may end as anywhere.
static int is_in_republic(const uint32_t *codes, size_t from, size_t at, size_t end) {
    for (size_t back = 1; back < word_length(republic) && back <= at - from; back++)
        if (begins_with(codes + at - back, end - (at - back), republic))
            return 1;
    return 0;
}

static size_t full_run_begin(const struct gaz_docnum_source *source, size_t from, size_t end) {
    size_t at = end, issuer_end = end;
    while (at > from && end - at < FULL_MAX && issuer_end - at < ISSUER_MAX) {
        int separator = source->folded.codes[at - 1] == U'、' && issuer_ends(source, from, at - 1);
        int blank = at < end && gaz_docnum_blank_before(source, at) &&
                    !is_in_republic(source->folded.codes, from, at, end);
        if (!separator && !is_code_character(source->folded.codes[at - 1]))
            break;
        if (blank && !separator && source->folded.codes[at] != U'、' && !issuer_ends(source, from, at) &&
            end - at > 1)
            break;
        at--;
        if (separator || (blank && issuer_ends(source, from, at + 1)))
            issuer_end = at;
    }
    return at;
}

// Whether the 和 or 与 before AT stands inside a name.
static int and_is_inside(const uint32_t *codes, size_t at, size_t end) {
    for (size_t i = 0; i < sizeof after_and / sizeof after_and[0]; i++)
        if (begins_with(codes + at, end - at, after_and[i]) && !begins_with(codes + at, end - at, U"国家") &&
            !begins_with(codes + at, end - at, U"国务院"))
            return 1;
    return 0;
}

// The length of the word of the table that ends before AT, or 0.
static size_t word_before(const uint32_t *codes, size_t begin, size_t at, size_t end) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (ends_with(codes, begin, at, words[i])) {
            if (words[i][0] == U'和' && and_is_inside(codes, at, end))
                continue;
            return word_length(words[i]);
        }
    return 0;
}

static struct gaz_docnum_code full_name_before(const struct gaz_docnum_source *source, size_t from,
                                               size_t end) {
    const uint32_t *codes = source->folded.codes;
    size_t begin = full_run_begin(source, from, end);
    for (size_t at = end - 1; at > begin; at--)
        if (word_before(codes, begin, at, end) > 0)
            return (struct gaz_docnum_code){at, end, 1, 1};
    // 原国家计委令, 经国令; the table's other openers do not come before full names of an unknown body.
    int passed = contains(U"经为由", codes[begin]) && !contains(U"济信贸", codes[begin + 1]);
    if (begin + 4 < end && contains(openers, codes[begin]) &&
        (codes[begin] == U'原' || contains(places, codes[begin + 1])))
        passed = 1;
    if (passed && begin + 2 < end)
        return (struct gaz_docnum_code){begin + 1, end, 1, 1};
    return (struct gaz_docnum_code){begin, end, 0, 1};
}

// --- short codes -------------------------------------------------------------------------------------------

static int all_in_alphabet(const uint32_t *codes, size_t begin, size_t end) {
    for (size_t at = begin; at < end; at++)
        if (!contains(alphabet, codes[at]) && !contains(places, codes[at]))
            return 0;
    return 1;
}

// 温政办发: a place, an organ, functions.
static int has_organ_shape(const uint32_t *codes, size_t begin, size_t end) {
    if (end - begin < 3 || !contains(organs, codes[begin + 1]) || contains(functions, codes[begin]))
        return 0;
    for (size_t at = begin + 2; at < end; at++)
        if (!contains(functions, codes[at]))
            return 0;
    return 1;
}

static int begins_like_ministry(const uint32_t *codes, size_t count) {
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (begins_with(codes, count, beginnings[i]))
            return 1;
    return 0;
}

// Whether [BEGIN, END) looks like the whole of a code: 国办发, 人社部发, 澜人社发, 澜政办.
static int looks_whole(const uint32_t *codes, size_t begin, size_t end) {
    if (end - begin < 2)
        return 0;
    if (begins_like_ministry(codes + begin, end - begin) ||
        (!contains(alphabet, codes[begin]) && begins_like_ministry(codes + begin + 1, end - begin - 1)))
        return 1;
    return contains(places, codes[begin]) || has_organ_shape(codes, begin, end);
}

// Whether a name of a body ends before AT. A single 局 or 厅 may be in a code (教职成厅函), so there what
// follows counts.
static int body_ends_at(const uint32_t *codes, size_t begin, size_t at, size_t end) {
    if ((end - at < 3 || contains(functions, codes[at])) && !looks_whole(codes, at, end))
        return 0;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (ends_with(codes, begin, at, bodies[i]))
            return 1;
    return at >= begin + 3 && (codes[at - 1] == U'局' || codes[at - 1] == U'厅') &&
           (contains(places, codes[at]) || !contains(alphabet, codes[at]));
}

// Whether a date ends before AT (本府一百一十二年十一月三日嵐府農字, 12月1日嵐府交字: digits end the run
// before BEGIN).
static int date_ends_at(const uint32_t *codes, size_t begin, size_t at) {
    if (at == begin + 1 && begin > 0 && codes[begin] == U'日' && codes[begin - 1] >= U'0' &&
        codes[begin - 1] <= U'9')
        return 1;
    return at >= begin + 3 && codes[at - 1] == U'日' && contains(U"一二三四五六七八九十", codes[at - 2]);
}

// Whether a code may begin at AT because of the word before.
static int word_ends_at(const uint32_t *codes, size_t begin, size_t at, size_t end) {
    size_t length = word_before(codes, begin, at, end);
    int whole = looks_whole(codes, at, end);
    if (date_ends_at(codes, begin, at))
        return 1;
    if (length == 1 && contains(openers, codes[at - 1])) // 和
        length = 0;
    if (length > 0)
        return whole || end - at >= 3 || !contains(functions, codes[at]);
    if (at == begin + 1 && (codes[begin] == U'依' || codes[begin] == U'据'))
        return codes[at] != U'政' && codes[at] != U'委'; // 依政发 is of 依兰
    if (at == begin + 1 && contains(openers, codes[begin]))
        return whole || (end - at > 3 && has_organ_shape(codes, at + 1, end)); // 经澜东政办
    return body_ends_at(codes, begin, at, end);
}

// Whether the white space before AT separates words: not in letter-spaced text, not where a code is broken
// over a line.
static int blank_separates(const struct gaz_docnum_source *source, size_t begin, size_t at, size_t end) {
    const uint32_t *codes = source->folded.codes;
    int whole = looks_whole(codes, at, end);
    if (!gaz_docnum_blank_before(source, at) || (!whole && (contains(functions, codes[at]) || end - at < 3)))
        return 0;
    for (size_t inner = at + 1; inner < end; inner++)
        if (gaz_docnum_blank_before(source, inner))
            return 0;
    return !(end - begin < CODE_USUAL && contains(places, codes[begin]) && all_in_alphabet(codes, begin, at));
}

// Goes back from END over what codes are made of, and over one unknown character, the place.
static size_t walk_alphabet(const uint32_t *codes, size_t begin, size_t end) {
    size_t at = end;
    while (at > begin && contains(alphabet, codes[at - 1]))
        at--;
    return at > begin ? at - 1 : at;
}

// Whether words stand in [BEGIN, AT) and a code of a known place follows (不适用云数据发), or one of the
// state (国办发; but 国土 follows a place).
static int has_place_shape(const uint32_t *codes, size_t begin, size_t at, size_t end) {
    int state = codes[at] == U'国' ? !contains(U"土资家", codes[at + 1])
                                   : codes[at] == U'中' && contains(functions, codes[at + 1]);
    return contains(places, codes[at]) && (state || !contains(alphabet, codes[at])) &&
           all_in_alphabet(codes, at + 1, end) && !all_in_alphabet(codes, begin, at);
}

// Where a code begins in a run without known words: its own shape must tell.
static size_t begin_by_shape(const uint32_t *codes, size_t begin, size_t end) {
    for (size_t at = end - 2; at >= begin + 2; at--) {
        if (has_place_shape(codes, begin, at, end))
            return at;
        if (has_organ_shape(codes, at, end) &&
            !(contains(places, codes[begin]) && all_in_alphabet(codes, begin, at)))
            return at;
    }
    size_t unknown = 0;
    for (size_t at = begin + 2; at < end; at++)
        unknown += !contains(alphabet, codes[at]) && !contains(places, codes[at]);
    return unknown >= 3 || end - begin > CODE_USUAL ? walk_alphabet(codes, begin, end) : begin;
}

static struct gaz_docnum_code short_code_before(const struct gaz_docnum_source *source, size_t from,
                                                size_t end) {
    const uint32_t *codes = source->folded.codes;
    size_t begin = end;
    while (begin > from && end - begin < SHORT_MAX && is_code_character(codes[begin - 1]))
        begin--;
    for (size_t at = end - 1; at > begin; at--)
        if (end - at >= 2 && (blank_separates(source, begin, at, end) || word_ends_at(codes, begin, at, end)))
            return (struct gaz_docnum_code){at, end, 1, 0};
    if (end - begin < 3)
        return (struct gaz_docnum_code){begin, end, 0, 0};
    return (struct gaz_docnum_code){begin_by_shape(codes, begin, end), end, 0, 0};
}

// The end of the code without 字 and 第, FROM when that is all; 厅字 is a code of its own.
static size_t strip_end(const uint32_t *codes, size_t from, size_t end) {
    if (end > from + 1 && codes[end - 1] == U'第')
        end--;
    if (end == from || codes[end - 1] != U'字')
        return end;
    return end > from + 1 && codes[end - 2] == U'厅' ? end : end - 1;
}

// Where the brackets begin that end at END, when they hold one to three characters; else END.
static size_t bracket_begin(const uint32_t *codes, size_t from, size_t end) {
    if (end <= from + 3 || codes[end - 1] != U')')
        return end;
    for (size_t at = end - 2; at > from && end - at <= 5; at--)
        if (codes[at - 1] == U'(')
            return at - 1;
    return end;
}

struct gaz_docnum_code gaz_docnum_code_before(const struct gaz_docnum_source *source, size_t from, size_t end,
                                              int full) {
    const uint32_t *codes = source->folded.codes;
    int lettered = end > from && codes[end - 1] == U'字';
    end = strip_end(codes, from, end);
    if (end == from)
        return (struct gaz_docnum_code){.begin = end, .end = end};
    // 台人(一)字, 公告〔十四届〕
    int session = codes[end - 1] == U')' && end - from >= 2 && codes[end - 2] == U'届';
    size_t letters_end = lettered || session ? bracket_begin(codes, from, end) : end;
    if (letters_end == from)
        return (struct gaz_docnum_code){.begin = end, .end = end};
    if (full || gaz_docnum_ending(source, from, letters_end) == GAZ_DOCNUM_ENDS_KIND) {
        struct gaz_docnum_code name = full_name_before(source, from, letters_end);
        name.end = end;
        return name;
    }
    struct gaz_docnum_code code = short_code_before(source, from, letters_end);
    code.end = code.begin < letters_end ? end : code.begin;
    return code;
}

int gaz_docnum_code_fits(const struct gaz_docnum_source *source, size_t begin,
                         const struct gaz_docnum_code *code) {
    const uint32_t *codes = source->folded.codes;
    // 澜 人社: a blank behind one character that is no word does not part it from the code.
    int place = code->begin == begin + 1 && gaz_docnum_blank_before(source, code->begin) &&
                word_before(codes, begin, code->begin, code->end) == 0 && !contains(openers, codes[begin]);
    if (code->cut && code->begin > begin && !place)
        return 0;
    size_t length = code->end - begin;
    if (length > (code->full ? FULL_MAX : SHORT_MAX))
        return 0;
    for (size_t at = begin; at < code->begin; at++)
        if (!is_code_character(codes[at]))
            return 0;
    return 1;
}

int gaz_docnum_code_is_word(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code) {
    size_t length = code->end - code->begin;
    return length > 0 && word_before(source->folded.codes, code->begin, code->end, code->end) == length;
}

int gaz_docnum_code_is_sure(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code) {
    const uint32_t *codes = source->folded.codes;
    enum gaz_docnum_ending ending = gaz_docnum_ending(source, code->begin, code->end);
    size_t length = code->end - code->begin;
    if (length < 2 || length > ISSUER_MAX)
        return 0;
    if (ending == GAZ_DOCNUM_ENDS_KIND)
        return 1;
    if (ending != GAZ_DOCNUM_ENDS_FUNCTION || length >= CODE_USUAL)
        return 0;
    if (contains(places, codes[code->begin]))
        return all_in_alphabet(codes, code->begin + 1, code->end);
    for (size_t at = code->begin + 1; at + 1 < code->end; at++)
        if (contains(organs, codes[at]))
            return 1;
    return length >= 3 && contains(sure_functions, codes[code->end - 1]) &&
           all_in_alphabet(codes, code->begin + 1, code->end);
}

int gaz_docnum_code_is_likely(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code) {
    const uint32_t *codes = source->folded.codes;
    size_t length = code->end - code->begin;
    if (gaz_docnum_code_is_sure(source, code))
        return 1;
    if (length < 3 || length >= CODE_USUAL || !all_in_alphabet(codes, code->begin, code->end))
        return 0;
    for (size_t at = code->begin; at < code->end; at++)
        if (contains(functions, codes[at]))
            return 1;
    return contains(places, codes[code->begin]);
}

int gaz_docnum_code_is_possible(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code) {
    size_t length = code->end - code->begin;
    return length >= 2 && length < CODE_USUAL &&
           all_in_alphabet(source->folded.codes, code->begin + 1, code->end);
}

// --- normal form -------------------------------------------------------------------------------------------

// Names of issuers under which the same orders and announcements are cited.
static const struct {
    const char32_t *printed;
    const char32_t *key;
} aliases[] = {
    {U"国务院令", U"国令"},
    {U"税务总局", U"国家税务总局"},
    {U"国家发展改革委员会", U"国家发展和改革委员会"},
    {U"国家发展改革委", U"国家发展和改革委员会"},
    {U"国家发改委", U"国家发展和改革委员会"},
    {U"国家卫生健康委员会", U"国家卫生健康委员会"},
    {U"国家卫生健康委", U"国家卫生健康委员会"},
    {U"国家卫健委", U"国家卫生健康委员会"},
    {U"住房城乡建设部", U"住房和城乡建设部"},
    {U"住建部", U"住房和城乡建设部"},
    {U"人力资源社会保障部", U"人力资源和社会保障部"},
    {U"人社部", U"人力资源和社会保障部"},
    {U"工信部", U"工业和信息化部"},
    {U"市场监管总局", U"国家市场监督管理总局"},
    {U"国家市场监管总局", U"国家市场监督管理总局"},
    {U"应急部", U"应急管理部"},
    {U"人民银行", U"中国人民银行"},
    {U"证监会", U"中国证券监督管理委员会"},
    {U"中国证监会", U"中国证券监督管理委员会"},
    {U"金融监管总局", U"国家金融监督管理总局"},
    {U"国家金融监管总局", U"国家金融监督管理总局"},
};

static void add_code(uint32_t code, struct gaz_buf *out) {
    char bytes[4];
    if (code >= U'a' && code <= U'z')
        code -= U'a' - U'A';
    gaz_buf_add(out, bytes, gaz_utf8_encode(code, bytes));
}

static void add_codes(const uint32_t *codes, size_t count, struct gaz_buf *out) {
    for (size_t i = 0; i < count; i++)
        if (codes[i] != U'、')
            add_code(codes[i], out);
}

// Writes the alias of the issuer that COUNT codes begin with; returns how many of them it stands for.
static size_t add_alias(const uint32_t *codes, size_t count, struct gaz_buf *out) {
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (begins_with(codes, count, aliases[i].printed)) {
            add_codes(aliases[i].key, word_length(aliases[i].key), out);
            return word_length(aliases[i].printed);
        }
    return 0;
}

// One issuer (and the kind after it) in the form for keys.
static void add_issuer(const uint32_t *codes, size_t count, struct gaz_buf *out) {
    static const char32_t order[] = U"政府令";
    size_t skip = begins_with(codes, count, republic) ? word_length(republic) : 0;
    if (count - skip < 2)
        skip = 0;
    codes += skip;
    count -= skip;
    size_t done = add_alias(codes, count, out);
    if (ends_with(codes, done, count, order) && !ends_with(codes, done, count, U"人民政府令")) {
        add_codes(codes + done, count - done - word_length(order), out);
        gaz_buf_addstr(out, "人民政府令");
    } else {
        add_codes(codes + done, count - done, out);
    }
}

// Copies the issuer at [BEGIN, END) and, of the last one, the kind, and adds it.
static void add_piece(const uint32_t *codes, size_t begin, size_t end, const char32_t *kind,
                      struct gaz_buf *out) {
    uint32_t piece[FULL_MAX + 4];
    size_t count = 0;
    while (begin < end && count < FULL_MAX)
        piece[count++] = codes[begin++];
    for (; kind != NULL && *kind != 0; kind++)
        piece[count++] = *kind;
    add_issuer(piece, count, out);
}

static int is_kind(const uint32_t *codes, size_t count) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (count == word_length(kinds[i]) && begins_with(codes, count, kinds[i]))
            return 1;
    return 0;
}

// Whether a blank before AT ends an issuer, and not 国务院 令, which is one name with its kind.
static int issuer_is_parted(const struct gaz_docnum_source *source, size_t begin, size_t at, size_t end) {
    return gaz_docnum_blank_before(source, at) && issuer_ends(source, begin, at) &&
           !is_kind(source->folded.codes + at, end - at);
}

void gaz_docnum_code_write(const struct gaz_docnum_source *source, const struct gaz_docnum_code *code,
                           const char32_t *kind, int key, struct gaz_buf *out) {
    const uint32_t *codes = source->folded.codes;
    size_t begin = code->begin;
    if (!key || !code->full) {
        add_codes(codes + begin, code->end - begin, out);
        add_codes(kind, kind != NULL ? word_length(kind) : 0, out);
        return;
    }
    for (size_t at = begin + 1; at <= code->end; at++) {
        int last = at == code->end;
        if (!last && codes[at] != U'、' && !issuer_is_parted(source, begin, at, code->end))
            continue;
        begin += codes[begin] == U'、';
        add_piece(codes, begin, at, last ? kind : NULL, out);
        begin = at;
    }
}
