// SPDX-License-Identifier: GPL-2.0-or-later
//
// The page that says what can be asked.
#include <string.h>

#include "searcher/web/page.h"

// Pairs of what is typed and what it finds: "typed|found".
static const enum gaz_message rules[] = {
    GAZ_MESSAGE_EXAMPLE_NUMBER, GAZ_MESSAGE_EXAMPLE_UNIT, GAZ_MESSAGE_EXAMPLE_DATE,
    GAZ_MESSAGE_EXAMPLE_PHRASE, GAZ_MESSAGE_HELP_AND,     GAZ_MESSAGE_HELP_OR,
    GAZ_MESSAGE_HELP_NOT,       GAZ_MESSAGE_HELP_QUOTED,  GAZ_MESSAGE_HELP_NEAR,
    GAZ_MESSAGE_HELP_PATTERN,
};

// In English they are those of the table.
static const struct {
    enum gaz_message zh;
    const char *en;
} meanings[] = {
#define GAZ_FIELD(id, chinese, english, meaning) {GAZ_MESSAGE_FIELD_##id, (meaning)},
#include "searcher/fields.def"
};

static const char *meaning_of(const struct gaz_page *page, int field) {
    return page->language == GAZ_LANGUAGE_EN ? meanings[field].en : gaz_page_text(page, meanings[field].zh);
}

static void put_fields(const struct gaz_page *page) {
    gaz_html_put(page->out, "<h2>%s</h2><div class=\"scroll\"><table><tbody>", M(HELP_FIELDS));
    for (int field = 0; field < GAZ_FIELD_COUNT; field++) {
        gaz_html_put(page->out, "<tr><th scope=\"row\">%s:</th><td>%s:</td><td>%s</td></tr>",
                     gaz_field_name_zh((enum gaz_field)field), gaz_field_name((enum gaz_field)field),
                     meaning_of(page, field));
    }
    gaz_html_put(page->out, "</tbody></table></div>");
}

static void put_addresses(const struct gaz_page *page) {
    static const struct {
        const char *path;
        enum gaz_message message;
    } addresses[] = {
        {"/number/云政发〔2024〕8号", GAZ_MESSAGE_PATH_NUMBER},
        {"/unit/市教育局", GAZ_MESSAGE_PATH_UNIT},
        {"/calendar/2024-03", GAZ_MESSAGE_PATH_CALENDAR},
        {"/series/云政发/2024", GAZ_MESSAGE_PATH_SERIES},
        {"/cites/国办发〔2023〕41号", GAZ_MESSAGE_PATH_CITES},
        {"/show/云政发〔2024〕8号 二（一）", GAZ_MESSAGE_PATH_SHOW},
        {"/api/search?q=…", GAZ_MESSAGE_PATH_API},
    };
    gaz_html_put(page->out, "<h2>%s</h2><dl class=\"ways\">", M(HELP_PATHS));
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        gaz_html_put(page->out, "<div><dt><code>%s</code></dt><dd>%s</dd></div>", addresses[i].path,
                     gaz_page_text(page, addresses[i].message));
    }
    gaz_html_put(page->out, "</dl>");
}

enum gaz_status gaz_page_help(struct gaz_page *page, struct gaz_err *err) {
    gaz_page_begin(page, &(struct gaz_page_head){.title = M(HELP)});
    gaz_html_put(page->out, "<div class=\"narrow\"><h1>%s</h1><p>%s</p>", M(HELP), M(HELP_LEAD));
    gaz_html_put(page->out, "<h2>%s</h2>", M(HELP_WORDS));
    gaz_page_put_ways(page, rules, sizeof rules / sizeof rules[0]);
    put_fields(page);
    put_addresses(page);
    gaz_html_put(page->out, "<h2>%s</h2><p>%s</p></div>", M(HELP_KEYS), M(HELP_KEYS_TEXT));
    gaz_page_end(page);
    return gaz_page_is_html(page, 200, err);
}
