// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/dates.h"

#include <cctype>

namespace nunatak::exchange {

namespace {

/// `count` digits at `position` as a number, −1 when there are fewer.
int digitsAt(const std::string& text, std::size_t position, int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
        const std::size_t at = position + static_cast<std::size_t>(i);
        if (at >= text.size() || std::isdigit(static_cast<unsigned char>(text[at])) == 0) {
            return -1;
        }
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool isLeap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int daysIn(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeap(year) ? 29 : days[month - 1];
}

} // namespace

std::string isoDate(const std::string& text) {
    const auto start = text.find_first_not_of(" \t");
    if (start == std::string::npos) {
        return {};
    }
    const int year = digitsAt(text, start, 4);
    if (year < 1000 || year == 9999) {
        return {};
    }
    std::size_t position = start + 4;
    const auto skipSeparator = [&] {
        if (position < text.size() && (text[position] == '-' || text[position] == '/')) {
            ++position;
        }
    };
    std::string date = text.substr(start, 4);
    skipSeparator();
    const int month = digitsAt(text, position, 2);
    if (month < 1 || month > 12) {
        return date;
    }
    date += "-" + text.substr(position, 2);
    position += 2;
    skipSeparator();
    const int day = digitsAt(text, position, 2);
    if (day < 1 || day > daysIn(year, month)) {
        return date;
    }
    return date + "-" + text.substr(position, 2);
}

} // namespace nunatak::exchange
