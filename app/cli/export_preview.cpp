// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/export_preview.h"

#include "base/counted.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::cli {

namespace {

void printJson(const exchange::ExportPreview& preview) {
    auto columns = nlohmann::ordered_json::array();
    for (const auto& column : preview.columns) {
        columns.push_back({{"name", column.name},
                           {"type", outlines::toString(column.type)},
                           {"filled", column.filled},
                           {"missing", column.missing},
                           {"why", column.why},
                           {"example", column.example}});
    }
    const nlohmann::ordered_json all{
        {"schema", preview.schema},      {"format", preview.format},   {"crs", preview.crs},
        {"outlines", preview.outlines},  {"areaKm2", preview.areaKm2}, {"files", preview.files},
        {"columns", std::move(columns)}, {"notes", preview.notes}};
    fmt::print("{}\n", all.dump(2));
}

std::string listOf(const std::vector<std::string>& texts, const char* between) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : between) + text;
    }
    return all;
}

} // namespace

void print(const exchange::ExportPreview& preview, bool asJson) {
    if (asJson) {
        printJson(preview);
        return;
    }
    fmt::print("Would write {} of {:.3f} km² to {}: {}, {}, {}.\n",
               counted(static_cast<long long>(preview.outlines), "outline"), preview.areaKm2,
               listOf(preview.files, ", "), preview.format, preview.crs, preview.schema);
    fmt::print("\n{:<12} {:<9} {:>7}  {}\n", "column", "type", "filled", "example, or why it is missing");
    for (const auto& column : preview.columns) {
        std::string words = column.example;
        if (column.filled < preview.outlines) {
            words += (words.empty() ? "" : "; ") + std::string("else ") +
                     (column.missing.empty() ? "nothing" : column.missing);
            if (!column.why.empty()) {
                words += ": " + listOf(column.why, "; ");
            }
        }
        fmt::print("{:<12} {:<9} {:>7}  {}\n", column.name, outlines::toString(column.type), column.filled,
                   words);
    }
    if (!preview.notes.empty()) {
        fmt::print("\n");
    }
    for (const auto& note : preview.notes) {
        fmt::print("Note: {}\n", note);
    }
}

} // namespace nunatak::cli
