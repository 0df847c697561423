// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "review/evidence.h"

#include <string>
#include <vector>

// What makes a glacier need an eye, as data: who ranks otherwise gives another list.
namespace nunatak::review {

/// What can be measured of how much a glacier needs an eye.
enum class Measure {
    Band,       ///< width of its band of low confidence, m
    Difference, ///< from the expert, 0 to 1
    Faults,     ///< number of things that a check found
    Size,       ///< km²
    Change,     ///< of its area since the earlier date, 0 to 1; of what is new 1
    Verdict     ///< 1 where a verdict is outdated, or doubtful
};
/// "band", "difference", "faults", "size", "change", "verdict".
std::string toString(Measure measure);

/// A measure x counts for weight · x / (x + half): nothing at 0, half of its weight at `half`, never more
/// than all of it.
struct Criterion {
    Measure measure = Measure::Band;
    double weight = 1;
    double half = 1;
    bool operator==(const Criterion&) const = default;
};
using Criteria = std::vector<Criterion>;

/// The band of low confidence before all, then the expert, faults and verdicts, change, and size.
Criteria usualCriteria();
/// The usual ones with other weights: "band=3,size=0". Throws Error that says what is wrong with the text.
Criteria criteriaFrom(const std::string& text);

/// What of a criterion's measure is known of a glacier; 0 where nothing is.
double measured(Measure measure, const outlines::Outline& outline, const Evidence& evidence);
/// 0 to 1: the share of all weights that a glacier gathers.
double scoreOf(const outlines::Outline& outline, const Evidence& evidence, const Criteria& criteria);
/// Why it stands where it stands, what weighs most first: "62 % unsure, in shadow"; "" where nothing is to be
/// said but its size.
std::string whyInWords(const outlines::Outline& outline, const Evidence& evidence, const Criteria& criteria);

} // namespace nunatak::review
