// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/import_options.h"
#include "geo/crs.h"
#include "outlines/outline.h"
#include "outlines/side_kind.h"

#include <cstddef>
#include <string>
#include <vector>

// GLIMS: what kind of line a polygon is, and several analyses of one glacier
// (https://www.glims.org/MapsAndDocs/downloaded_field_desc.html).
namespace nunatak::exchange {

enum class LineKind {
    Glacier,   ///< glac_bound
    Rock,      ///< intrnl_rock: an outcrop within the glacier of the same analysis
    NoGlacier, ///< lakes, debris cover on a glacier, basins, snow lines, centre lines
    Unknown,
};
LineKind lineKindOf(const std::string& lineType);

/// A feature of a file on its way to an outline.
struct Piece {
    outlines::Outline outline;
    std::string feature;     ///< as a sentence names it: its number, the layer's name where there are several
    std::string lineType;    ///< empty where the file does not say
    std::string analysis;    ///< GLIMS: anlys_id
    std::string glacier;     ///< what the file calls the same glacier at every date: GLIMS id, else RGI id
    std::size_t layer = 0;   ///< of the file's
    bool isAsWritten = true; ///< the shape is the file's: what it says of it is true
    bool isCut = false;      ///< it reaches ±180°
    geo::MultiPolygon degrees; ///< where it is cut: the shape in longitude and latitude
    geo::Crs degreesCrs;       ///< of those
};

/// Takes rocks out of the glaciers of their analysis, and leaves out what is no glacier. Says so.
void applyLineTypes(std::vector<Piece>& pieces, std::vector<std::string>& notes);

/// Leaves those of one kind, and those of which the file does not say what they are. Says what was left out.
void keepKind(std::vector<Piece>& pieces, const outlines::SideKind& kind, std::vector<std::string>& notes);

/// Leaves one outline of each glacier that is there on the same ground from several analyses or dates. Says
/// so.
void chooseAnalyses(std::vector<Piece>& pieces, const AnalysisChoice& choice,
                    std::vector<std::string>& notes);

/// "3 features (1, 5, 9)", where `what` is feature: at most ten of them by name.
std::string countedByName(const std::vector<std::string>& features, const std::string& what);

} // namespace nunatak::exchange
