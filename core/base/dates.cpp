// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/dates.h"

#include "base/error.h"
#include "date_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

namespace nunatak {

namespace {

using Kind = DateReading::Kind;

bool isDigit(char letter) {
    return letter >= '0' && letter <= '9';
}
/// Bytes of UTF-8's longer signs count as letters: août, März, августа.
bool isLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// A run of digits, or of letters, and what stands between it and the next one.
struct Word {
    std::string_view text;
    std::string_view between;
    bool isNumber() const { return isDigit(text.front()); }
    int number() const {
        int value = -1;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }
};

/// None where there are more words than a date has.
std::optional<std::vector<Word>> wordsOf(std::string_view text) {
    constexpr std::size_t most = 3;
    std::vector<Word> words;
    for (std::size_t i = 0; i < text.size();) {
        const auto same = isDigit(text[i]) ? isDigit : isLetter;
        if (!same(text[i]) || words.size() == most) {
            return std::nullopt;
        }
        std::size_t end = i;
        while (end < text.size() && same(text[end])) {
            ++end;
        }
        std::size_t next = end;
        while (next < text.size() && !isDigit(text[next]) && !isLetter(text[next])) {
            ++next;
        }
        words.push_back({text.substr(i, end - i), text.substr(end, next - end)});
        i = next;
    }
    return words;
}

bool isYear(int number) {
    return number >= 1000 && number <= 2999;
}

bool exists(int year, int month, int day) {
    // A day of chrono is a byte: 9999 would be the 15th.
    return day <= 31 && std::chrono::year_month_day(std::chrono::year(year),
                                                    std::chrono::month(static_cast<unsigned>(month)),
                                                    std::chrono::day(static_cast<unsigned>(day)))
                            .ok();
}

std::string written(int year, int month = 0, int day = 0) {
    std::array<char, 40> text{};
    const int length = day > 0 ? std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day)
                       : month > 0 ? std::snprintf(text.data(), text.size(), "%04d-%02d", year, month)
                                   : std::snprintf(text.data(), text.size(), "%04d", year);
    return {text.data(), static_cast<std::size_t>(length)};
}

/// RGI writes 99 or 00 for what is unknown.
bool isUnknown(int part) {
    return part == 0 || part == 99;
}

DateReading reading(int year, int month, int day) {
    if (!isYear(year)) {
        return {Kind::NoDate, {}};
    }
    if (isUnknown(month)) {
        return {isUnknown(day) ? Kind::Date : Kind::NoDate, written(year)};
    }
    if (month < 0 || month > 12) {
        return {Kind::NoDate, written(year)};
    }
    if (isUnknown(day)) {
        return {Kind::Date, written(year, month)};
    }
    return day > 0 && exists(year, month, day) ? DateReading{Kind::Date, written(year, month, day)}
                                               : DateReading{Kind::NoDate, written(year, month)};
}

DateReading dayOfYear(int year, int number) {
    using namespace std::chrono;
    const sys_days day = sys_days(std::chrono::year(year) / January / 1) + days(number - 1);
    const year_month_day found(day);
    return isYear(year) && number >= 1 && int(found.year()) == year
               ? reading(year, static_cast<int>(unsigned(found.month())),
                         static_cast<int>(unsigned(found.day())))
               : DateReading{Kind::NoDate, isYear(year) ? written(year) : std::string()};
}

/// 20/08/2020 or 08/20/2020.
DateReading yearLast(int first, int second, int year, DateOrder order) {
    constexpr int months = 12;
    const bool undecided =
        first >= 1 && first <= months && second >= 1 && second <= months && first != second;
    if (undecided && order == DateOrder::Unsaid) {
        return {Kind::Ambiguous, isYear(year) ? written(year) : std::string()};
    }
    const bool monthFirst = undecided ? order == DateOrder::MonthFirst : second > months && first <= months;
    return monthFirst ? reading(year, first, second) : reading(year, second, first);
}

/// 2020, 2020233, 20200820, 20082020; not 200308, which is August 2003 or the 8th of March 2020.
DateReading compact(std::string_view digits, DateOrder order) {
    const auto part = [&](std::size_t at, std::size_t length) {
        return Word{digits.substr(at, length), {}}.number();
    };
    switch (digits.size()) {
    case 4:
        return reading(part(0, 4), 0, 0);
    case 7:
        return dayOfYear(part(0, 4), part(4, 3));
    case 8: {
        const DateReading yearFirst = reading(part(0, 4), part(4, 2), part(6, 2));
        if (yearFirst.kind == Kind::Date) {
            return yearFirst;
        }
        // 13082003: what is no day of the year 1308 is one of 2003.
        const DateReading found = yearLast(part(0, 2), part(2, 2), part(4, 4), order);
        return found.kind == Kind::NoDate ? yearFirst : found;
    }
    default:
        return {Kind::NoDate, {}};
    }
}

bool isOneSeparator(std::string_view between) {
    return between == "-" || between == "/" || between == ".";
}

/// 20 August 2020, août 2020, 20. August 2020.
DateReading withMonthName(const std::vector<Word>& words) {
    constexpr std::string_view joints = " -/.,";
    for (const Word& word : words) {
        if (word.between.find_first_not_of(joints) != std::string_view::npos) {
            return {Kind::NoDate, {}};
        }
    }
    std::vector<int> numbers;
    int month = 0;
    for (const Word& word : words) {
        if (word.isNumber()) {
            numbers.push_back(word.number());
        } else if (month == 0) {
            month = monthNamed(word.text);
        }
    }
    if (month == 0 || numbers.empty() || numbers.size() + 1 != words.size()) {
        return {Kind::NoDate, {}};
    }
    if (numbers.size() == 1) {
        return reading(numbers.front(), month, 0);
    }
    const bool yearFirst = isYear(numbers.front());
    const int day = numbers[yearFirst ? 1 : 0];
    return day < 1 ? DateReading{Kind::NoDate, {}} : reading(numbers[yearFirst ? 0 : 1], month, day);
}

DateReading calendarDate(std::string_view written, DateOrder order) {
    const std::string text = plainNotation(written);
    const auto split = wordsOf(text);
    if (!split || split->empty() || !split->back().between.empty()) {
        return {Kind::NoDate, {}};
    }
    const std::vector<Word>& words = *split;
    if (!std::all_of(words.begin(), words.end(), [](const Word& word) { return word.isNumber(); })) {
        return withMonthName(words);
    }
    if (words.size() == 1) {
        return compact(words.front().text, order);
    }
    const std::string_view between = words.front().between;
    if (!isOneSeparator(between) || (words.size() == 3 && words[1].between != between)) {
        return {Kind::NoDate, {}};
    }
    const auto digits = [&](std::size_t i) { return words[i].text.size(); };
    if (digits(0) == 4) {
        if (words.size() == 2 && digits(1) == 3 && between == "-") {
            return dayOfYear(words[0].number(), words[1].number());
        }
        if (digits(1) > 2 || (words.size() == 3 && digits(2) > 2)) {
            return {Kind::NoDate, {}}; // 2003-2005
        }
        if (words.size() == 2 && between == ".") {
            return {Kind::NoDate, reading(words[0].number(), 0, 0).date}; // 2003.5 is no month of May
        }
        return reading(words[0].number(), words[1].number(), words.size() == 3 ? words[2].number() : 0);
    }
    if (digits(0) > 2 || words.back().text.size() != 4) {
        return {Kind::NoDate, {}}; // 20.08.20: which of them is the year?
    }
    if (words.size() == 2) {
        return reading(words[1].number(), words[0].number(), 0);
    }
    if (digits(1) > 2) {
        return {Kind::NoDate, {}};
    }
    return yearLast(words[0].number(), words[1].number(), words[2].number(),
                    between == "." ? DateOrder::DayFirst : order);
}

/// A time of day behind a date; minutes from UTC, where it says so.
struct TimeOfDay {
    int minutes = 0;
    std::optional<int> offset;
};

/// 10:20, 10:20:30.5, 102030, then nothing, Z, UTC, +02, +02:00 or -0500. None when it is no time.
std::optional<TimeOfDay> timeIn(std::string_view text) {
    const auto twoDigits = [&](std::size_t& at) {
        if (at + 1 >= text.size() || !isDigit(text[at]) || !isDigit(text[at + 1])) {
            return -1;
        }
        at += 2;
        return (text[at - 2] - '0') * 10 + (text[at - 1] - '0');
    };
    std::size_t at = 0;
    TimeOfDay time;
    const int hours = twoDigits(at);
    if (hours < 0 || hours > 24) {
        return std::nullopt;
    }
    for (int part = 0; part < 2; ++part) {
        const bool colon = at < text.size() && text[at] == ':';
        if (!colon && (at >= text.size() || !isDigit(text[at]))) {
            break;
        }
        at += colon ? 1 : 0;
        const int value = twoDigits(at);
        if (value < 0 || value > 60) {
            return std::nullopt;
        }
        time.minutes += part == 0 ? value : 0;
    }
    time.minutes += 60 * hours;
    if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
        ++at;
        while (at < text.size() && isDigit(text[at])) {
            ++at;
        }
    }
    while (at < text.size() && text[at] == ' ') {
        ++at;
    }
    const std::string zone = inSmallLetters(text.substr(at));
    if (zone == "z" || zone == "utc" || zone == "gmt") {
        time.offset = 0;
        return time;
    }
    if (zone.empty()) {
        return time;
    }
    if (zone.front() != '+' && zone.front() != '-') {
        return std::nullopt;
    }
    const int sign = zone.front() == '-' ? -1 : 1;
    ++at;
    const int offsetHours = twoDigits(at);
    at += at < text.size() && text[at] == ':' ? 1 : 0;
    const int offsetMinutes = at < text.size() ? twoDigits(at) : 0;
    if (offsetHours < 0 || offsetHours > 14 || offsetMinutes < 0 || offsetMinutes > 59 || at != text.size()) {
        return std::nullopt;
    }
    time.offset = sign * (60 * offsetHours + offsetMinutes);
    return time;
}

/// The day of UTC in which a local time of day lies.
std::string inUtc(const std::string& date, const TimeOfDay& time) {
    const int minutes = time.minutes - time.offset.value_or(0);
    constexpr int day = 24 * 60;
    if (!time.offset || date.size() != 10 || (minutes >= 0 && minutes < day)) {
        return date;
    }
    using namespace std::chrono;
    const auto part = [&](std::size_t at, std::size_t length) {
        return Word{std::string_view(date).substr(at, length), {}}.number();
    };
    const sys_days moved =
        sys_days(std::chrono::year(part(0, 4)) / part(5, 2) / part(8, 2)) + days(minutes < 0 ? -1 : 1);
    const year_month_day found(moved);
    return written(int(found.year()), static_cast<int>(unsigned(found.month())),
                   static_cast<int>(unsigned(found.day())));
}

bool saysUnknown(std::string_view text) {
    const std::string word = inSmallLetters(text);
    const bool nines =
        word.size() > 2 && word.front() == '-' && word.find_first_not_of('9', 1) == std::string::npos;
    const bool zeros = !word.empty() && word.find_first_not_of("0-/") == std::string::npos;
    constexpr std::array<std::string_view, 8> words{"null",    "none", "nan", "nat",
                                                    "unknown", "n/a",  "na",  "99999999"};
    return word.empty() || nines || zeros || std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

DateReading readDate(std::string_view text, DateOrder order) {
    text = trimmed(text);
    if (saysUnknown(text)) {
        return {Kind::Unknown, {}};
    }
    // A number of a table with decimals that say nothing, and a day of UTC as XML writes it.
    if (const auto dot = text.find('.'); (dot == 4 || dot == 8) && dot + 1 < text.size() &&
                                         text.find_first_not_of('0', dot + 1) == std::string_view::npos) {
        text = text.substr(0, dot);
    } else if (text.size() == 11 && text.back() == 'Z') {
        text.remove_suffix(1);
    }
    // What follows a T, or a blank and holds a colon, is a time of day.
    for (std::size_t i = 4; i + 1 < text.size(); ++i) {
        const bool parts = (text[i] == 'T' || text[i] == 't' || text[i] == ' ') && isDigit(text[i - 1]) &&
                           isDigit(text[i + 1]);
        if (!parts || (text[i] == ' ' && text.find(':', i) == std::string_view::npos)) {
            continue;
        }
        DateReading day = calendarDate(trimmed(text.substr(0, i)), order);
        const auto time = timeIn(text.substr(i + 1));
        if (!time) {
            day.kind = day.kind == Kind::Date ? Kind::NoDate : day.kind;
        } else if (day.kind == Kind::Date) {
            day.date = inUtc(day.date, *time);
        }
        return day;
    }
    return calendarDate(text, order);
}

DateOrder dateOrderOf(const std::vector<std::string>& texts) {
    bool dayFirst = false;
    bool monthFirst = false;
    for (const std::string& text : texts) {
        const DateReading asDay = readDate(text, DateOrder::DayFirst);
        if (readDate(text).kind != Kind::Date || asDay.kind != Kind::Date) {
            continue;
        }
        // Plain by itself, in a notation that the order could turn round: its first number tells.
        const auto words = wordsOf(trimmed(text).substr(0, 10));
        if (!words || words->size() != 3 || words->back().text.size() != 4 || !words->front().isNumber() ||
            !(*words)[1].isNumber() || !isOneSeparator(words->front().between)) {
            continue;
        }
        const bool dots = words->front().between == ".";
        dayFirst = dayFirst || dots || words->front().number() > 12;
        monthFirst = monthFirst || (!dots && (*words)[1].number() > 12);
    }
    return dayFirst == monthFirst ? DateOrder::Unsaid
           : dayFirst             ? DateOrder::DayFirst
                                  : DateOrder::MonthFirst;
}

bool isIsoDate(std::string_view text) {
    const DateReading found = readDate(text);
    return found.kind == Kind::Date && found.date == text;
}

bool liesAhead(std::string_view isoDate) {
    using namespace std::chrono;
    // Somewhere it is tomorrow already.
    const year_month_day tomorrow(floor<days>(system_clock::now()) + days(1));
    const std::string last = written(int(tomorrow.year()), static_cast<int>(unsigned(tomorrow.month())),
                                     static_cast<int>(unsigned(tomorrow.day())));
    return isIsoDate(isoDate) && isoDate > std::string_view(last).substr(0, isoDate.size());
}

std::string isoDateFrom(std::string_view text) {
    const DateReading found = readDate(text);
    const std::string shown(trimmed(text));
    switch (found.kind) {
    case Kind::Ambiguous:
        throw Error("\"" + shown +
                    "\" is two dates, for day and month may stand either way round; write it as 2020-08-20.");
    case Kind::NoDate:
        throw Error("\"" + shown +
                    "\" is no date; write it as 2020-08-20, or 2020-08 or 2020 where that is all.");
    default:
        return found.date;
    }
}

} // namespace nunatak
