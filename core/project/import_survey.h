// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"
#include "project/steps.h"

#include <string>
#include <vector>

// What an import would do, looked at before it does it: the window and the command line say the same.
namespace nunatak::project {

class Project;

/// What outlines of a file do where the layer has their glaciers already.
enum class ImportMode {
    Unsaid,  ///< one of the same UUID is replaced; others are refused (an inventory: as mergedInto() does)
    Append,  ///< one of the same UUID is replaced; others come beside those that are there
    Replace, ///< they take the place, and the UUIDs, of those that are there
};

struct ImportSurvey {
    outlines::LayerInfo layer; ///< as it is, or as a new one would be
    bool isNewLayer = false;
    bool hasScenes = false;
    int inLayer = 0;   ///< outlines that the layer has
    int outlines = 0;  ///< that would come
    int elsewhere = 0; ///< of them on none of the project's scenes
    // Of those that come, what the layer has already; each counts once, for the first that holds.
    int sameUuid = 0;
    int sameId = 0;     ///< an RGI or GLIMS id that the layer has too
    int sameGround = 0; ///< most of the smaller of the two is ground of both

    int alreadyThere() const { return sameUuid + sameId + sameGround; }
    /// Without a word on what shall happen, glaciers would be there twice.
    bool needsChoice() const;
};

/// @param layer as layerForImport() gave it
/// @param known the outlines that the layer has; a copy costs nothing, so that any thread can look
/// @param scenes sceneExtents()
ImportSurvey surveyImport(const outlines::LayerInfo& layer, bool isNewLayer,
                          const outlines::OutlineSet& known, const std::vector<geo::Extent>& scenes,
                          const std::vector<outlines::OutlineHandle>& ready);

/// Where they lie and what is there already, a sentence each; none of what there is nothing to say of.
std::vector<std::string> sentencesOf(const ImportSurvey& survey);

/// Throws Error where somebody has to say what shall become of glaciers that are there already.
/// @param choices how that is said, for the sentence
void throwUnlessClear(const ImportSurvey& survey, ImportMode mode, const std::string& choices);

/// Outlines in the place of those that the layer has of the same glaciers (UUID, RGI or GLIMS id, ground):
/// the first of them keeps its UUID, and its name and attributes where the file has none; others go.
std::vector<outlines::OutlineChange> replacingImport(const std::string& layer,
                                                     const outlines::OutlineSet& known,
                                                     const std::vector<outlines::OutlineHandle>& ready);

/// "expert_2": a name that no layer of the project has.
std::string freeLayerName(const Project& project, const std::string& name);

} // namespace nunatak::project
