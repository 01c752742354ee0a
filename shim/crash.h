// SPDX-License-Identifier: GPL-2.0-or-later
//
// The last word of a program that reads damaged data. Xapian trusts the files of an index: one that was
// changed from outside can lead it to memory that there is not. Then the program still says what is wrong and
// ends as after any other error.
#ifndef GAZ_SHIM_CRASH_H
#define GAZ_SHIM_CRASH_H

// From now on, a fault of memory or arithmetic and an abort print "PROGRAM: " and what may be the cause, and
// end the program with exit status 2. For the beginning of main, after gaz_message_init. Does nothing where
// core files are wanted (ulimit -c) and under a sanitizer, which has more to say.
void gaz_crash_init(const char *program);

#endif
