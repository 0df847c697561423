// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/acceptance.h"

#include "base/counted.h"
#include "outlines/outline_name.h"

#include <array>
#include <cstdio>
#include <utility>

namespace nunatak::review {

using outlines::Origin;
using outlines::Outline;
using outlines::Review;

namespace {

/// What is as sure as the rule asks but for rounding is.
constexpr double rounding = 1e-9;

std::string number(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value);
    return text.data();
}

bool isSure(const ConfidenceBand& band, const AcceptanceRule& rule) {
    return 1 - band.unsureShare >= rule.sure - rounding &&
           (!rule.widestBand || band.width <= *rule.widestBand + rounding);
}

} // namespace

Acceptance acceptanceOf(const std::vector<LayerEvidence::Measured>& measured, const AcceptanceRule& rule,
                        const Filter& filter) {
    Acceptance acceptance;
    for (const auto& [outline, evidence] : measured) {
        if (filter && !filter({*outline, evidence})) {
            continue;
        }
        ++acceptance.glaciers;
        acceptance.isCalibrated = acceptance.isCalibrated && (!evidence.band || evidence.band->isCalibrated);
        if (outline->review != Review::NotReviewed) {
            ++acceptance.judged;
        } else if (outline->isChanged || outline->origin == Origin::Drawn) {
            ++acceptance.byHand;
        } else if (!evidence.band) {
            ++acceptance.unknown;
        } else if (!isSure(*evidence.band, rule)) {
            ++acceptance.unsure;
        } else {
            acceptance.accepted.push_back(outline);
            acceptance.area += evidence.area;
        }
    }
    return acceptance;
}

std::string inWords(const AcceptanceRule& rule) {
    return "at least " + number(100 * rule.sure) + " % sure" +
           (rule.widestBand ? ", band within " + number(*rule.widestBand) + " m" : "");
}

std::string leftInWords(const Acceptance& acceptance) {
    std::string words;
    for (const auto& [count, what] :
         {std::pair(acceptance.unsure, "less sure"), std::pair(acceptance.judged, "judged already"),
          std::pair(acceptance.byHand, "drawn or changed by hand"),
          std::pair(acceptance.unknown, "without a confidence")}) {
        if (count > 0) {
            words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + what;
        }
    }
    return words.empty() ? words : "Left as they are: " + words + ".";
}

editing::Edit accept(const std::string& layer, const Acceptance& acceptance, const AcceptanceRule& rule) {
    const auto& all = acceptance.accepted;
    editing::Edit edit;
    edit.description = "Accept " +
                       (all.size() == 1 ? outlines::nameInSentence(*all.front())
                                        : counted(static_cast<long long>(all.size()), "glacier")) +
                       " by confidence, " + inWords(rule);
    edit.tool = "acceptSure";
    for (const auto& before : all) {
        Outline after = *before;
        after.review = Review::Accepted;
        if (after.reviewRecord.note.empty()) {
            after.reviewRecord.note = "by confidence, " + inWords(rule);
        }
        edit.changes.push_back({layer, before, outlines::share(std::move(after))});
    }
    return edit;
}

} // namespace nunatak::review
