// SPDX-License-Identifier: GPL-2.0-or-later
//
// Addresses: each names one record of its issue, so that it leads back to that record. Those given so far are
// kept in a table of hashes (FNV-1a, Fowler, Noll and Vo) with how often they were asked for.
#include <stdint.h>
#include <string.h>

#include "indexer/units_parts.h"

struct units_address {
    const char *address; // NULL: free
    size_t count;
};

static uint64_t hash_of(const char *text) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

// The entry of ADDRESS in a table with SIZE entries (a power of two), a free one when it has none.
static struct units_address *find(struct units_address *table, size_t size, const char *address) {
    size_t at = (size_t)hash_of(address) & (size - 1);
    while (table[at].address && strcmp(table[at].address, address) != 0)
        at = (at + 1) & (size - 1);
    return &table[at];
}

static bool make_room(struct units *units) {
    enum { FIRST_ROOM = 256 };
    size_t room = units->address_room ? 2 * units->address_room : FIRST_ROOM;
    if (2 * (units->address_count + 1) <= units->address_room)
        return true;
    struct units_address *table = gaz_arena_alloc(units->issue->arena, room * sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < units->address_room; i++)
        if (units->addresses[i].address)
            *find(table, room, units->addresses[i].address) = units->addresses[i];
    units->addresses = table;
    units->address_room = room;
    return true;
}

size_t units_count_address(struct units *units, const char *address) {
    if (units->failed || !address || !make_room(units)) {
        units->failed = true;
        return 0;
    }
    struct units_address *entry = find(units->addresses, units->address_room, address);
    units->address_count += entry->address == NULL;
    entry->address = address;
    return ++entry->count;
}

const char *units_name(struct units *units, const char *address) {
    const char *name = address;
    size_t count = units_count_address(units, address);
    while (count > 1 && !units->failed) { // a name that is made must be new, too
        name = units_format(units, "%s 其%zu", address, count);
        if (units_count_address(units, name) == 1)
            break;
        count = units_count_address(units, address);
    }
    return units->failed ? NULL : name;
}
