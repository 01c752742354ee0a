// SPDX-License-Identifier: GPL-2.0-or-later
//
// The reading process: poppler's view of a page → characters and rules on a pipe. It allocates as its
// libraries do, which abort when memory is out: that is why it is a process of its own.
#include "shim/pdf_parts.h"

#include <errno.h>
#include <poppler.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const double SCALE = 2.0;          // pixels a point …
static const double PIXELS_SIDE = 2400.0; // … fewer on larger pages
static const unsigned DARK = 200;         // of 255: what is darker is ink, light grey rules too

static bool send(int to, const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0) {
        ssize_t sent = write(to, at, len);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

static void send_error(int to, enum gaz_status status) {
    struct pdf_message message = {.kind = PDF_MESSAGE_ERROR, .status = (uint32_t)status};
    send(to, &message, sizeof message);
}

// --- picture

static cairo_surface_t *draw(PopplerPage *page, double width, double height, double *scale) {
    double side = width > height ? width : height;
    *scale = side * SCALE > PIXELS_SIDE ? PIXELS_SIDE / side : SCALE;
    int columns = (int)(width * *scale) + 1, rows = (int)(height * *scale) + 1;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, *scale, *scale);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

// The pixels of SURFACE as ink; freed with g_free.
static unsigned char *ink_of(cairo_surface_t *surface, double scale, struct pdf_ink *ink) {
    size_t width = (size_t)cairo_image_surface_get_width(surface);
    size_t height = (size_t)cairo_image_surface_get_height(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    unsigned char *pixels = g_malloc0(width * height + 1);
    for (size_t y = 0; data && y < height; y++)
        for (size_t x = 0; x < width; x++) {
            uint32_t colour;
            memcpy(&colour, data + y * stride + x * sizeof colour, sizeof colour);
            unsigned light = (colour >> 16 & 255) * 3 + (colour >> 8 & 255) * 6 + (colour & 255);
            pixels[y * width + x] = light < DARK * 10;
        }
    *ink = (struct pdf_ink){pixels, width, height, scale};
    return pixels;
}

// --- characters

static bool is_finite(const PopplerRectangle *box) {
    const double bound = 1e6;
    return box->x1 > -bound && box->x1 < bound && box->y1 > -bound && box->y1 < bound && box->x2 > -bound &&
           box->x2 < bound && box->y2 > -bound && box->y2 < bound;
}

static bool is_wanted(gunichar code) {
    return code != 0xFFFD && !g_unichar_isspace(code) && !g_unichar_iscntrl(code) && code != 0xFEFF &&
           g_unichar_validate(code);
}

static struct gaz_pdf_char make_char(gunichar code, const PopplerRectangle *box, double size) {
    struct gaz_pdf_char made = {.x1 = (float)MIN(box->x1, box->x2),
                                .y1 = (float)MIN(box->y1, box->y2),
                                .x2 = (float)MAX(box->x1, box->x2),
                                .y2 = (float)MAX(box->y1, box->y2),
                                .size = size > 0 && size < 1e6 ? (float)size : 0,
                                .code = code};
    return made;
}

// The characters of PAGE, in the order of the library's text; freed with g_free. *CUT when there are more.
static struct gaz_pdf_char *chars_of(PopplerPage *page, size_t *count, bool *cut) {
    PopplerRectangle *boxes = NULL;
    guint box_count = 0;
    char *text = poppler_page_get_text(page);
    GList *attributes = poppler_page_get_text_attributes(page), *style = attributes;
    struct gaz_pdf_char *chars = NULL;
    *count = 0;
    if (text && poppler_page_get_text_layout(page, &boxes, &box_count)) {
        guint kept = MIN(box_count, (guint)GAZ_PDF_CHARS_MAX);
        *cut = *cut || kept < box_count;
        chars = g_new0(struct gaz_pdf_char, kept + 1);
        char *at = text;
        for (guint i = 0; i < kept && *at; i++, at = g_utf8_next_char(at)) {
            while (style && ((PopplerTextAttributes *)style->data)->end_index < (gint)i)
                style = style->next;
            gunichar code = g_utf8_get_char(at);
            double size = style ? ((PopplerTextAttributes *)style->data)->font_size : 0;
            if (is_wanted(code) && is_finite(&boxes[i]))
                chars[(*count)++] = make_char(code, &boxes[i], size);
        }
    }
    poppler_page_free_text_attributes(attributes);
    g_free(boxes);
    g_free(text);
    return chars;
}

// --- pages

static bool send_page(int to, struct pdf_message *message, const char *label,
                      const struct gaz_pdf_char *chars, const struct gaz_pdf_rule *rules) {
    return send(to, message, sizeof *message) && send(to, label, message->label) &&
           send(to, chars, message->chars * sizeof *chars) && send(to, rules, message->rules * sizeof *rules);
}

// The rules of the page and the corners of its marks.
static void look_at(PopplerPage *page, struct pdf_message *message, struct gaz_pdf_char *chars,
                    struct gaz_pdf_rule *rules) {
    struct pdf_ink ink;
    double scale;
    cairo_surface_t *surface = draw(page, (double)message->width, (double)message->height, &scale);
    unsigned char *pixels = ink_of(surface, scale, &ink);
    size_t found = pdf_ink_rules(&ink, rules, GAZ_PDF_RULES_MAX);
    message->rules = (uint32_t)MIN(found, GAZ_PDF_RULES_MAX);
    message->printed = pdf_ink_is_printed(&ink);
    for (size_t i = 0; i < message->chars; i++)
        chars[i].corner = pdf_ink_corner(&ink, &chars[i]);
    g_free(pixels);
    cairo_surface_destroy(surface);
}

static bool read_page(PopplerDocument *document, size_t number, size_t count, int to) {
    static struct gaz_pdf_rule rules[GAZ_PDF_RULES_MAX];
    PopplerPage *page = poppler_document_get_page(document, (int)number - 1);
    struct pdf_message message = {
        .kind = PDF_MESSAGE_PAGE, .number = (uint32_t)number, .count = (uint32_t)count};
    double width = 0, height = 0;
    if (page)
        poppler_page_get_size(page, &width, &height);
    if (!page || !(width > 0 && width <= GAZ_PDF_SIDE_MAX && height > 0 && height <= GAZ_PDF_SIDE_MAX)) {
        message.cut = page != NULL;
        return send_page(to, &message, "", NULL, NULL);
    }
    bool cut = false;
    size_t char_count;
    struct gaz_pdf_char *chars = chars_of(page, &char_count, &cut);
    char *label = poppler_page_get_label(page), plain[32];
    snprintf(plain, sizeof plain, "%zu", number);
    message.label = label && strcmp(label, plain) != 0 ? (uint32_t)strnlen(label, PDF_LABEL_MAX) : 0;
    message.width = (float)width;
    message.height = (float)height;
    message.chars = (uint32_t)char_count;
    message.cut = cut;
    look_at(page, &message, chars, rules);
    bool sent = send_page(to, &message, label ? label : "", chars, rules);
    g_free(label);
    g_free(chars);
    g_object_unref(page);
    return sent;
}

static void read_pages(PopplerDocument *document, size_t first, int to) {
    int pages = poppler_document_get_n_pages(document);
    size_t count = pages > 0 ? (size_t)pages : 0;
    if (count > GAZ_PDF_PAGES_MAX) {
        send_error(to, GAZ_ERR_LIMIT);
        return;
    }
    for (size_t number = first; number <= count; number++)
        if (!read_page(document, number, count, to))
            return;
    struct pdf_message end = {.kind = PDF_MESSAGE_END, .count = (uint32_t)count};
    send(to, &end, sizeof end);
}

void pdf_poppler_read(const char *data, size_t len, size_t first, int to) {
    GError *error = NULL;
    GBytes *bytes = g_bytes_new_static(data, len);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    if (document)
        read_pages(document, first, to);
    else if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        send_error(to, GAZ_ERR_UNSUPPORTED);
    else
        send_error(to, GAZ_ERR_ENCODING);
    g_clear_error(&error);
    g_clear_object(&document);
    g_bytes_unref(bytes);
}
