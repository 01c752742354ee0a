// SPDX-License-Identifier: GPL-2.0-or-later
//
// The allocations of saving and asking again fail in turn (a sample of them, all with FAULTS_ALL): it is an
// error, nothing is left behind in memory, and what is kept is the old or the new.
#include "tests/support/faults.h"
#include "tests/unit/search_fixture.h"
#include "tests/unit/search_records.h"

#include "searcher/alert.h"
#include "tests/support/folder.h"

static struct fixture fixture;
static char folder[] = "/tmp/gaz-test-XXXXXX";
static FILE *nowhere;

static int open_fixture(void **state) {
    (void)state;
    nowhere = fopen("/dev/null", "w");
    if (!nowhere || !mkdtemp(folder) || setenv("XDG_DATA_HOME", folder, 1) != 0) {
        return -1;
    }
    return fixture_open(&fixture, fixture_records, COUNT(fixture_records));
}

static int close_fixture(void **state) {
    (void)state;
    fixture_close(&fixture);
    fclose(nowhere);
    return folder_remove(folder);
}

static enum gaz_status save(void) {
    const char *indexes[] = {fixture.dir};
    size_t known;
    struct gaz_err err = {0};
    json_t *options = json_array();
    enum gaz_status status =
        options ? gaz_alert_note_option(options, GAZ_OPTION_UNIT, "市教育局", &err) : gaz_err_memory(&err);
    const struct gaz_alert_question question = {"教育", options, NULL, indexes, 1};
    if (status == GAZ_OK) {
        status = gaz_alert_save(&question, &known, &err);
    }
    json_decref(options);
    return status;
}

static enum gaz_status forget(void) {
    return gaz_alert_forget("教育", NULL);
}

// Makes all that is known new again.
static void unlearn(void) {
    struct gaz_alert_store store;
    json_t *alert;
    assert_int_equal(gaz_alert_store_open(&store, NULL), GAZ_OK);
    assert_int_equal(gaz_alert_store_read(&store, "教育", &alert, NULL), GAZ_OK);
    json_object_clear(json_object_get(alert, "known"));
    assert_int_equal(gaz_alert_store_write(&store, "教育", alert, NULL), GAZ_OK);
    json_decref(alert);
    gaz_alert_store_close(&store);
}

static enum gaz_status run_as(const struct gaz_renderer *renderer, size_t *news) {
    const struct gaz_alert_check check = {.name = "教育", .renderer = renderer, .to = nowhere};
    struct gaz_err err = {0};
    return gaz_alert_run(&check, news, &err);
}

static void saving(void **state) {
    (void)state;
    assert_int_equal(save(), GAZ_OK);
    assert_int_equal(forget(), GAZ_OK);
    size_t live = gaz_mem_live();
    enum gaz_status status = GAZ_ERR_MEMORY;
    for (size_t allowed = 0; status != GAZ_OK; allowed += faults_stride()) {
        faults_begin(allowed);
        status = save();
        faults_end();
        if (status != GAZ_OK && status != GAZ_ERR_MEMORY) {
            fail_msg("%s", gaz_status_name(status));
        }
        assert_int_equal(gaz_mem_live(), live);
    }
    assert_int_equal(forget(), GAZ_OK);
}

static void asking_again(void **state) {
    static const struct gaz_renderer *const renderers[] = {&gaz_render_text, &gaz_render_ndjson,
                                                           &gaz_render_atom};
    (void)state;
    assert_int_equal(save(), GAZ_OK);
    for (size_t i = 0; i < COUNT(renderers); i++) {
        size_t news = 0;
        unlearn();
        assert_int_equal(run_as(renderers[i], &news), GAZ_OK);
        size_t all = news, live = gaz_mem_live();
        enum gaz_status status = GAZ_ERR_MEMORY;
        assert_true(all > 0);
        unlearn();
        for (size_t allowed = 0; status != GAZ_OK; allowed += faults_stride()) {
            faults_begin(allowed);
            status = run_as(renderers[i], &news);
            faults_end();
            if (status != GAZ_OK && status != GAZ_ERR_MEMORY) {
                fail_msg("%s", gaz_status_name(status));
            }
            assert_int_equal(gaz_mem_live(), live);
        }
        assert_true(news == all || news == 0); // 0: only the end of a feed had failed before
    }
    assert_int_equal(forget(), GAZ_OK);
}

int main(void) {
    json_set_alloc_funcs(gaz_malloc, gaz_free);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saving),
        cmocka_unit_test(asking_again),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
