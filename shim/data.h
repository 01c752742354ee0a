// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the data files are that come with the programs (authority.tsv and others).
#ifndef GAZ_SHIM_DATA_H
#define GAZ_SHIM_DATA_H

#include "shim/mem.h"
#include "shim/status.h"

// Appends to PATH the path of the data file NAME: in $GAZETTE_DATA when that is set, else in the data folder
// that belongs to the running program (../share/gazette from where it is, in an installed tree and in a build
// tree alike), else, in a program of somebody else's, in the installed one. GAZ_ERR_NOT_FOUND when there is
// no such file, GAZ_ERR_IO, GAZ_ERR_MEMORY.
enum gaz_status gaz_data_path(const char *name, struct gaz_buf *path, struct gaz_err *err);

// Appends to PATH the path that is RELATIVE to the folder of the running program, whether it exists or not.
// GAZ_ERR_IO, GAZ_ERR_MEMORY.
enum gaz_status gaz_data_beside_program(const char *relative, struct gaz_buf *path, struct gaz_err *err);

#endif
