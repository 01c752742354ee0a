# SPDX-License-Identifier: GPL-2.0-or-later
"""Issues with known truth: a clean structure goes in, a damaged gazette text and its true records come out."""
