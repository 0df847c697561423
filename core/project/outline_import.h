// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline.h"
#include "project/import_survey.h"
#include "project/steps.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Outlines from a file into a layer: what the window and the command line both do.
namespace nunatak::project {

class Project;

/// Where outlines of a file shall go.
struct ImportRequest {
    std::string layer;
    std::optional<outlines::LayerKind> kind; ///< of a new layer; none: by its name, else expert
    std::string scene;                       ///< name or id of the scene that a new layer belongs to
    std::string date;                        ///< of a new layer
    outlines::Epoch epoch{};                 ///< of a new inventory; none: that of the date
};

/// The layer that is meant: an existing one, or how a new one will be. What somebody drew belongs to its own
/// date; to a scene belongs what a model drew, what was corrected upon it, and what is said to.
/// Throws Error where the request says otherwise of an existing layer than it is, or names no scene.
outlines::LayerInfo layerForImport(const Project& project, const ImportRequest& request);

/// Where the project's scenes lie (project CRS).
std::vector<geo::Extent> sceneExtents(const Project& project);

/// How many of these outlines touch none of the scenes' extents.
int countElsewhere(const std::vector<outlines::OutlineHandle>& outlines,
                   const std::vector<geo::Extent>& scenes);

/// Says so; `elsewhere` is at least 1.
std::string elsewhereSentence(int elsewhere, int all);

/// Says of outlines that this analyst has looked at them and found them right; of those that the file calls
/// doubtful or no glacier that stays.
void acceptAll(std::vector<outlines::Outline>& outlines, const std::string& analyst);

/// Gives those of which the file says no date the one that was asked for (empty: none); those that the layer
/// has already keep what is known of them.
void dateUndated(const Project& project, const std::string& layer, std::vector<outlines::Outline>& outlines,
                 const std::string& date);

/// An import as a step.
struct ImportStep : LayerStep {
    std::size_t leftOut = 0; ///< outlines of the file that do not come in; the notes say why
};

/// What importOutlines() takes as one step: the outlines, and the layer where it is new. In an inventory they
/// take the place of those of the same glaciers that nobody touched; what is left out of it the notes say.
/// Throws Error where the layer is of another kind.
ImportStep importStep(const Project& project, const outlines::LayerInfo& layer,
                      const std::vector<outlines::OutlineHandle>& ready,
                      ImportMode mode = ImportMode::Unsaid);

/// What should be told of outlines before they go into a layer: those that lie elsewhere than the scenes,
/// those that take the place of the layer's own (same UUID) without having been asked to. A sentence each.
std::vector<std::string> importNotes(const Project& project, const outlines::LayerInfo& layer,
                                     const std::vector<outlines::OutlineHandle>& outlines,
                                     ImportMode mode = ImportMode::Unsaid);

} // namespace nunatak::project
