// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/criteria.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <utility>

namespace nunatak::review {

namespace {

constexpr std::array<std::string_view, 6> names{"band", "difference", "faults", "size", "change", "verdict"};

double squareKilometres(double area) {
    return area / 1e6;
}

std::string percent(double share) {
    return std::to_string(std::lround(100 * share)) + " %";
}

/// A condition of the picture that explains doubt, where it is worth a word.
void addCondition(std::vector<std::string>& words, const std::optional<double>& share,
                  const std::string& where) {
    constexpr double some = 0.1;
    constexpr double most = 0.5;
    if (share && *share >= most) {
        words.push_back(where);
    } else if (share && *share >= some) {
        words.push_back(percent(*share) + " " + where);
    }
}

std::vector<std::string> wordsOfBand(const Evidence& evidence) {
    std::vector<std::string> words;
    if (evidence.band->unsureShare >= 0.005) {
        words.push_back(percent(evidence.band->unsureShare) + " unsure");
    } else {
        words.push_back("band of " + std::to_string(std::lround(evidence.band->width)) + " m unsure");
    }
    addCondition(words, evidence.shadow, "in shadow");
    addCondition(words, evidence.cloud, "under cloud");
    addCondition(words, evidence.snow, "snow around it");
    return words;
}

std::vector<std::string> wordsOfFaults(const Evidence& evidence) {
    std::vector<std::pair<std::string, int>> counts;
    for (const editing::Fault fault : evidence.faults) {
        const auto name = editing::toString(fault);
        const auto known = std::find_if(counts.begin(), counts.end(),
                                        [&](const auto& count) { return count.first == name; });
        if (known == counts.end()) {
            counts.emplace_back(name, 1);
        } else {
            ++known->second;
        }
    }
    std::vector<std::string> words;
    for (const auto& [name, count] : counts) {
        words.push_back(count == 1 ? name : std::to_string(count) + " × " + name);
    }
    return words;
}

std::vector<std::string> wordsOfChange(const Evidence& evidence) {
    if (evidence.isNew) {
        return {"new since the earlier date"};
    }
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s%.0f %% since the earlier date",
                  *evidence.change < 0 ? "\u2212" : "+", std::abs(100 * *evidence.change));
    return {text.data()};
}

std::vector<std::string> wordsOf(Measure measure, const outlines::Outline& outline,
                                 const Evidence& evidence) {
    switch (measure) {
    case Measure::Band:
        return wordsOfBand(evidence);
    case Measure::Difference:
        return {evidence.isUnknownToExpert ? "the expert has no ice there"
                                           : percent(*evidence.difference) + " differs from the expert's"};
    case Measure::Faults:
        return wordsOfFaults(evidence);
    case Measure::Change:
        return wordsOfChange(evidence);
    case Measure::Verdict:
        return {outline.reviewRecord.isOutdated ? "changed after its review" : "doubtful"};
    case Measure::Size:
        break;
    }
    return {};
}

/// What a measure has to be for a word.
double worthAWord(Measure measure) {
    switch (measure) {
    case Measure::Band:
        return 1; // m
    case Measure::Difference:
        return 0.05;
    case Measure::Change:
        return 0.05;
    default:
        return 0.5;
    }
}

double weighed(const Criterion& criterion, double value) {
    return value > 0 ? criterion.weight * value / (value + criterion.half) : 0;
}

[[noreturn]] void throwUnclear(const std::string& part) {
    throw Error(
        "\"" + part +
        "\" is no weight. Write band=3,size=0.5 and the like; what can be weighed are band, difference, "
        "faults, size, change and verdict, with a number from 0 on each.");
}

} // namespace

std::string toString(Measure measure) {
    return std::string(names.at(static_cast<std::size_t>(measure)));
}

Criteria usualCriteria() {
    return {{Measure::Band, 3, 60},      {Measure::Difference, 2, 0.3}, {Measure::Faults, 1.5, 0.5},
            {Measure::Verdict, 1, 0.25}, {Measure::Change, 1, 0.3},     {Measure::Size, 2, 0.5}};
}

Criteria criteriaFrom(const std::string& text) {
    Criteria criteria = usualCriteria();
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string part = text.substr(begin, end - begin);
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string name = part.substr(0, equals);
        const auto found = std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& criterion) {
            return toString(criterion.measure) == name;
        });
        double weight = -1;
        const char* first = part.data() + std::min(equals + 1, part.size());
        const char* last = part.data() + part.size();
        const auto read = std::from_chars(first, last, weight);
        if (found == criteria.end() || read.ec != std::errc() || read.ptr != last || !(weight >= 0) ||
            !std::isfinite(weight)) {
            throwUnclear(part);
        }
        found->weight = weight;
        begin = end + 1;
    }
    if (std::none_of(criteria.begin(), criteria.end(), [](const auto& one) { return one.weight > 0; })) {
        throw Error("With all weights 0 no glacier comes before another one. Give one of them a weight.");
    }
    return criteria;
}

double measured(Measure measure, const outlines::Outline& outline, const Evidence& evidence) {
    switch (measure) {
    case Measure::Band:
        return evidence.band ? evidence.band->width : 0;
    case Measure::Difference:
        return evidence.difference.value_or(0);
    case Measure::Faults:
        return static_cast<double>(evidence.faults.size());
    case Measure::Size:
        return squareKilometres(evidence.area);
    case Measure::Change:
        return evidence.isNew ? 1 : std::abs(evidence.change.value_or(0));
    case Measure::Verdict:
        return outline.review != outlines::Review::NotReviewed &&
                       (outline.reviewRecord.isOutdated || outline.review == outlines::Review::Doubtful)
                   ? 1
                   : 0;
    }
    return 0;
}

double scoreOf(const outlines::Outline& outline, const Evidence& evidence, const Criteria& criteria) {
    double sum = 0;
    double all = 0;
    for (const Criterion& criterion : criteria) {
        sum += weighed(criterion, measured(criterion.measure, outline, evidence));
        all += criterion.weight;
    }
    return all > 0 ? sum / all : 0;
}

std::string whyInWords(const outlines::Outline& outline, const Evidence& evidence, const Criteria& criteria) {
    Criteria sorted = criteria;
    std::stable_sort(sorted.begin(), sorted.end(), [&](const Criterion& a, const Criterion& b) {
        return weighed(a, measured(a.measure, outline, evidence)) >
               weighed(b, measured(b.measure, outline, evidence));
    });
    std::string text;
    for (const Criterion& criterion : sorted) {
        const double value = measured(criterion.measure, outline, evidence);
        if (value < worthAWord(criterion.measure) || criterion.weight <= 0) {
            continue;
        }
        for (const std::string& words : wordsOf(criterion.measure, outline, evidence)) {
            text += (text.empty() ? "" : ", ") + words;
        }
    }
    return text;
}

} // namespace nunatak::review
