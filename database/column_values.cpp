// SPDX-License-Identifier: GPL-3.0-or-later
#include "column_values.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace nunatak::database {

Bytes bytesOf(const SQLite::Column& column) {
    const auto* first = static_cast<const std::uint8_t*>(column.getBlob());
    return first == nullptr ? Bytes{} : Bytes(first, first + column.getBytes());
}

Value valueOf(const SQLite::Column& column) {
    if (column.isInteger()) {
        return column.getInt64();
    }
    if (column.isFloat()) {
        return column.getDouble();
    }
    if (column.isText()) {
        return column.getString();
    }
    return {};
}

double numberOf(const SQLite::Column& column) {
    if (!column.isText()) {
        return column.isBlob() ? std::numeric_limits<double>::quiet_NaN() : column.getDouble();
    }
    const std::string text = column.getString();
    double number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = trouble == std::errc() && end == text.data() + text.size();
    return isNumber ? number : std::numeric_limits<double>::quiet_NaN();
}

bool isYes(const SQLite::Column& column) {
    if (!column.isText()) {
        return column.getInt() != 0;
    }
    std::string text = column.getString();
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return !text.empty() && text != "0" && text != "no" && text != "n" && text != "false" && text != "f";
}

} // namespace nunatak::database
