// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "indexer/page.h"
#include "indexer/reader_parts.h"

enum { PAGES_REPORTED = 20 };

// The pages of a file on their way to text.
struct pages {
    struct gaz_issue *issue;
    const char *path;
    struct gaz_page_text *text;
    struct gaz_page_habit habit;
    size_t pictures; // pages without text on which there is something
    size_t written;  // pages with text
};

static void report_page(struct pages *pages, const struct gaz_pdf_page *page) {
    gaz_diag_sink *diag = pages->issue->diag;
    void *context = pages->issue->diag_context;
    if (page->lost)
        gaz_diag_report(diag, context, pages->path, page->number, 0, "page-lost",
                        "the page cannot be read: the PDF library gave up");
    else if (page->cut)
        gaz_diag_report(diag, context, pages->path, page->number, 0, "page-cut",
                        "the page is too large or too full: only a part of it is read");
    if (page->char_count == 0 && page->printed && pages->pictures++ < PAGES_REPORTED)
        gaz_diag_report(diag, context, pages->path, page->number, 0, "no-text",
                        "the page has a picture and no text: recognise its text first (OCR)");
}

static bool keep_label(const struct pages *pages, const struct gaz_pdf_page *page) {
    struct gaz_issue *issue = pages->issue;
    if (!page->label)
        return true;
    if (!issue->page_labels)
        issue->page_labels = gaz_arena_alloc(issue->arena, (page->count + 1) * sizeof *issue->page_labels);
    if (!issue->page_labels)
        return false;
    issue->labelled_pages = page->count;
    issue->page_labels[page->number] = gaz_arena_strndup(issue->arena, page->label, strlen(page->label));
    return issue->page_labels[page->number] != NULL;
}

static enum gaz_status take_page(void *context, const struct gaz_pdf_page *page, struct gaz_err *err) {
    struct pages *pages = context;
    report_page(pages, page);
    if (!keep_label(pages, page) || !gaz_page_write(page, &pages->habit, pages->text))
        return gaz_err_memory(err);
    pages->written += page->char_count > 0;
    gaz_buf_addch(&pages->text->text, '\f');
    return gaz_buf_check(&pages->text->text, err);
}

enum gaz_status reader_pdf_text(struct gaz_issue *issue, const char *path, const char *raw, size_t len,
                                const char *encoding, struct gaz_page_text *text, struct gaz_err *err) {
    (void)encoding;
    struct pages pages = {.issue = issue, .path = path, .text = text};
    enum gaz_status status = gaz_pdf_read(raw, len, take_page, &pages, err);
    if (status != GAZ_OK)
        return status;
    if (pages.pictures > PAGES_REPORTED)
        gaz_diag_report(issue->diag, issue->diag_context, path, 0, 0, "no-text",
                        "%zu more pages have a picture and no text", pages.pictures - PAGES_REPORTED);
    if (pages.written == 0 && pages.pictures > 0)
        return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                           "none of its pages has text, they are pictures: recognise their text first (OCR)");
    return GAZ_OK;
}
