// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/progress.h"
#include "exchange/outline_files.h"
#include "outlines/outline.h"
#include "tasks/elevation.h"
#include "tasks/measured_surfaces.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

// What is handed in, and with what: as the window and the command line both do it.
namespace nunatak::tasks {

/// Which outlines of a layer; those of an inventory that were found to be no glacier never. What is left
/// empty asks for nothing.
struct OutlineChoice {
    std::vector<std::string> uuids{};
    std::vector<outlines::Review> reviews{};
    std::string date{}; ///< ISO: a day, a month or a year
    /// Project CRS: a point within the outline lies there.
    std::optional<geo::MultiPolygon> region{};
    std::string withinLayer{}; ///< a layer in whose outlines that point lies; not beside `region`
};

struct ExportChoice {
    std::string layer;
    OutlineChoice which{};
    std::string schema = "plain";
    std::string crs{};       ///< "EPSG:32632"; empty: the schema's, else the project's
    std::string elevation{}; ///< a file, whose heights are measured; empty: that of the project's scenes
    std::string elevationSource{}; ///< its name; empty: told from the file's
    exchange::RegionChoice regions{};
    exchange::DatasetNotes notes{};
    exchange::GlimsChoice glims{};
};

/// An export as it was asked for: a value, any thread may carry it out.
struct ExportRequest {
    std::string layer; ///< as people call it
    std::vector<outlines::OutlineHandle> outlines{};
    std::size_t ofLayer = 0; ///< that could be handed in
    std::vector<outlines::OutlineHandle> within{};
    bool isInventory = false;
    bool isOfFile = false;  ///< the layer came from a file
    bool isSettled = false; ///< what lies outside of the region has been left out
    geo::Crs crs{};
    ExportChoice choice{};
    PlannedElevation elevation{};
    std::vector<exchange::SourceImage> images{};   ///< that the outlines were drawn on
    std::filesystem::path rasters{};               ///< of predictions
    std::map<std::string, std::string> settings{}; ///< of prediction runs
    std::vector<std::string> notes{};              ///< what was chosen, a sentence each
    /// What was measured before, and what will be: of a preview and its export the same. None: nothing is
    /// kept.
    std::shared_ptr<MeasuredSurfaces> surfaces{};
    /// What whoever hands an inventory in wants to know before, a sentence; empty: nothing. preview() has it
    /// among its notes, write() has not.
    std::string unfinished{};
};

/// Quickly what an export would be of, all but the region. Throws Error where there is no such layer, schema
/// or region of the RGI, or nothing of the layer is meant.
ExportRequest exportOf(const project::Project& project, const ExportChoice& choice);
/// Without what lies outside of the region; says what was chosen, and what is unfinished of it. Throws Error
/// where nothing lies there, or the region has no area.
ExportRequest settled(ExportRequest request);

/// Both settle the request, where it is not yet. Throws Error as exchange::writeOutlines(), and where the
/// elevation model cannot be read; Cancelled.
exchange::WrittenOutlines write(const ExportRequest& request, const std::filesystem::path& file,
                                const Progress& progress, const Claim& claim);
exchange::ExportPreview preview(const ExportRequest& request, const std::filesystem::path& file,
                                const Progress& progress);
/// preview() without what an elevation model says, which takes longest: its columns are marked as awaited.
exchange::ExportPreview previewBeforeMeasuring(const ExportRequest& request,
                                               const std::filesystem::path& file, const Progress& progress);

} // namespace nunatak::tasks
