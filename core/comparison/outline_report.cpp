// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv_rows.h"
#include "comparison/outline_comparison.h"
#include "measures/measure.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iterator>

namespace nunatak::comparison {

namespace {

const std::vector<measures::Measure>& shownMeasures() {
    static const auto list = measures::measuresOf(measures::Method::Outlines);
    return list;
}

/// NaN becomes null.
void addMeasures(nlohmann::ordered_json& json, const measures::Figures& figures) {
    for (const auto& measure : shownMeasures()) {
        json[measure.id] = measure.compute(figures);
    }
}

std::string nameOf(const outlines::Outline& outline) {
    if (!outline.name.empty()) {
        return outline.name;
    }
    const auto id = outline.attributes.find("rgi_id");
    return id != outline.attributes.end() && !id->second.text().empty() ? id->second.text() : outline.uuid;
}

std::vector<std::string> namesOf(const std::vector<outlines::OutlineHandle>& outlines) {
    std::vector<std::string> names;
    for (const auto& outline : outlines) {
        names.push_back(nameOf(*outline));
    }
    return names;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "" : "; ") + name;
    }
    return text;
}

std::string titleOf(const SizeClass& size) {
    return std::isinf(size.to) ? fmt::format("from {:g} km²", size.from / 1e6)
                               : fmt::format("{:g} – {:g} km²", size.from / 1e6, size.to / 1e6);
}

std::size_t countOf(const OutlineComparison& comparison, Correspondence correspondence) {
    std::size_t count = 0;
    for (const auto& row : comparison.rows) {
        count += row.correspondence == correspondence ? 1 : 0;
    }
    return count;
}

constexpr Correspondence all[] = {Correspondence::OneToOne, Correspondence::Split,  Correspondence::Merged,
                                  Correspondence::Several,  Correspondence::Missed, Correspondence::New};

std::string sentenceOf(const CoveredOutline& covered) {
    return fmt::format("{} of the {} is left out: it is {} {}.", nameOf(*covered.outline),
                       covered.isExpert ? "expert's" : "model's",
                       covered.isDuplicate ? "a duplicate of" : "covered by others of its layer, most by",
                       nameOf(*covered.by));
}

} // namespace

std::string toString(Correspondence correspondence) {
    switch (correspondence) {
    case Correspondence::OneToOne:
        return "one to one";
    case Correspondence::Split:
        return "split";
    case Correspondence::Merged:
        return "merged";
    case Correspondence::Several:
        return "several to several";
    case Correspondence::Missed:
        return "missed";
    case Correspondence::New:
        break;
    }
    return "new";
}

std::string toJson(const OutlineComparison& comparison) {
    nlohmann::ordered_json json;
    addMeasures(json, comparison);
    for (const auto& measure : shownMeasures()) {
        json["units"][measure.id] = measure.unit;
    }
    for (const auto correspondence : all) {
        json["correspondence"][toString(correspondence)] = countOf(comparison, correspondence);
    }
    json["sizeClasses"] = nlohmann::ordered_json::array();
    for (const auto& size : comparison.classes) {
        nlohmann::ordered_json entry{
            {"from", size.from}, {"to", size.to}, {"rows", size.rows}}; // m²; null: open
        addMeasures(entry, size);
        json["sizeClasses"].push_back(std::move(entry));
    }
    json["leftOut"] = nlohmann::ordered_json::array();
    for (const auto& covered : comparison.covered) {
        json["leftOut"].push_back({{"layer", covered.isExpert ? "expert" : "model"},
                                   {"uuid", covered.outline->uuid},
                                   {"name", nameOf(*covered.outline)},
                                   {"reason", covered.isDuplicate ? "duplicate" : "covered"},
                                   {"by", nameOf(*covered.by)}});
    }
    json["notes"] = comparison.notes;
    json["glaciers"] = nlohmann::ordered_json::array();
    for (const auto& row : comparison.rows) {
        nlohmann::ordered_json entry{{"correspondence", toString(row.correspondence)},
                                     {"expert", namesOf(row.experts)},
                                     {"model", namesOf(row.models)}};
        addMeasures(entry, row);
        json["glaciers"].push_back(std::move(entry));
    }
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string toCsv(const OutlineComparison& comparison) {
    std::vector<std::string> cells{"expert", "model", "correspondence"};
    for (const auto& measure : shownMeasures()) {
        cells.push_back(measures::columnName(measure));
    }
    std::string text = csvRow(cells);
    for (const auto& row : comparison.rows) {
        cells = {joined(namesOf(row.experts)), joined(namesOf(row.models)), toString(row.correspondence)};
        for (const auto& measure : shownMeasures()) {
            cells.push_back(measures::fileText(measure, row));
        }
        text += csvRow(cells);
    }
    return text;
}

std::string toText(const OutlineComparison& comparison) {
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "{:<22} {:>14}", "", "all");
    for (const auto& size : comparison.classes) {
        fmt::format_to(out, " {:>14}", titleOf(size));
    }
    fmt::format_to(out, "\n{:<22} {:>14}", "Glaciers", comparison.rows.size());
    for (const auto& size : comparison.classes) {
        fmt::format_to(out, " {:>14}", size.rows);
    }
    for (const auto& measure : shownMeasures()) {
        fmt::format_to(out, "\n{:<22} {:>14}", measures::header(measure),
                       measures::shownText(measure, comparison));
        for (const auto& size : comparison.classes) {
            fmt::format_to(out, " {:>14}", measures::shownText(measure, size));
        }
    }
    std::string counts;
    for (const auto correspondence : all) {
        if (const auto count = countOf(comparison, correspondence); count > 0) {
            counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, toString(correspondence));
        }
    }
    fmt::format_to(out, "\n\n{}{}\n", counts, counts.empty() ? "" : ".");
    constexpr std::size_t most = 20; // the rest is in the files
    for (std::size_t i = 0; i < std::min(most, comparison.covered.size()); ++i) {
        fmt::format_to(out, "{}\n", sentenceOf(comparison.covered[i]));
    }
    if (comparison.covered.size() > most) {
        fmt::format_to(out, "{} more are left out for the same reasons; the files name them.\n",
                       comparison.covered.size() - most);
    }
    for (const auto& note : comparison.notes) {
        fmt::format_to(out, "Note: {}\n", note);
    }
    return fmt::to_string(text);
}

} // namespace nunatak::comparison
