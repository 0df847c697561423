// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/outline_comparison_task.h"

#include "base/counted.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"

namespace nunatak::tasks {

namespace {

/// The system in which both are measured: it is about right where the outlines are, and what it is wrong by
/// is taken out of each area and distance.
geo::Crs systemAround(const exchange::ReadOutlines& degrees) {
    geo::Extent extent;
    for (const auto& outline : degrees.outlines) {
        extent.include(geo::extentOf(outline.geometry));
    }
    const auto middle = extent.empty() ? geo::Point{9, 0} : extent.center();
    return geo::Crs::utmAround(middle.x > 180 ? middle.x - 360 : middle.x, middle.y);
}

std::vector<outlines::OutlineHandle> shared(exchange::ReadOutlines read, const std::string& file,
                                            std::vector<std::string>& notes) {
    std::vector<outlines::OutlineHandle> outlines;
    int repaired = read.repaired;
    for (auto& outline : read.outlines) {
        if (!geo::invalidReason(outline.geometry).empty()) {
            outline.geometry =
                geo::madeValid(outline.geometry); // what rounding into another system has crossed
            ++repaired;
        }
        outlines.push_back(outlines::share(std::move(outline)));
    }
    if (repaired > 0) {
        notes.push_back(file + ": " + counted(repaired, "outline", "was", "were") +
                        " not valid and compared as repaired; the file is as it was.");
    }
    for (const auto& note : read.notes) {
        notes.push_back(file + ": " + note);
    }
    return outlines;
}

} // namespace

comparison::OutlineComparison compareFiles(const std::filesystem::path& model,
                                           const std::filesystem::path& expert,
                                           const comparison::OutlineOptions& options,
                                           const Progress& progress) {
    const auto degrees = geo::Crs::fromUserInput("EPSG:4326");
    std::vector<std::string> notes;
    auto trusted = exchange::readOutlines(expert, degrees, progress.part(0, 0.15));
    const auto crs = systemAround(trusted);
    const geo::CoordinateTransform toCrs(degrees, crs);
    for (auto& outline : trusted.outlines) {
        outline.geometry = toCrs(outline.geometry);
    }
    const auto ofExpert = shared(std::move(trusted), expert.filename().string(), notes);
    const auto ofModel = shared(exchange::readOutlines(model, crs, progress.part(0.15, 0.3)),
                                model.filename().string(), notes);
    auto result = comparison::compareOutlines(ofModel, ofExpert, crs, options, progress.part(0.3, 1));
    notes.insert(notes.end(), result.notes.begin(), result.notes.end());
    notes.push_back("Measured in " + crs.name() + "; areas and distances are those on the ground.");
    result.notes = std::move(notes);
    return result;
}

} // namespace nunatak::tasks
