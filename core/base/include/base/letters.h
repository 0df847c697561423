// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nunatak {

/// A to Z made small. All else stays as it is, also letters of UTF-8, whatever the locale.
std::string lowerCase(std::string_view text);
/// Whether two texts are the same but for capitals from A to Z.
bool isSameInAnyCase(std::string_view a, std::string_view b);

} // namespace nunatak
