// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/people.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// The persons in ENTRY as "role name;role name;".
static void assert_people_known(const char *entry, struct gaz_people_known *known, struct gaz_arena *arena,
                                const char *wanted) {
    struct gaz_buf found = GAZ_BUF_INIT;
    const struct gaz_person *people;
    size_t count;
    assert_true(gaz_people_find(gaz_str_of(entry), known, arena, &people, &count));
    for (size_t i = 0; i < count; i++)
        gaz_buf_printf(&found, "%s %s;", people[i].role ? people[i].role : "-", people[i].name);
    if (strcmp(found.data, wanted) != 0)
        fail_msg("%s: %s instead of %s", entry, found.data, wanted);
    gaz_buf_free(&found);
}

static void assert_people(const char *entry, const char *wanted) {
    struct gaz_arena *arena = gaz_arena_new();
    assert_people_known(entry, NULL, arena, wanted);
    gaz_arena_free(arena);
}

static void roles_and_names_are_parted(void **state) {
    (void)state;
    assert_people("△市长唐砚秋主持召开市政府常务会议。", "市长 唐砚秋;");
    assert_people("△副市长沈舟调研防汛工作。", "副市长 沈舟;");
    assert_people("△市委副书记、市长唐砚秋会见客商。", "市委副书记、市长 唐砚秋;");
    assert_people("△市政府秘书长欧阳若水参加活动。", "市政府秘书长 欧阳若水;");
    assert_people("市长唐砚秋出席会议。", "市长 唐砚秋;");
    assert_people("△ 市 长 唐 砚 秋 出 席 会 议 。", "市长 唐砚秋;");
}

static void lists_are_read_to_their_verb(void **state) {
    (void)state;
    assert_people("△市长唐砚秋，市委常委、副市长顾长风，副市长沈舟、林以安参加植树活动，副市长叶清远列席。",
                  "市长 唐砚秋;市委常委、副市长 顾长风;副市长 沈舟;副市长 林以安;副市长 叶清远;");
    assert_people("△市委书记陆鸣、市长唐砚秋赴青崖区走访企业。", "市委书记 陆鸣;市长 唐砚秋;");
    assert_people("△副市长沈舟、沈舟、林以安出席会议。", "副市长 沈舟;副市长 林以安;");
    assert_people("△市长张有为参加植树活动，副市长叶清和列席。", "市长 张有为;副市长 叶清和;");
}

static void names_joined_by_and_are_all_given(void **state) {
    (void)state;
    assert_people("△副市长沈舟和林以安参加植树活动。", "副市长 沈舟;副市长 林以安;");
    assert_people("△市长唐砚秋和副市长沈舟出席会议。", "市长 唐砚秋;副市长 沈舟;");
    assert_people("△副市长顾长风、沈舟和林以安列席。", "副市长 顾长风;副市长 沈舟;副市长 林以安;");
    assert_people("△县长沈舟主持会议，副县长林以安、何川和县政府办主任杜衡参加。",
                  "县长 沈舟;副县长 林以安;副县长 何川;县政府办主任 杜衡;");
    assert_people("△市长唐砚秋和干部群众一起参加植树活动。", "市长 唐砚秋;");
    assert_people("△市长唐砚秋和有关部门负责人参加活动。", "市长 唐砚秋;");
    assert_people("△市长唐砚秋与企业家代表座谈。", "市长 唐砚秋;");
}

static void traditional_offices_are_known(void **state) {
    (void)state;
    assert_people("△縣長葉清遠主持縣政會議。", "縣長 葉清遠;");
}

static void entries_without_persons_name_nobody(void **state) {
    (void)state;
    assert_people("△市政府召开第三十次常务会议。", "");
    assert_people("△全市防汛工作会议召开，各县（市、区）分管领导参加。", "");
    assert_people("△", "");
    assert_people("", "");
    assert_people("△我市入选国家创新型城市。", "");
}

// A role that is misprinted is read by a name known from another entry.
static void known_names_mend_roles(void **state) {
    (void)state;
    struct gaz_arena *arena = gaz_arena_new();
    struct gaz_people_known known = {{0}};
    assert_people_known("△副市长沈舟调研工业经济。", &known, arena, "副市长 沈舟;");
    assert_people_known("△副市沈舟参加会议。", &known, arena, "副市 沈舟;");
    assert_people("△副市沈舟参加会议。", "");
    gaz_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_and_names_are_parted),
        cmocka_unit_test(lists_are_read_to_their_verb),
        cmocka_unit_test(names_joined_by_and_are_all_given),
        cmocka_unit_test(traditional_offices_are_known),
        cmocka_unit_test(entries_without_persons_name_nobody),
        cmocka_unit_test(known_names_mend_roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
