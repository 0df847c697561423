// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nunatak {

/// What is wrong with a text in which a parser of JSON stopped at a byte (counted from 1), to follow "it": as
/// "says NaN for "scale", and JSON has no such number; write a number". Names the key before that place.
std::string jsonTrouble(std::string_view text, std::size_t byte);

} // namespace nunatak
