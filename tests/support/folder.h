// SPDX-License-Identifier: GPL-2.0-or-later
//
// The folder that a test works in.
#ifndef GAZ_TESTS_SUPPORT_FOLDER_H
#define GAZ_TESTS_SUPPORT_FOLDER_H

// Removes the folder PATH with all that is in it; 0 when it is gone.
int folder_remove(const char *path);

#endif
