// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/review_progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <map>
#include <set>

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

ReviewProgress progressOf(const std::vector<outlines::OutlineHandle>& layer, const LayerEvidence& evidence) {
    ReviewProgress progress;
    std::map<std::string, std::set<std::int64_t>> verdicts; // by who gave them
    for (const outlines::OutlineHandle& outline : layer) {
        const double area = evidence.of(*outline).area;
        progress.count.note({{}, nullptr, outline});
        progress.area += area;
        const bool isReviewed = outline->review != outlines::Review::NotReviewed;
        if (!isReviewed || outline->reviewRecord.isOutdated) {
            ++progress.left;
        } else {
            progress.areaReviewed += area;
        }
        if (const auto time = secondsOf(outline->reviewRecord.time); isReviewed && time) {
            verdicts[outline->reviewRecord.reviewer].insert(*time);
        }
    }
    double sum = 0;
    for (const auto& [reviewer, times] : verdicts) {
        for (auto later = times.begin(); later != times.end() && std::next(later) != times.end(); ++later) {
            const auto seconds = static_cast<double>(*std::next(later) - *later);
            if (seconds <= longestPause) {
                sum += seconds;
                ++progress.timed;
            }
        }
    }
    constexpr int fewest = 3;
    if (progress.timed >= fewest) {
        progress.secondsPerVerdict = sum / progress.timed;
    }
    return progress;
}

std::string inWords(const ReviewProgress& progress) {
    const ReviewCount& count = progress.count;
    std::string text = std::to_string(count.reviewed()) + " of " + std::to_string(count.outlines);
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
