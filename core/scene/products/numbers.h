// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nunatak::scene::products {

/// The whole text as a finite number in the C notation, whatever the locale; none when it is something else.
std::optional<double> numberIn(std::string_view text);
/// "abc" without the spaces and line breaks around it.
std::string trimmed(std::string_view text);
/// "2021-01-05" where the text begins with such a date, dashed or not; empty otherwise.
std::string dayIn(std::string_view text);
/// "10:05:32" where the text begins with such a time of day; empty otherwise.
std::string timeIn(std::string_view text);

} // namespace nunatak::scene::products
