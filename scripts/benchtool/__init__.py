# SPDX-License-Identifier: GPL-2.0-or-later
"""Speed and size of this search and of others: how they are measured, on what, and how each engine is driven."""
