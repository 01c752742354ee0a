// SPDX-License-Identifier: GPL-2.0-or-later
//
// The archive as tools for assistants: a server of the Model Context Protocol over a pair of streams, one
// JSON-RPC 2.0 message a line (https://modelcontextprotocol.io/specification). It speaks revision 2026-07-28,
// in which every request says its version, and with clients that begin with `initialize` the revisions from
// 2024-11-05 to 2025-11-25.
#ifndef GAZ_SEARCHER_MCP_H
#define GAZ_SEARCHER_MCP_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "shim/mem.h"

enum {
    GAZ_MCP_LINE_MAX = 1 << 20, // longest message in bytes
    GAZ_MCP_BATCH_MAX = 100,    // most messages of a batch
    GAZ_MCP_HITS_MAX = 100      // most hits of an answer; it says how many there are
};

struct gaz_mcp {
    const char *const *indexes; // opened anew for each question, which so sees what has been added meanwhile
    size_t index_count;
    const char *version; // agreed on with `initialize`; NULL before. Its own business
};

// Appends the answer to the message LINE (without a line end) and a line end to OUT; nothing to what wants no
// answer. What is wrong with a message is answered, too. GAZ_ERR_MEMORY.
enum gaz_status gaz_mcp_answer(struct gaz_mcp *mcp, const char *line, size_t len, struct gaz_buf *out,
                               struct gaz_err *err);

// Answers all messages of FROM until it ends. GAZ_ERR_IO; then errno is that of writing, else 0.
// GAZ_ERR_MEMORY.
enum gaz_status gaz_mcp_serve(struct gaz_mcp *mcp, FILE *from, FILE *to, struct gaz_err *err);

// --- the tools (mcp_tools.c) ---

// Their descriptions, as tools/list has them, with the schema of results where WITH_OUTPUT. The caller drops
// it. NULL when memory is out.
json_t *gaz_mcp_tools(bool with_output);

// Whether there is a tool with this name.
bool gaz_mcp_has_tool(const char *name);

// Calls the tool NAME with ARGUMENTS (an object, or NULL) and appends its answer to OUT as --format json
// prints it, Errors are for the one that asked: GAZ_ERR_ARGUMENT, the statuses of
// gaz_archive_open and gaz_search.
enum gaz_status gaz_mcp_call(const struct gaz_mcp *mcp, const char *name, json_t *arguments,
                             struct gaz_buf *out, struct gaz_err *err);

#endif
