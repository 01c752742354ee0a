// SPDX-License-Identifier: GPL-2.0-or-later
//
// gaz_search INDEX QUERY: the whole of a program that searches. cc gaz_search.c $(pkg-config --cflags --libs
// gazette)
#include <gazette.h>
#include <stdio.h>

int main(int argc, char **argv) {
    struct gazette *archive = NULL;
    struct gazette_error error = {""};
    char *answer = NULL;
    const char *const indexes[] = {argc > 1 ? argv[1] : "gazette.idx"};
    const char *const options[] = {"query", argc > 2 ? argv[2] : NULL, "limit", "3", "format", "text", NULL};
    enum gazette_status status = gazette_open(indexes, 1, &archive, &error);
    if (status == GAZETTE_FOUND)
        status = gazette_search(archive, options, &answer, &error);
    fputs(answer ? answer : error.message, answer ? stdout : stderr);
    gazette_free(answer);
    gazette_close(archive);
    return (int)status;
}
