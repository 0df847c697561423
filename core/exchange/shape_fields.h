// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::exchange {

/// True for fields that describe a shape (area, perimeter, heights, length, slope, point within), by their
/// usual names in inventories, with or without a unit: what they say is wrong once the shape is another.
bool describesTheShape(const std::string& fieldName);

} // namespace nunatak::exchange
