// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::scene::products {

/// True for JSON text with more than `most` objects and lists within each other, which would exhaust the
/// stack of a recursive reader.
bool nestedTooDeeply(const std::string& json, int most);

} // namespace nunatak::scene::products
