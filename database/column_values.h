// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"

#include <SQLiteCpp/SQLiteCpp.h>

// What a column holds, whoever wrote it.
namespace nunatak::database {

Bytes bytesOf(const SQLite::Column& column);
Value valueOf(const SQLite::Column& column);
/// NaN for a text that is no number, rather than 0.
double numberOf(const SQLite::Column& column);
/// Whatever says neither no nor nothing is a yes: what somebody changed is not replaced.
bool isYes(const SQLite::Column& column);

} // namespace nunatak::database
