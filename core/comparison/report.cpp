// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv_rows.h"
#include "comparison/comparison.h"
#include "measures/measure.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::comparison {

namespace {

const std::vector<measures::Measure>& shownMeasures() {
    static const auto list = measures::measuresOf(measures::Method::Pixels);
    return list;
}

/// NaN becomes null.
void addMeasures(nlohmann::ordered_json& json, const measures::Figures& figures, bool withDistances) {
    for (const auto& measure : shownMeasures()) {
        if (withDistances || measure.kind != measures::Kind::Distance) {
            json[measure.id] = measure.compute(figures);
        }
    }
}

nlohmann::ordered_json unitsOfMeasures() {
    nlohmann::ordered_json units;
    for (const auto& measure : shownMeasures()) {
        units[measure.id] = measure.unit;
    }
    return units;
}

nlohmann::ordered_json rowAsJson(const GlacierRow& row) {
    nlohmann::ordered_json json{{"uuid", row.uuid},
                                {"name", row.name},
                                {"isNew", row.isNew},
                                {"cutBySceneEdge", row.cutBySceneEdge},
                                {"overlappedArea", row.overlappedArea}};
    addMeasures(json, row, true);
    json["expertDate"] = row.expertDate;
    json["modelDate"] = row.modelDate;
    json["extent"] = {row.extent.xmin, row.extent.ymin, row.extent.xmax, row.extent.ymax};
    return json;
}

const char* keyOf(UnlistedGlacier::Reason reason) {
    switch (reason) {
    case UnlistedGlacier::Reason::Covered:
        return "covered";
    case UnlistedGlacier::Reason::BelowPixel:
        return "below a pixel";
    case UnlistedGlacier::Reason::WithoutResult:
        return "no result";
    case UnlistedGlacier::Reason::OutsideScene:
        break;
    }
    return "outside";
}

std::ptrdiff_t outsideOf(const Comparison& comparison) {
    return std::count_if(comparison.unlisted.begin(), comparison.unlisted.end(), [](const auto& glacier) {
        return glacier.reason == UnlistedGlacier::Reason::OutsideScene;
    });
}

nlohmann::ordered_json unlistedAsJson(const Comparison& comparison) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& glacier : comparison.unlisted) {
        nlohmann::ordered_json entry{
            {"uuid", glacier.uuid}, {"name", glacier.name}, {"reason", keyOf(glacier.reason)}};
        if (!glacier.coveredBy.empty()) {
            entry["coveredBy"] = glacier.coveredBy;
        }
        list.push_back(entry);
    }
    return list;
}

std::string remarksOn(const GlacierRow& row) {
    std::string remarks;
    const auto add = [&](bool holds, const char* word) {
        if (holds) {
            remarks += (remarks.empty() ? "" : ", ") + std::string(word);
        }
    };
    add(row.isNew, "new");
    add(row.cutBySceneEdge, "cut");
    add(row.overlappedArea > 0, "overlapped");
    return remarks;
}

/// At most this many characters of a name, cut between two of UTF-8.
std::string shortened(const std::string& text, std::size_t characters) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && ++count > characters) {
            return text.substr(0, i);
        }
    }
    return text;
}

/// The expert has no area of new ice, not one of 0 km².
bool isBlank(const GlacierRow& row, const measures::Measure& measure) {
    return row.isNew && measure.id != std::string("modelArea");
}

} // namespace

std::string reasonText(const UnlistedGlacier& glacier) {
    switch (glacier.reason) {
    case UnlistedGlacier::Reason::Covered:
        return "lies under other outlines of the expert's (" + glacier.coveredBy +
               "), for which its area counts";
    case UnlistedGlacier::Reason::BelowPixel:
        return "is so small that no middle of a pixel lies in it";
    case UnlistedGlacier::Reason::WithoutResult:
        return "lies where the scene has no data or the model no result";
    case UnlistedGlacier::Reason::OutsideScene:
        break;
    }
    return "lies outside of the scene";
}

std::string toJson(const Comparison& comparison) {
    nlohmann::ordered_json json;
    addMeasures(json, comparison, false);
    json["units"] = unitsOfMeasures();
    json["outsideScene"] = outsideOf(comparison);
    json["notListed"] = unlistedAsJson(comparison);
    json["notes"] = comparison.notes;
    json["glaciers"] = nlohmann::ordered_json::array();
    for (const auto& row : comparison.glaciers) {
        json["glaciers"].push_back(rowAsJson(row));
    }
    // A name from a file may hold any bytes; the report must come out all the same.
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string toCsv(const Comparison& comparison) {
    std::vector<std::string> cells{"uuid", "name"};
    for (const auto& measure : shownMeasures()) {
        cells.push_back(measures::columnName(measure));
    }
    cells.insert(cells.end(), {"expertDate", "modelDate", "remarks"});
    std::string text = csvRow(cells);
    for (const auto& row : comparison.glaciers) {
        cells = {row.uuid, row.name};
        for (const auto& measure : shownMeasures()) {
            cells.push_back(isBlank(row, measure) ? "" : measures::fileText(measure, row));
        }
        cells.insert(cells.end(), {row.expertDate, row.modelDate, remarksOn(row)});
        text += csvRow(cells);
    }
    return text;
}

std::string toTable(const Comparison& comparison) {
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "{:<26}", "Glacier");
    for (const auto& measure : shownMeasures()) {
        fmt::format_to(out, " {:>10}", measures::shortHeader(measure));
    }
    fmt::format_to(out, "  {:<10}  {:<10}\n", "expert", "model");
    for (const auto& row : comparison.glaciers) {
        fmt::format_to(out, "{:<26}", row.name.empty() ? row.uuid.substr(0, 8) : shortened(row.name, 26));
        for (const auto& measure : shownMeasures()) {
            fmt::format_to(out, " {:>10}", isBlank(row, measure) ? "-" : measures::shownText(measure, row));
        }
        fmt::format_to(out, "  {:<10}  {:<10}  {}\n", row.expertDate, row.modelDate, remarksOn(row));
    }
    std::string whole;
    for (const auto& measure : shownMeasures()) {
        if (measure.kind != measures::Kind::Distance) {
            whole += fmt::format("{}{} {}", whole.empty() ? "" : ", ", measure.title,
                                 measures::shownText(measure, comparison));
            whole += *measure.shownUnit == 0 ? "" : std::string(" ") + measure.shownUnit;
        }
    }
    fmt::format_to(out, "\nAll pixels: {}.\n", whole);
    fmt::format_to(
        out,
        "Mean and max: distance between the boundaries along the ice margin. cut: reaches beyond the "
        "scene; new: touches no glacier of the expert's; overlapped: what smaller outlines of the expert's "
        "share with it counts for them.\n");
    for (const auto& glacier : comparison.unlisted) {
        if (glacier.reason == UnlistedGlacier::Reason::OutsideScene) {
            continue; // of an inventory of a range most are: a number is enough
        }
        fmt::format_to(out, "Not listed: {} {}.\n",
                       glacier.name.empty() ? glacier.uuid.substr(0, 8) : glacier.name, reasonText(glacier));
    }
    if (const auto outside = outsideOf(comparison); outside > 0) {
        fmt::format_to(out, "{} expert glaciers lie outside of the scene and are not listed.\n", outside);
    }
    for (const auto& note : comparison.notes) {
        fmt::format_to(out, "Note: {}\n", note);
    }
    return fmt::to_string(text);
}

} // namespace nunatak::comparison
