// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak {

/// True when the bytes are UTF-8 (RFC 3629) without a zero among them.
bool isUtf8(const std::string& text);

/// The text with what is no UTF-8 replaced by U+FFFD.
std::string asUtf8(const std::string& text);

} // namespace nunatak
