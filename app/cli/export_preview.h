// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_options.h"

namespace nunatak::cli {

/// Prints what would be written, a line for each column, or all of it as JSON.
void print(const exchange::ExportPreview& preview, bool asJson);

} // namespace nunatak::cli
