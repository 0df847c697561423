// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

// The one rule for dates: how people, inventories and products write them, and what is kept of it, ISO 8601.
namespace nunatak {

/// What stands first where a date is written as 08/07/2020.
enum class DateOrder { Unsaid, DayFirst, MonthFirst };

/// What a text says of a date.
struct DateReading {
    enum class Kind {
        Date,      ///< plain, and `date` says all of it
        Unknown,   ///< says that it is not known: nothing, -9999999, NULL
        Ambiguous, ///< 08/07/2020: July or August? `date` is the year
        NoDate,    ///< anything else; `date` is the year where one is plain, as in 2001-02-30
    };
    Kind kind = Kind::Unknown;
    std::string date; ///< 2020-08-20, 2020-08 or 2020; empty where none is known
    bool operator==(const DateReading&) const = default;
};

/// Reads what cannot be mistaken: ISO 8601 with or without a time of day (a day of UTC, where the time has an
/// offset), 20200820, 2020/8/20, 2020-233 (day of the year), 20.08.2020, 20/08/2020, 08/20/2020, 20 Aug 2020,
/// August 2020; and RGI's 99 or 00 for an unknown month or day. With dots the day comes first, as wherever
/// dates are written with dots; with / or - `order` decides where the numbers do not.
DateReading readDate(std::string_view text, DateOrder order = DateOrder::Unsaid);

/// What dates of one source, such as a column of a table, have first: told by those with a number beyond 12.
/// Unsaid where none tells, or they contradict each other.
DateOrder dateOrderOf(const std::vector<std::string>& texts);

/// 2000, 2000-10 or 2000-10-30, and a day that exists.
bool isIsoDate(std::string_view text);

/// A date (ISO 8601, or its year or month alone) later than tomorrow, by UTC: no picture is of then.
bool liesAhead(std::string_view isoDate);

/// A date that somebody gives, in ISO 8601; empty where nothing is given. Throws Error, a sentence with the
/// text and how to write it, where it is ambiguous or no date.
std::string isoDateFrom(std::string_view text);

} // namespace nunatak
