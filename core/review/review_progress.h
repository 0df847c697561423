// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/layer_evidence.h"
#include "review/review_count.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::review {

/// How far the review of a layer has come, and when it will be done.
struct ReviewProgress {
    ReviewCount count;
    double area = 0;         ///< m² on the ground, of all
    double areaReviewed = 0; ///< of those with a verdict that is not outdated
    int left = 0;            ///< not reviewed, or outdated
    /// From one verdict to the next, on average; none before three such times are known. What is said of
    /// several glaciers at once is one verdict, each person has times of their own, and what lasts longer
    /// than longestPause is a pause.
    std::optional<double> secondsPerVerdict;
    int timed = 0; ///< that many times from one verdict to the next
    /// What is left at this pace, by one person without pauses.
    std::optional<double> secondsLeft() const;
};

/// Seconds; who says nothing for longer was away.
inline constexpr double longestPause = 600;

/// From the verdicts as the outlines have them.
ReviewProgress progressOf(const std::vector<outlines::OutlineHandle>& layer, const LayerEvidence& evidence);

/// "37 of 425, 2 doubtful, about 3 h left".
std::string inWords(const ReviewProgress& progress);

} // namespace nunatak::review
