// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/message.h"
#include "shim/unicode.h"

enum { HELP_COLUMN = 30 };

// The option that NAME (LEN bytes) is, or is the only beginning of; COUNT when there is none, COUNT + 1 when
// there are several.
static size_t find_option(const struct gaz_cli_option *table, size_t count, const char *name, size_t len) {
    size_t found = count;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(table[i].name, name, len) != 0)
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

// Splits --name[=argument] and fetches an argument that is a word of its own.
static enum gaz_status read_option(struct parser *parser, size_t *option, const char **argument) {
    const char *word = parser->argv[parser->at] + 2, *equals = strchr(word, '=');
    size_t len = equals ? (size_t)(equals - word) : strlen(word);
    *option = find_option(parser->table, parser->count, word, len);
    *argument = equals ? equals + 1 : NULL;
    if (*option >= parser->count)
        return gaz_err_set(parser->err, GAZ_ERR_ARGUMENT,
                           *option == parser->count ? "unknown option --%.*s: see --help"
                                                    : _("option --%.*s is ambiguous: write it out"),
                           (int)len, word);
    const char *wants = parser->table[*option].argument;
    if (!wants && equals)
        return gaz_err_set(parser->err, GAZ_ERR_ARGUMENT, "option --%s takes no argument",
                           parser->table[*option].name);
    if (!wants || equals || wants[0] == '[')
        return GAZ_OK;
    if (parser->at + 1 >= parser->argc)
        return gaz_err_set(parser->err, GAZ_ERR_ARGUMENT, "option --%s needs %s: see --help",
                           parser->table[*option].name, wants);
    *argument = parser->argv[++parser->at];
    return GAZ_OK;
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
        if (word[1] != '-')
            return gaz_err_set(err, GAZ_ERR_ARGUMENT, "unknown option %s: see --help", word);
        enum gaz_status status = read_option(&parser, &option, &argument);
        if (status == GAZ_OK)
            status = take(context, option, argument, err);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

static size_t columns(const char *text) {
    size_t width = 0, len = strlen(text);
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += gaz_utf8_decode(text + at, len - at, &code);
        width += (size_t)gaz_unicode_width(code);
    }
    return width;
}

void gaz_cli_help(FILE *to, const struct gaz_cli_option *table, size_t count) {
    const char *group = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct gaz_cli_option *option = &table[i];
        char name[128];
        if (!group || strcmp(group, option->group) != 0)
            fprintf(to, "\n%s\n", _(option->group));
        group = option->group;
        snprintf(name, sizeof name, "--%s%s%s", option->name,
                 option->argument && option->argument[0] != '[' ? " " : "",
                 option->argument ? option->argument : "");
        size_t width = columns(name);
        fprintf(to, "  %s%*s%s\n", name, (int)(width < HELP_COLUMN - 2 ? HELP_COLUMN - width : 2), "",
                _(option->help));
    }
}

enum gaz_status gaz_cli_number(const char *option, const char *text, unsigned long min, unsigned long max,
                               unsigned long *value, struct gaz_err *err) {
    char *end;
    errno = 0;
    *value = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || text[0] < '0' || text[0] > '9' || *value < min || *value > max)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "--%s %s: give a number from %lu to %lu", option, text, min,
                           max);
    return GAZ_OK;
}
