// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/named_shapes.h"

#include "base/counted.h"
#include "base/error.h"
#include "exchange/outline_files.h"
#include "project/layer_choice.h"
#include "project/project.h"

#include <fmt/format.h>

#include <filesystem>

namespace nunatak::cli {

namespace fs = std::filesystem;

std::vector<geo::MultiPolygon> namedShapes(const project::Project* project, const geo::Crs& crs,
                                           const std::string& name, std::vector<std::string>& notes,
                                           const Progress& progress) {
    std::vector<geo::MultiPolygon> shapes;
    const auto layer = project == nullptr ? std::nullopt : project::layerIfNamed(*project, name);
    if (layer) {
        for (const auto& outline : project::outlinesToHandIn(*project, *layer)) {
            shapes.push_back(outline->geometry);
        }
    } else if (fs::exists(name)) {
        exchange::ImportOptions every; // a region is all that was glacier at any date
        every.analyses.kind = exchange::AnalysisChoice::Kind::All;
        auto read = exchange::readOutlines(name, crs, every, progress);
        for (auto& outline : read.outlines) {
            shapes.push_back(std::move(outline.geometry));
        }
        if (read.skipped > 0) {
            notes.push_back(fmt::format("{} of {} gave no outline; `nunatak-cli import` "
                                        "names them.",
                                        counted(read.skipped, "feature"), name));
        }
    } else {
        throw Error(fmt::format("\"{}\" is {}; give one to --within.", name,
                                project != nullptr ? "neither a layer of the project nor a file"
                                                   : "no file with polygons"));
    }
    return shapes;
}

} // namespace nunatak::cli
