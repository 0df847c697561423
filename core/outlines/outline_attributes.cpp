// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_attributes.h"

#include "base/dates.h"
#include "base/error.h"
#include "base/letters.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <regex>
#include <string_view>
#include <vector>

namespace nunatak::outlines {

namespace {

std::string trimmed(const std::string& text) {
    const auto isBlank = [](unsigned char c) { return std::isspace(c) != 0; };
    const auto first = std::find_if_not(text.begin(), text.end(), isBlank);
    const auto last = std::find_if_not(text.rbegin(), text.rend(), isBlank).base();
    return first < last ? std::string(first, last) : std::string();
}

[[noreturn]] void refuse(const std::string& name, const std::string& wanted, const std::string& text) {
    throw Error(titleOf(name) + " is " + wanted + "; \"" + text + "\" is none.");
}

std::string shown(double number) {
    return AttributeValue(number).text();
}

/// Throws Error where the number cannot be.
void throwUnlessWithin(const std::string& name, const AttributeInfo* info, double number) {
    if (info == nullptr) {
        return;
    }
    const std::string unit = info->unit[0] == '\0' ? "" : std::string(" ") + info->unit;
    if (info->least && info->most && (number < *info->least || number > *info->most)) {
        throw Error(titleOf(name) + " lies between " + shown(*info->least) + " and " + shown(*info->most) +
                    unit + "; " + shown(number) + " does not.");
    }
    if (info->least && number < *info->least) {
        throw Error(titleOf(name) + " is at least " + shown(*info->least) + unit + "; " + shown(number) +
                    " is less.");
    }
}

AttributeValue typedInteger(const std::string& name, const AttributeInfo* info, const std::string& text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        refuse(name, "a whole number", text);
    }
    throwUnlessWithin(name, info, static_cast<double>(number));
    return number;
}

AttributeValue typedReal(const std::string& name, const AttributeInfo* info, const std::string& text) {
    std::string plain = text;
    if (std::count(plain.begin(), plain.end(), ',') == 1 && plain.find('.') == std::string::npos) {
        std::replace(plain.begin(), plain.end(), ',', '.');
    }
    double number = 0;
    const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), number);
    if (read.ec != std::errc() || read.ptr != plain.data() + plain.size() || !std::isfinite(number)) {
        refuse(name, "a number, such as 12.5", text);
    }
    throwUnlessWithin(name, info, number);
    return number;
}

AttributeValue typedAnswer(const std::string& name, const std::string& text) {
    const std::string word = lowerCase(text);
    for (const char* yes : {"yes", "true", "1"}) {
        if (word == yes) {
            return true;
        }
    }
    for (const char* no : {"no", "false", "0"}) {
        if (word == no) {
            return false;
        }
    }
    refuse(name, "yes or no", text);
}

AttributeValue typedDate(const std::string& name, const std::string& text) {
    constexpr std::size_t day = 10; // letters
    std::string date;
    try {
        date = isoDateFrom(text);
    } catch (const Error& error) {
        throw Error(titleOf(name) + ": " + error.what());
    }
    if (date.empty()) {
        return AttributeValue::null(AttributeType::Date);
    }
    if (name == dateAttribute && liesAhead(date)) {
        throw Error(titleOf(name) + ": " + date + " lies ahead; no picture is of then.");
    }
    if (name != dateAttribute && date.size() != day) { // of a picture sometimes only the year is known
        refuse(name, "a day, such as 2020-08-20", text);
    }
    return AttributeValue::moment(AttributeType::Date, date);
}

/// "10:30:00" of "10:30"; none where it is no time of the day.
std::optional<std::string> timeOf(const std::string& text) {
    std::vector<int> parts;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (parts.size() < 3) {
        int number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc() || read.ptr - at > 2 || number < 0) {
            return std::nullopt;
        }
        parts.push_back(number);
        at = read.ptr;
        if (at == end || *at != ':') {
            break;
        }
        ++at;
    }
    if (at != end || parts.size() < 2 || parts[0] > 23 || parts[1] > 59 ||
        (parts.size() == 3 && parts[2] > 59)) {
        return std::nullopt;
    }
    parts.resize(3);
    std::string time;
    for (const int part : parts) {
        time += (time.empty() ? "" : ":") + std::string(part < 10 ? "0" : "") + std::to_string(part);
    }
    return time;
}

AttributeValue typedTime(const std::string& name, AttributeType type, const std::string& text) {
    if (type == AttributeType::Time) {
        const auto time = timeOf(text);
        if (!time) {
            refuse(name, "a time of the day, such as 10:30", text);
        }
        return AttributeValue::moment(type, *time);
    }
    const auto gap = text.find_first_of("T ");
    std::string rest = gap == std::string::npos ? std::string() : trimmed(text.substr(gap + 1));
    std::string zone;
    if (!rest.empty() && (rest.back() == 'Z' || rest.back() == 'z')) {
        rest.pop_back();
        zone = "Z";
    }
    const auto time = rest.empty() ? std::optional<std::string>("00:00:00") : timeOf(rest);
    if (!time || !isIsoDate(text.substr(0, gap)) || text.substr(0, gap).size() != 10) {
        refuse(name, "a day and a time, such as 2020-08-20T10:30:00", text);
    }
    return AttributeValue::moment(type, text.substr(0, gap) + "T" + *time + zone);
}

/// The code whose meaning somebody wrote; the text itself where it is none.
std::string asCode(const AttributeInfo* info, AttributeType type, const std::string& text) {
    if (info == nullptr || info->choices.empty()) {
        return text;
    }
    for (const AttributeChoice& choice : info->choices) {
        if (lowerCase(text) == choice.meaning) {
            return std::to_string(choice.code);
        }
    }
    // A column of texts may say the same in words of its own.
    if (choiceOf(*info, AttributeValue(text)) == nullptr && type != AttributeType::Text) {
        std::string list;
        for (const AttributeChoice& choice : info->choices) {
            list += (list.empty() ? "" : ", ") + std::to_string(choice.code) + " (" + choice.meaning + ")";
        }
        throw Error(std::string(info->title) + " is one of " + list + "; \"" + text + "\" is none.");
    }
    return text;
}

} // namespace

std::optional<AttributeValue> attributeOf(const Outline& outline, const std::string& name) {
    if (name == nameAttribute) {
        return outline.name.empty() ? AttributeValue() : AttributeValue(outline.name);
    }
    if (name == dateAttribute) {
        return outline.srcDate.empty() ? AttributeValue::null(AttributeType::Date)
                                       : AttributeValue::moment(AttributeType::Date, outline.srcDate);
    }
    const auto found = outline.attributes.find(name);
    return found != outline.attributes.end() ? std::optional(found->second) : std::nullopt;
}

void putAttribute(Outline& outline, const std::string& name, const AttributeValue& value) {
    if (name == nameAttribute) {
        outline.name = value.text();
    } else if (name == dateAttribute) {
        outline.srcDate = value.text();
    } else {
        outline.attributes[name] = value;
    }
}

void dropAttribute(Outline& outline, const std::string& name) {
    if (name == nameAttribute || name == dateAttribute) {
        putAttribute(outline, name, {});
    } else {
        outline.attributes.erase(name);
    }
}

bool isNoId(const std::string& id) {
    constexpr std::array none{"",     "0",    "-1",  "-9",  "-99", "-999", "-9999", "None", "none",
                              "NULL", "null", "NaN", "nan", "NA",  "N/A",  "n/a",   "-"};
    return std::any_of(none.begin(), none.end(), [&](const char* word) { return id == word; });
}

std::vector<std::pair<std::string, std::string>> ownIds(const Outline& outline) {
    std::vector<std::pair<std::string, std::string>> ids;
    for (const auto& [name, value] : outline.attributes) {
        const AttributeInfo* info = value.isNull() ? nullptr : attributeInfo(name);
        if (info != nullptr && info->identifies == Identifies::Outline && !isNoId(value.text())) {
            ids.emplace_back(name, value.text());
        }
    }
    return ids;
}

void dropOwnIds(Outline& outline) {
    for (const auto& [name, id] : ownIds(outline)) {
        AttributeValue& value = outline.attributes.at(name);
        value = AttributeValue::null(value.type());
    }
}

std::string meaningOf(const std::string& name, const AttributeValue& value) {
    const AttributeInfo* info = attributeInfo(name);
    const AttributeChoice* choice = info != nullptr ? choiceOf(*info, value) : nullptr;
    if (choice != nullptr) {
        return choice->meaning;
    }
    if (const bool* answer = value.boolean()) {
        return *answer ? "yes" : "no";
    }
    return value.text();
}

AttributeValue typedAttribute(const std::string& name, AttributeType type, const std::string& typed) {
    const AttributeInfo* info = attributeInfo(name);
    if (!isUtf8(typed)) {
        throw Error(titleOf(name) + " holds letters that are no UTF-8; type it anew.");
    }
    std::string text = trimmed(typed);
    if (text.empty()) {
        return AttributeValue::null(type);
    }
    text = asCode(info, type, text);
    switch (type) {
    case AttributeType::Integer:
        return typedInteger(name, info, text);
    case AttributeType::Real:
        return typedReal(name, info, text);
    case AttributeType::Boolean:
        return typedAnswer(name, text);
    case AttributeType::Date:
        return typedDate(name, text);
    case AttributeType::Time:
    case AttributeType::DateTime:
        return typedTime(name, type, text);
    case AttributeType::Text:
        break;
    }
    if (info != nullptr && info->form[0] != '\0' && !std::regex_match(text, std::regex(info->form))) {
        throw Error(titleOf(name) + " has the form of " + info->example + "; \"" + text + "\" has not.");
    }
    return info != nullptr && info->isWords ? asWords(text) : text;
}

std::string asWords(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        word = trimmed(word);
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) {
            words.push_back(word);
        }
        word.clear();
    };
    for (const char c : text) {
        if (c == ',' || c == ';' || c == '\n') {
            end();
        } else {
            word += c;
        }
    }
    end();
    std::string all;
    for (const std::string& each : words) {
        all += (all.empty() ? "" : ", ") + each;
    }
    return all;
}

} // namespace nunatak::outlines
