// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/shared_chains.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::editing {

/// Outlines with another shape of their lines.
struct Generalised {
    Edit edit;
    std::size_t vertices = 0; ///< of the outlines that were asked for, as they would be
    std::size_t verticesBefore = 0;
    double areaChange = 0; ///< of these together, m² in the plane
    /// Of each stretch that stays as it was, since lines would cross, where they would.
    std::vector<geo::Point> left{};
};

/// Outlines of one layer with fewer vertices. Lines that neighbours share stay shared, ends of divides stay,
/// no ring vanishes and no line comes to lie on the other side of a vertex: what was valid stays so. No place
/// of a line is farther than the tolerance from the new one. Method: vertices are taken away one by one,
/// first the one whose going moves the line least, by distance; not while the triangle that it leaves has
/// another vertex in it (as Visvalingam & Whyatt 1993, The Cartographic Journal 30(1), 46-51, with the error
/// of Douglas & Peucker 1973). Where outlines overlap already, or cross themselves, lines stay as they are,
/// and these stretches are counted. The order is found once, up to the largest tolerance; each tolerance
/// asked for is a walk along the lines.
class Simplifier {
public:
    /// `most`: the largest tolerance that will be asked for, units of the coordinates. Throws Error where an
    /// outline is not there or they are of several layers, and Refused where no stretch is meant.
    /// `only`: vertices of which runs of three and more are the stretches that are meant; empty: all lines.
    Simplifier(Draft draft, std::span<const outlines::OutlineRef> refs, double most,
               std::span<const geo::Point> only = {});

    /// `groundMetres`: of a unit of the coordinates there, for the step's name. Throws Refused.
    Generalised at(double tolerance, double groundMetres = 1) const;

private:
    Draft m_draft;
    double m_most;
    bool m_isStretch;
    SharedChains m_chains;
    std::vector<std::vector<double>> m_goesAt; ///< of each chain's points: the tolerance at which one goes
    /// Of each stretch that stays the vertex that would go first, and the tolerance at which it would.
    std::vector<std::pair<double, geo::Point>> m_held;
};

/// The edit of lines that took the place of these chains; what simplifying and smoothing end with. A chain
/// whose line would cross another stays as it was, and is counted; throws Refused where that does not help,
/// and Cancelled.
/// `verb` and `how` are the words around the names, such as "Smooth " and " over 20 m".
Generalised generalised(const Draft& draft, const SharedChains& chains, std::vector<geo::Ring> lines,
                        const std::string& verb, const std::string& how,
                        const Progress& progress = Progress());

/// "30 m", "2.5 m".
std::string metresText(double distance);

} // namespace nunatak::editing
