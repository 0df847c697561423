// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "measures/boundary_measures.h"
#include "outlines/outline.h"

#include <string>
#include <vector>

namespace nunatak::comparison {

/// How outlines of the model and of the expert that belong together do so.
enum class Correspondence {
    OneToOne,
    Split,   ///< one of the expert's, several of the model's
    Merged,  ///< several of the expert's, one of the model's
    Several, ///< several of both
    Missed,  ///< one of the expert's alone
    New      ///< one of the model's alone
};
/// "one to one", "split", "merged", "several to several", "missed", "new".
std::string toString(Correspondence correspondence);

/// Outlines that belong together, compared as one area.
struct CorrespondingOutlines : measures::Figures {
    Correspondence correspondence = Correspondence::OneToOne;
    std::vector<outlines::OutlineHandle> experts;
    std::vector<outlines::OutlineHandle> models;
    double common = 0; ///< m² that both have
};

/// All rows of which the larger area lies between two limits.
struct SizeClass : measures::Figures {
    double from = 0; ///< m²
    double to = 0;   ///< m², not part of it; infinite for the last
    std::size_t rows = 0;
};

/// An outline whose ground other outlines of its own layer have, and which of them has most of it.
struct CoveredOutline {
    outlines::OutlineHandle outline;
    outlines::OutlineHandle by;
    bool isDuplicate = false; ///< both are the same ground
    bool isExpert = false;
};

/// Its own figures are of both layers as wholes: ice against ice, whatever glacier it belongs to; distances
/// are of all rows together.
struct OutlineComparison : measures::Figures {
    std::vector<CorrespondingOutlines> rows; ///< by the expert's area, largest first; new ones last
    std::vector<SizeClass> classes;          ///< those that have rows
    std::vector<CoveredOutline> covered;     ///< in no row
    std::vector<std::string> notes;          ///< what the user should know, each a sentence
};

struct OutlineOptions {
    measures::BoundaryOptions boundaries;
    /// The attribute that both layers have and by which outlines belong together; empty: by the ground they
    /// share.
    std::string matchedBy;
};

/// Compares two layers by their exact shapes, without a scene. Outlines belong together where at least half
/// of one of them lies in the other one, or where they have the same value of an attribute; several that hang
/// together so are one row. Ground that outlines of one layer share counts for the smallest of them, as with
/// pixels. Shapes valid, in a projected system. Uses two threads. Throws Error where no outline has the
/// attribute; Cancelled.
OutlineComparison compareOutlines(const std::vector<outlines::OutlineHandle>& model,
                                  const std::vector<outlines::OutlineHandle>& expert, const geo::Crs& crs,
                                  const OutlineOptions& options, const Progress& progress);

/// Measures by their ids and their units beside them, null for NaN.
std::string toJson(const OutlineComparison& comparison);
/// A line per row with all measures.
std::string toCsv(const OutlineComparison& comparison);
/// The whole and the classes for a terminal.
std::string toText(const OutlineComparison& comparison);

} // namespace nunatak::comparison
