// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// The words in which dates are written.
namespace nunatak {

/// In small letters: Latin ones with their accents, and Cyrillic ones.
std::string inSmallLetters(std::string_view text);

/// 1 to 12 for the name of a month, or its usual abbreviation, in one of the languages that inventories are
/// kept in; else 0.
int monthNamed(std::string_view word);

/// The date without what only joins its words or stands behind its numbers: 20 de agosto de 2020, 20 августа
/// 2020 г., 2020年8月20日 (as 2020-8-20).
std::string plainNotation(std::string_view text);

} // namespace nunatak
