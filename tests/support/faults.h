// SPDX-License-Identifier: GPL-2.0-or-later
//
// Failing allocations one after another: what the fault tests share.
#ifndef GAZ_TESTS_SUPPORT_FAULTS_H
#define GAZ_TESTS_SUPPORT_FAULTS_H

#include <stddef.h>

// From now on the allocation that ALLOWED others precede fails, and every one after it.
void faults_begin(size_t allowed);
// How many allocations lie between two that a long test fails: 7, a sample; 1 (each) when FAULTS_ALL is set.
size_t faults_stride(void);
// Allocations since faults_begin, failed ones included; no allocation fails from now on.
size_t faults_end(void);

#endif
