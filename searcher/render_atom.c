// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <time.h>

#include "searcher/atom.h"
#include "searcher/render.h"
#include "searcher/xml.h"
#include "shim/hash.h"
#include "shim/message.h"

static const char *text_of(const json_t *record, const char *key) {
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

// <id>: the same for the same KEY. A UUID of version 8 (RFC 9562), whose bits are those of a hash.
static void put_id(struct gaz_buf *out, const char *key) {
    struct gaz_hash hash;
    char hex[GAZ_HASH_HEX];
    gaz_hash_begin(&hash);
    gaz_hash_add(&hash, key, strlen(key));
    gaz_hash_end(&hash, hex);
    gaz_buf_printf(out, "<id>urn:uuid:%.8s-%.4s-8%.3s-8%.3s-%.12s</id>", hex, hex + 8, hex + 12, hex + 15,
                   hex + 18);
}

static void put_now(struct gaz_buf *out) {
    char text[sizeof "2024-03-08T00:00:00Z"];
    time_t now = time(NULL);
    struct tm utc;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    gaz_buf_addstr(out, text);
}

// A document is not changed after its day; what has none is taken as of now.
static void put_updated(struct gaz_buf *out, const char *date) {
    gaz_buf_addstr(out, "<updated>");
    if (*date) {
        gaz_buf_printf(out, "%sT00:00:00+08:00", date);
    } else {
        put_now(out);
    }
    gaz_buf_addstr(out, "</updated>");
}

void gaz_atom_begin(struct gaz_buf *out, const char *key, const char *title) {
    gaz_buf_addstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh\">\n");
    put_id(out, key);
    gaz_xml_put_element(out, "title", title);
    put_updated(out, "");
    gaz_buf_addstr(out, "<author><name>gazette-search</name></author>\n");
}

static void put_title(struct gaz_buf *out, const struct gaz_hit *hit) {
    const char *title = text_of(hit->document, "title");
    const char *address = hit->listed ? hit->number : text_of(hit->record, "address");
    gaz_buf_addstr(out, "<title>");
    gaz_xml_put(out, *title ? title : address);
    if (*title && hit->unit_level) {
        gaz_buf_addstr(out, " ");
        gaz_xml_put(out, address);
    }
    gaz_buf_addstr(out, "</title>");
}

static void put_summary(struct gaz_buf *out, const struct gaz_hit *hit) {
    gaz_buf_addstr(out, "<summary>");
    gaz_xml_put(out, text_of(json_object_get(hit->document, "number"), "text"));
    for (size_t i = 0; i < hit->excerpt_count; i++) {
        const struct gaz_excerpt *excerpt = &hit->excerpts[i];
        gaz_buf_addstr(out, "\n");
        gaz_xml_put(out, excerpt->address);
        gaz_buf_addstr(out, "  ");
        gaz_xml_put(out, excerpt->text);
    }
    gaz_buf_addstr(out, "</summary>");
}

static void put_link(struct gaz_buf *out, const char *links, const char *id) {
    gaz_buf_addstr(out, "<link href=\"");
    gaz_xml_put(out, links);
    gaz_render_link("", id, out);
    gaz_buf_addstr(out, "\"/>");
}

void gaz_atom_entry(struct gaz_buf *out, const struct gaz_hit *hit, const char *category, const char *links) {
    const char *id = text_of(hit->record, "id"), *issuer = text_of(hit->document, "issuer");
    const char *document = text_of(hit->document, "id");
    gaz_buf_addstr(out, "<entry>");
    put_id(out, *id || !hit->listed ? id : hit->listed->key);
    put_title(out, hit);
    put_updated(out, text_of(hit->document, "date"));
    if (*issuer) {
        gaz_buf_addstr(out, "<author><name>");
        gaz_xml_put(out, issuer);
        gaz_buf_addstr(out, "</name></author>");
    }
    if (category) {
        gaz_buf_addstr(out, "<category term=\"");
        gaz_xml_put(out, category);
        gaz_buf_addstr(out, "\"/>");
    }
    if (links && *document) {
        put_link(out, links, hit->unit_level ? id : document);
    }
    put_summary(out, hit);
    gaz_buf_addstr(out, "</entry>\n");
}

void gaz_atom_end(struct gaz_buf *out) {
    gaz_buf_addstr(out, "</feed>\n");
}

// --- --format atom ---

static enum gaz_status atom_begin(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                  struct gaz_buf *out, struct gaz_err *err) {
    const char *query = answer->request.query ? answer->request.query : "";
    (void)options;
    gaz_atom_begin(out, query, *query ? query : "政府公报");
    return gaz_buf_check(out, err);
}

static enum gaz_status atom_hit(const struct gaz_answer *answer, const struct gaz_hit *hit,
                                const struct gaz_render_options *options, struct gaz_buf *out,
                                struct gaz_err *err) {
    (void)answer;
    if (hit->line) {
        return gaz_err_set(err, GAZ_ERR_UNSUPPORTED,
                           "--format atom has no lines of --kwic: leave one of them out");
    }
    gaz_atom_entry(out, hit, NULL, options->links);
    return gaz_buf_check(out, err);
}

static enum gaz_status atom_end(const struct gaz_answer *answer, const struct gaz_render_options *options,
                                struct gaz_buf *out, struct gaz_err *err) {
    (void)answer;
    (void)options;
    gaz_atom_end(out);
    return gaz_buf_check(out, err);
}

const struct gaz_renderer gaz_render_atom = {"atom", false, atom_begin, atom_hit, atom_end};
