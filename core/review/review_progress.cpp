// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/review_progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <iterator>

namespace nunatak::review {

namespace {

/// Seconds since 1970 of "2026-11-30T07:35:08Z"; none of what is no such time.
std::optional<std::int64_t> secondsOf(const std::string& time) {
    std::tm parts{};
    char zone = 0;
    if (std::sscanf(time.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%c", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                    &parts.tm_hour, &parts.tm_min, &parts.tm_sec, &zone) < 6) {
        return std::nullopt;
    }
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    return static_cast<std::int64_t>(::timegm(&parts));
}

std::string timeInWords(double seconds) {
    constexpr double minute = 60;
    constexpr double hour = 3600;
    std::array<char, 32> text{};
    if (seconds < minute) {
        return "less than a minute";
    }
    if (seconds < hour) {
        std::snprintf(text.data(), text.size(), "about %.0f min", seconds / minute);
    } else if (seconds < 2 * hour) {
        std::snprintf(text.data(), text.size(), "about %.1f h", seconds / hour);
    } else {
        std::snprintf(text.data(), text.size(), "about %.0f h", seconds / hour);
    }
    return text.data();
}

} // namespace

std::optional<double> ReviewProgress::secondsLeft() const {
    return secondsPerVerdict ? std::optional(*secondsPerVerdict * left) : std::nullopt;
}

void ReviewTally::gap(std::int64_t from, std::int64_t to, int by) {
    const auto seconds = static_cast<double>(to - from);
    if (seconds <= longestPause) {
        m_seconds += by * seconds;
        m_progress.timed += by;
    }
}

void ReviewTally::time(Times& times, std::int64_t second, int by) {
    const auto [place, isNew] = times.try_emplace(second, 0);
    place->second += by;
    if (!isNew && place->second > 0) {
        return; // others are of the same moment
    }
    const auto after = std::next(place);
    const bool hasBefore = place != times.begin();
    const bool hasAfter = after != times.end();
    if (hasBefore) {
        gap(std::prev(place)->first, second, by);
    }
    if (hasAfter) {
        gap(second, after->first, by);
    }
    if (hasBefore && hasAfter) {
        gap(std::prev(place)->first, after->first, -by);
    }
    if (place->second <= 0) {
        times.erase(place);
    }
}

void ReviewTally::count(const outlines::OutlineHandle& outline, double area, int by) {
    m_progress.count.note(by > 0 ? outlines::OutlineChange{{}, nullptr, outline}
                                 : outlines::OutlineChange{{}, outline, nullptr});
    m_progress.area += by * area;
    const bool isReviewed = outline->review != outlines::Review::NotReviewed;
    if (!isReviewed || outline->reviewRecord.isOutdated) {
        m_progress.left += by;
    } else {
        m_progress.areaReviewed += by * area;
    }
    if (!isReviewed) {
        return;
    }
    if (const auto second = secondsOf(outline->reviewRecord.time)) {
        time(m_verdicts[outline->reviewRecord.reviewer], *second, by);
    }
}

ReviewProgress ReviewTally::progress() const {
    constexpr int fewest = 3;
    ReviewProgress progress = m_progress;
    if (progress.timed >= fewest) {
        progress.secondsPerVerdict = m_seconds / progress.timed;
    }
    return progress;
}

ReviewProgress progressOf(const std::vector<outlines::OutlineHandle>& layer, const LayerEvidence& evidence) {
    ReviewTally tally;
    for (const outlines::OutlineHandle& outline : layer) {
        tally.add(outline, evidence.of(*outline).area);
    }
    return tally.progress();
}

int upToDate(const ReviewCount& count) {
    return count.reviewed() - count.outdated;
}

std::string inWords(const ReviewProgress& progress) {
    const ReviewCount& count = progress.count;
    std::string text = std::to_string(upToDate(count)) + " of " + std::to_string(count.outlines);
    if (count.doubtful > 0) {
        text += ", " + std::to_string(count.doubtful) + " doubtful";
    }
    if (count.outdated > 0) {
        text += ", " + std::to_string(count.outdated) + " changed since";
    }
    if (const auto seconds = progress.secondsLeft(); seconds && progress.left > 0) {
        text += ", " + timeInWords(*seconds) + " left";
    }
    return text;
}

} // namespace nunatak::review
