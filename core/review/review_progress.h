// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/layer_evidence.h"
#include "review/review_count.h"

#include <cstdint>
#include <map>
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

/// The progress kept by what changes: nobody goes through a layer again.
class ReviewTally {
public:
    /// With the area (m² on the ground) that it counts with until it is taken away again.
    void add(const outlines::OutlineHandle& outline, double area) { count(outline, area, 1); }
    void remove(const outlines::OutlineHandle& outline, double area) { count(outline, area, -1); }
    ReviewProgress progress() const;

private:
    using Times = std::map<std::int64_t, int>; ///< seconds since 1970, and how many verdicts are of it

    void count(const outlines::OutlineHandle& outline, double area, int by);
    void time(Times& times, std::int64_t second, int by);
    void gap(std::int64_t from, std::int64_t to, int by);

    ReviewProgress m_progress;
    std::map<std::string, Times> m_verdicts; ///< by who gave them
    double m_seconds = 0;                    ///< between them, pauses left out
};

/// From the verdicts as the outlines have them.
ReviewProgress progressOf(const std::vector<outlines::OutlineHandle>& layer, const LayerEvidence& evidence);

/// How many need no eye any more: those with a verdict that is not outdated.
int upToDate(const ReviewCount& count);

/// "37 of 425, 2 doubtful, about 3 h left": how many are up to date.
std::string inWords(const ReviewProgress& progress);

} // namespace nunatak::review
