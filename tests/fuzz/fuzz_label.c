// SPDX-License-Identifier: GPL-2.0-or-later
//
// Labels of headings.
#include "corpus/label.h"
#include "tests/support/property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct gaz_str text = {(const char *)data, size};
    struct gaz_label label, again;
    if (!gaz_label_read(text, &label))
        return 0;
    require(label.len > 0 && label.len <= text.len && is_boundary(text, label.len),
            "a label lies inside its text");
    require(lies_inside(label.name_at, label.name_len, label.len) && label.name_len > 0,
            "a name lies inside its label");
    require(is_boundary(text, label.name_at) && is_boundary(text, label.name_at + label.name_len),
            "a name is whole characters");
    require(label.rank > GAZ_LABEL_NONE && label.rank < GAZ_LABEL_RANKS, "a label has a rank");
    if (label.rank == GAZ_LABEL_HAN || label.rank == GAZ_LABEL_ARABIC || label.rank == GAZ_LABEL_SPOKEN)
        return 0; // what follows decides whether 1. begins 1.5
    require(gaz_label_read((struct gaz_str){text.data, label.len}, &again) && again.rank == label.rank &&
                again.number == label.number && again.len == label.len,
            "a label alone is the same label");
    return 0;
}
