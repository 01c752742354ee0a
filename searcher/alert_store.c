// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/alert_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "searcher/archive.h"

enum { PROBE = 1 << 16 };

static const char suffix[] = ".json";

static enum gaz_status failed(const struct gaz_alert_store *store, const char *name, struct gaz_err *err) {
    return gaz_err_set(err, GAZ_ERR_IO, "%s/%s: cannot be used: %s", store->folder.data, name,
                       strerror(errno));
}

// --- the folder ---

static enum gaz_status find_folder(struct gaz_buf *out, struct gaz_err *err) {
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && data[0] == '/') { // a relative one is to be ignored
        gaz_buf_printf(out, "%s/gazette/alerts", data);
    } else if (home && *home) {
        gaz_buf_printf(out, "%s/.local/share/gazette/alerts", home);
    } else {
        return gaz_err_set(err, GAZ_ERR_IO, "there is no place for saved questions: set HOME");
    }
    return gaz_buf_check(out, err);
}

// Makes the folder and those above it.
static enum gaz_status make_folder(const struct gaz_alert_store *store, struct gaz_err *err) {
    char *path = gaz_strndup(store->folder.data, store->folder.len);
    if (!path) {
        return gaz_err_memory(err);
    }
    for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(path, S_IRWXU); // what is wrong is seen below
        *slash = '/';
    }
    int made = mkdir(path, S_IRWXU);
    gaz_free(path);
    return made == 0 || errno == EEXIST ? GAZ_OK : failed(store, "", err);
}

static enum gaz_status take_lock(struct gaz_alert_store *store, struct gaz_err *err) {
    struct gaz_buf path = GAZ_BUF_INIT;
    gaz_buf_printf(&path, "%s/.lock", store->folder.data);
    enum gaz_status status = gaz_buf_check(&path, err);
    if (status == GAZ_OK) {
        store->lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    }
    int locked = -1;
    while (store->lock >= 0 && (locked = flock(store->lock, LOCK_EX)) != 0 && errno == EINTR) {
    }
    gaz_buf_free(&path);
    return status != GAZ_OK ? status : locked == 0 ? GAZ_OK : failed(store, ".lock", err);
}

enum gaz_status gaz_alert_store_open(struct gaz_alert_store *store, struct gaz_err *err) {
    *store = (struct gaz_alert_store){GAZ_BUF_INIT, -1};
    enum gaz_status status = find_folder(&store->folder, err);
    if (status == GAZ_OK) {
        status = make_folder(store, err);
    }
    if (status == GAZ_OK) {
        status = take_lock(store, err);
    }
    if (status != GAZ_OK) {
        gaz_alert_store_close(store);
    }
    return status;
}

void gaz_alert_store_close(struct gaz_alert_store *store) {
    if (store->lock >= 0) {
        close(store->lock);
    }
    store->lock = -1;
    gaz_buf_free(&store->folder);
}

// --- names ---

// A name is a file name without surprises: no path, nothing hidden, no control characters.
static bool is_name(const char *name) {
    size_t len = strlen(name);
    bool good = len > 0 && len <= GAZ_ALERT_NAME_MAX && name[0] != '.' && name[0] != '-';
    for (size_t i = 0; i < len && good; i++) {
        good = name[i] != '/' && name[i] != 127 && (unsigned char)name[i] >= ' ';
    }
    return good;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum gaz_status add_name(const struct dirent *entry, struct gaz_arena *arena, struct gaz_strings *out,
                                struct gaz_err *err) {
    size_t len = strlen(entry->d_name), end = sizeof suffix - 1;
    if (entry->d_name[0] == '.' || len <= end || strcmp(entry->d_name + len - end, suffix) != 0) {
        return GAZ_OK;
    }
    return gaz_strings_add_once(out, arena, entry->d_name, len - end, err);
}

enum gaz_status gaz_alert_store_names(const struct gaz_alert_store *store, struct gaz_arena *arena,
                                      struct gaz_strings *out, struct gaz_err *err) {
    const struct dirent *entry;
    enum gaz_status status = GAZ_OK;
    *out = (struct gaz_strings){0};
    DIR *folder = opendir(store->folder.data);
    if (!folder) {
        return failed(store, "", err);
    }
    while (status == GAZ_OK && (entry = readdir(folder))) {
        status = add_name(entry, arena, out, err);
    }
    closedir(folder);
    if (status == GAZ_OK && out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, compare_names);
    }
    return status;
}

// The path of what is kept under NAME, with TAIL behind it.
static enum gaz_status path_of(const struct gaz_alert_store *store, const char *name, const char *tail,
                               struct gaz_buf *out, struct gaz_err *err) {
    if (!is_name(name)) {
        return gaz_err_set(
            err, GAZ_ERR_ARGUMENT,
            "\"%s\" is no name for a saved question: use up to %d bytes without / and controls", name,
            GAZ_ALERT_NAME_MAX);
    }
    gaz_buf_printf(out, "%s/%s%s%s", store->folder.data, name, suffix, tail);
    return gaz_buf_check(out, err);
}

// --- contents ---

// jansson calls what it had no memory for a syntax error, too.
static bool is_memory_short(void) {
    void *probe = gaz_malloc(PROBE);
    gaz_free(probe);
    return !probe;
}

static enum gaz_status load(const char *path, const char *name, json_t **out, struct gaz_err *err) {
    if (access(path, F_OK) != 0) {
        return gaz_err_set(err, GAZ_ERR_NOT_FOUND, "no question is saved as %s: see --saved", name);
    }
    *out = json_load_file(path, 0, NULL);
    if (!*out && is_memory_short()) {
        return gaz_err_memory(err);
    }
    return json_is_object(*out)
               ? GAZ_OK
               : gaz_err_set(err, GAZ_ERR_CORRUPT,
                             "what is saved as %s is damaged: --forget it and save it again", name);
}

enum gaz_status gaz_alert_store_read(const struct gaz_alert_store *store, const char *name, json_t **out,
                                     struct gaz_err *err) {
    struct gaz_buf path = GAZ_BUF_INIT;
    *out = NULL;
    enum gaz_status status = path_of(store, name, "", &path, err);
    if (status == GAZ_OK) {
        status = load(path.data, name, out, err);
    }
    if (status != GAZ_OK) {
        json_decref(*out);
        *out = NULL;
    }
    gaz_buf_free(&path);
    return status;
}

static bool write_all(int file, const struct gaz_buf *text) {
    for (size_t at = 0; at < text->len;) {
        ssize_t done = write(file, text->data + at, text->len - at);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        at += done > 0 ? (size_t)done : 0;
    }
    return fsync(file) == 0;
}

// Writes a file beside the old one, which it then replaces. The store is locked: its name is nobody else's.
static bool replace(const struct gaz_alert_store *store, const char *path, const char *beside,
                    const struct gaz_buf *text) {
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) {
        return false;
    }
    bool written = write_all(file, text);
    written = close(file) == 0 && written && rename(beside, path) == 0;
    int folder = written ? open(store->folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return written;
}

enum gaz_status gaz_alert_store_write(const struct gaz_alert_store *store, const char *name,
                                      const json_t *json, struct gaz_err *err) {
    struct gaz_buf path = GAZ_BUF_INIT, beside = GAZ_BUF_INIT, text = GAZ_BUF_INIT;
    enum gaz_status status = path_of(store, name, "", &path, err);
    if (status == GAZ_OK) {
        status = path_of(store, name, ".new", &beside, err);
    }
    if (status == GAZ_OK) {
        status = gaz_record_print_json(json, &text, err);
    }
    if (status == GAZ_OK && !replace(store, path.data, beside.data, &text)) {
        status = failed(store, name, err);
    }
    gaz_buf_free(&path);
    gaz_buf_free(&beside);
    gaz_buf_free(&text);
    return status;
}

enum gaz_status gaz_alert_store_remove(const struct gaz_alert_store *store, const char *name,
                                       struct gaz_err *err) {
    struct gaz_buf path = GAZ_BUF_INIT;
    enum gaz_status status = path_of(store, name, "", &path, err);
    if (status == GAZ_OK && unlink(path.data) != 0) {
        status = errno == ENOENT
                     ? gaz_err_set(err, GAZ_ERR_NOT_FOUND, "no question is saved as %s: see --saved", name)
                     : failed(store, name, err);
    }
    gaz_buf_free(&path);
    return status;
}
