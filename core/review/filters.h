// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "review/evidence.h"

#include <functional>
#include <string>
#include <vector>

// Which glaciers a queue is of: predicates that can be joined.
namespace nunatak::review {

/// A glacier with what is known of it.
struct Candidate {
    const outlines::SharedOutline& outline;
    const Evidence& evidence;
};
using Filter = std::function<bool(const Candidate&)>;

/// Nobody said anything of it yet.
Filter notReviewed();
/// Changed after somebody said something of it.
Filter outdated();
Filter doubtful();
/// Judged, or noted on, by that person.
Filter reviewedBy(const std::string& reviewer);
/// A point within it lies in the region (project CRS).
Filter within(geo::MultiPolygon region);
/// km² on the ground, both included.
Filter ofSize(double least, double most);
/// An attribute says this; "name", "date", "sensor" and "analyst" mean what every outline has.
Filter attributeIs(const std::string& name, const std::string& text);

Filter allOf(std::vector<Filter> filters);
Filter anyOf(std::vector<Filter> filters);
/// What is left to be looked at: not reviewed, or outdated.
Filter needsAnEye();

} // namespace nunatak::review
