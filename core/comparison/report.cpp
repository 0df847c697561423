// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::comparison {

namespace {

nlohmann::ordered_json rowAsJson(const GlacierRow& row) {
    return {{"uuid", row.uuid},
            {"name", row.name},
            {"isNew", row.isNew},
            {"cutBySceneEdge", row.cutBySceneEdge},
            {"expertArea", row.expertArea},
            {"modelArea", row.modelArea},
            {"overlappedArea", row.overlappedArea},
            {"iou", row.iou},
            {"meanBoundaryDistance", row.meanBoundaryDistance}, // NaN becomes null
            {"maxBoundaryDistance", row.maxBoundaryDistance},
            {"expertDate", row.expertDate},
            {"modelDate", row.modelDate},
            {"extent", {row.extent.xmin, row.extent.ymin, row.extent.xmax, row.extent.ymax}}};
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

std::string squareKilometres(double area) {
    return fmt::format("{:.3f}", area / 1e6);
}

std::string share(double value, int digits) {
    return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, digits);
}

std::string metres(double distance) {
    return std::isnan(distance) ? "-" : fmt::format("{:.0f}", distance);
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

constexpr const char* rowFormat = "{:<26} {:>11} {:>11} {:>6} {:>9} {:>9}  {:<10}  {:<10}  {}\n";

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
    nlohmann::ordered_json json{{"iou", comparison.iou},
                                {"precision", comparison.precision},
                                {"recall", comparison.recall},
                                {"expertArea", comparison.expertArea},
                                {"modelArea", comparison.modelArea},
                                {"outsideScene", outsideOf(comparison)},
                                {"notListed", unlistedAsJson(comparison)},
                                {"notes", comparison.notes},
                                {"glaciers", nlohmann::ordered_json::array()}};
    for (const auto& row : comparison.glaciers) {
        json["glaciers"].push_back(rowAsJson(row));
    }
    // A name from a file may hold any bytes; the report must come out all the same.
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string toTable(const Comparison& comparison) {
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, rowFormat, "Glacier", "expert km²", "model km²", "IoU", "mean m", "max m", "expert",
                   "model", "");
    for (const auto& row : comparison.glaciers) {
        const std::string name = row.name.empty() ? row.uuid.substr(0, 8) : shortened(row.name, 26);
        std::string remarks = row.isNew ? "new" : "";
        if (row.cutBySceneEdge) {
            remarks += remarks.empty() ? "cut" : ", cut";
        }
        if (row.overlappedArea > 0) {
            remarks += remarks.empty() ? "overlapped" : ", overlapped";
        }
        fmt::format_to(out, rowFormat, name, row.isNew ? "-" : squareKilometres(row.expertArea),
                       squareKilometres(row.modelArea), share(row.iou, 3), metres(row.meanBoundaryDistance),
                       metres(row.maxBoundaryDistance), row.expertDate, row.modelDate, remarks);
    }
    fmt::format_to(out, "\nAll pixels: IoU {}, precision {}, recall {}; expert {} km², model {} km².\n",
                   share(comparison.iou, 4), share(comparison.precision, 4), share(comparison.recall, 4),
                   squareKilometres(comparison.expertArea), squareKilometres(comparison.modelArea));
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
