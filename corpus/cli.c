// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/text.h"
#include "shim/message.h"
#include "shim/terminal.h"
#include "shim/unicode.h"

enum {
    HELP_COLUMN = 32,
    SHORT_WIDTH = 80, // of the short help
    NAME_ROOM = 128   // bytes of an option with its argument
};

static bool is_short(const struct gaz_cli_option *option) {
    return option->name[1] == '\0';
}

// The option of one letter that NAME is; COUNT when there is none.
static size_t find_short(const struct gaz_cli_option *table, size_t count, const char *name) {
    size_t i = 0;
    while (i < count && !(is_short(&table[i]) && strcmp(table[i].name, name) == 0))
        i++;
    return i;
}

// The option that NAME (LEN bytes) is, or is the only beginning of; COUNT when there is none, COUNT + 1 when
// there are several.
static size_t find_option(const struct gaz_cli_option *table, size_t count, const char *name, size_t len) {
    size_t found = count;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(table[i].name, name, len) != 0 || is_short(&table[i]))
            continue;
        if (table[i].name[len] == '\0')
            return i;
        found = found == count ? i : count + 1;
    }
    return found;
}

// What the parser knows between two arguments.
struct parser {
    int argc, at;
    char **argv;
    const struct gaz_cli_option *table;
    size_t count;
    struct gaz_err *err;
};

// Fetches the argument of OPTION when that is a word of its own; *ARGUMENT is what stands behind =, or NULL.
static enum gaz_status read_argument(struct parser *parser, const struct gaz_cli_option *option,
                                     const char **argument) {
    const char *dashes = is_short(option) ? "-" : "--";
    if (!option->argument && *argument)
        return gaz_err_set(parser->err, GAZ_ERR_ARGUMENT, "option %s%s takes no argument", dashes,
                           option->name);
    if (!option->argument || *argument || option->argument[0] == '[')
        return GAZ_OK;
    if (parser->at + 1 >= parser->argc)
        return gaz_err_set(parser->err, GAZ_ERR_ARGUMENT, "option %s%s needs %s: see --help", dashes,
                           option->name, option->argument);
    *argument = parser->argv[++parser->at];
    return GAZ_OK;
}

// Tells which option --name[=argument] or -n is.
static enum gaz_status read_option(struct parser *parser, size_t *option, const char **argument) {
    const char *word = parser->argv[parser->at];
    *argument = NULL;
    if (word[1] != '-') {
        *option = find_short(parser->table, parser->count, word + 1);
        return *option < parser->count ? read_argument(parser, &parser->table[*option], argument)
                                       : gaz_err_set(parser->err, GAZ_ERR_ARGUMENT,
                                                     "unknown option %s: see --help", gaz_quote(word).text);
    }
    const char *equals = strchr(word, '=');
    size_t len = equals ? (size_t)(equals - word) : strlen(word);
    *option = find_option(parser->table, parser->count, word + 2, len - 2);
    if (*option >= parser->count)
        return gaz_err_set(parser->err, GAZ_ERR_ARGUMENT,
                           *option == parser->count ? _("unknown option %.*s: see --help")
                                                    : _("option %.*s is ambiguous: write it out"),
                           (int)len, word);
    *argument = equals ? equals + 1 : NULL;
    return read_argument(parser, &parser->table[*option], argument);
}

enum gaz_status gaz_cli_parse(int argc, char **argv, const struct gaz_cli_option *table, size_t count,
                              gaz_cli_take *take, void *context, const char **operands, size_t *operand_count,
                              struct gaz_err *err) {
    struct parser parser = {argc, 1, argv, table, count, err};
    bool options = true;
    *operand_count = 0;
    for (; parser.at < argc; parser.at++) {
        const char *word = argv[parser.at], *argument;
        size_t option;
        if (options && strcmp(word, "--") == 0) {
            options = false;
            continue;
        }
        if (!options || word[0] != '-' || word[1] == '\0' || (unsigned char)word[1] >= 0x80) {
            operands[(*operand_count)++] = word;
            continue;
        }
        enum gaz_status status = read_option(&parser, &option, &argument);
        if (status == GAZ_OK)
            status = take(context, option, argument, err);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

// --- help ---

// Where the piece of TEXT that begins at START ends: blanks, and then a word or one wide character, with the
// punctuation that may not begin a line.
static size_t piece_end(const char *text, size_t len, size_t start) {
    size_t at = start + strspn(text + start, " "), begin = at;
    bool wide = false;
    while (at < len && text[at] != ' ') {
        uint32_t code;
        size_t step = gaz_utf8_decode(text + at, len - at, &code);
        bool is_wide = gaz_unicode_width(code) > 1;
        if (at > begin && (wide || is_wide) && !gaz_text_never_first(code))
            break;
        wide = wide || is_wide;
        at += step;
    }
    return at;
}

// A line under construction, which is broken before WIDTH columns (0: never) and goes on at INDENT.
struct line {
    FILE *to;
    size_t width, indent, column;
};

static void put_piece(struct line *line, const char *piece, size_t len) {
    size_t blanks = strspn(piece, " "), wide = gaz_text_columns((struct gaz_str){piece, len});
    if (line->width > line->indent && line->column > line->indent && line->column + wide > line->width) {
        fprintf(line->to, "\n%*s", (int)line->indent, "");
        line->column = line->indent;
        piece += blanks;
        len -= blanks;
        wide -= blanks;
    }
    fwrite(piece, 1, len, line->to);
    line->column += wide;
}

static void put_text(struct line *line, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t end = piece_end(text, len, at);
        put_piece(line, text + at, end - at);
        at = end;
    }
}

void gaz_cli_print(FILE *to, const char *text) {
    struct line line = {to, gaz_terminal_width(to), 0, 0};
    while (*text) {
        size_t len = strcspn(text, "\n");
        put_text(&line, text, len);
        text += len;
        if (*text) {
            putc(*text++, to);
            line.column = 0;
        }
    }
}

// Puts an option with its argument into NAME.
static void print_name(const struct gaz_cli_option *option, char *name, size_t size) {
    snprintf(name, size, "%s%s%s%s", is_short(option) ? "-" : "--", option->name,
             option->argument && option->argument[0] != '[' ? " " : "",
             option->argument ? option->argument : "");
}

void gaz_cli_help(FILE *to, const struct gaz_cli_option *table, size_t count) {
    const char *group = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct gaz_cli_option *option = &table[i];
        struct line line = {to, gaz_terminal_width(to), HELP_COLUMN, HELP_COLUMN};
        char name[NAME_ROOM];
        if (!group || strcmp(group, option->group) != 0)
            fprintf(to, "\n%s\n", _(option->group));
        group = option->group;
        print_name(option, name, sizeof name);
        size_t width = 2 + gaz_text_columns(gaz_str_of(name));
        fprintf(to, "  %s%*s", name, width + 2 <= HELP_COLUMN ? (int)(HELP_COLUMN - width) : 2, "");
        line.column = width + 2 <= HELP_COLUMN ? HELP_COLUMN : width + 2;
        const char *help = _(option->help);
        put_text(&line, help, strlen(help));
        putc('\n', to);
    }
}

void gaz_cli_help_short(FILE *to, const struct gaz_cli_option *table, size_t count) {
    struct line line = {to, SHORT_WIDTH, 2, 0};
    for (size_t i = 0; i < count; i++) {
        char name[NAME_ROOM] = "  ";
        if (i == 0 || strcmp(table[i - 1].group, table[i].group) != 0) {
            fprintf(to, "%s%s\n", i > 0 ? "\n" : "", _(table[i].group));
            line.column = 0;
        }
        print_name(&table[i], name + 2, sizeof name - 2);
        put_piece(&line, name, strlen(name));
    }
    putc('\n', to);
}

enum gaz_status gaz_cli_number(const char *option, const char *text, unsigned long min, unsigned long max,
                               unsigned long *value, struct gaz_err *err) {
    char *end;
    errno = 0;
    *value = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || text[0] < '0' || text[0] > '9' || *value < min || *value > max)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s %s: give a number from %lu to %lu", option,
                           gaz_quote(text).text, min, max);
    return GAZ_OK;
}
