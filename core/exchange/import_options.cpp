// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/import_options.h"

#include "base/error.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace nunatak::exchange {

namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string keys() {
    std::string list;
    for (const NamedMapping& named : mappedRoles()) {
        list += (list.empty() ? "" : ", ") + std::string(named.key);
    }
    return list;
}

} // namespace

const std::vector<NamedMapping>& mappedRoles() {
    static const std::vector<NamedMapping> roles{
        {FieldRole::Name, "name", "name"},
        {FieldRole::Date, "date", "date"},
        {FieldRole::RgiId, "rgi_id", "RGI id"},
        {FieldRole::GlimsId, "glims_id", "GLIMS id"},
        {FieldRole::Sensor, "sensor", "sensor"},
        {FieldRole::LineType, "line_type", "kind of line"},
        {FieldRole::Analysis, "analysis", "analysis"},
    };
    return roles;
}

AnalysisChoice analysisChoiceFrom(const std::string& text) {
    using Kind = AnalysisChoice::Kind;
    const std::string word = lower(trimmed(text));
    for (const auto& [name, kind] : {std::pair{"newest", Kind::Newest}, std::pair{"oldest", Kind::Oldest},
                                     std::pair{"all", Kind::All}}) {
        if (word == name) {
            return {kind, {}};
        }
    }
    const DateReading date = readDate(text);
    if (date.kind != DateReading::Kind::Date) {
        throw Error(
            "\"" + text +
            "\" says not which analysis of a glacier to take: use newest, oldest, all, or a date such as "
            "2015-08-29 for the nearest one.");
    }
    return {Kind::Nearest, date.date};
}

void addMapping(FieldMapping& mapping, const std::string& text) {
    const auto equals = text.find('=');
    const std::string key = lower(trimmed(text.substr(0, equals)));
    const auto& roles = mappedRoles();
    const auto role =
        std::find_if(roles.begin(), roles.end(), [&](const NamedMapping& named) { return key == named.key; });
    if (equals == std::string::npos || role == roles.end()) {
        throw Error("\"" + text + "\" maps no column: write FIELD=COLUMN, where FIELD is one of " + keys() +
                    ".");
    }
    ColumnChoice choice{trimmed(text.substr(equals + 1)), DateOrder::Unsaid};
    for (const auto& [ending, order] :
         {std::pair{":day-first", DateOrder::DayFirst}, std::pair{":month-first", DateOrder::MonthFirst}}) {
        if (lower(choice.column).ends_with(ending)) {
            if (role->role != FieldRole::Date) {
                throw Error("\"" + text + "\": " + (ending + 1) + " belongs to date alone.");
            }
            choice.column =
                trimmed(choice.column.substr(0, choice.column.size() - std::string(ending).size()));
            choice.order = order;
        }
    }
    if (!mapping.emplace(role->role, choice).second) {
        throw Error("\"" + text + "\" maps a second column to " + key + ": give one.");
    }
}

} // namespace nunatak::exchange
