// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nunatak {

/// A text as a terminal may show it: control characters (which may move the cursor, change colours or set a
/// title) become signs for them, bytes that are no UTF-8 the replacement character. Line breaks and tabs
/// stay.
std::string printable(std::string_view text);

/// A name for one line of output: line breaks and tabs are shown by signs too.
std::string printableName(std::string_view name);

} // namespace nunatak
