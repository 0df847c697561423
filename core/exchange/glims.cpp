// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/glims.h"

#include "base/counted.h"

#include "geo/shape_operations.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>
#include <string_view>
#include <utility>

namespace nunatak::exchange {

namespace {

/// Of the smaller of two outlines; neighbours digitised apart overlap less.
constexpr double sameGround = 0.2;

std::string plain(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Whether a rock belongs to a glacier: by analysis, else by the glacier's id and date, else by its place.
bool belongTogether(const Piece& rock, const Piece& glacier) {
    if (!rock.analysis.empty()) {
        return rock.analysis == glacier.analysis;
    }
    if (!rock.glacier.empty() && rock.glacier != glacier.glacier) {
        return false;
    }
    return rock.outline.srcDate == glacier.outline.srcDate;
}

std::string keyOf(const Piece& piece) {
    return !piece.analysis.empty()  ? "a" + piece.analysis
           : !piece.glacier.empty() ? "g" + piece.glacier
                                    : std::string();
}

/// Days since the year 0, the middle of what is not said.
double dayNumber(const std::string& date) {
    const auto part = [&](std::size_t at, std::size_t length, int otherwise) {
        int value = otherwise;
        if (date.size() >= at + length) {
            std::from_chars(date.data() + at, date.data() + at + length, value);
        }
        return value;
    };
    constexpr double month = 30.44;
    return part(0, 4, 0) * 365.25 + part(5, 2, 7) * month + part(8, 2, 15);
}

double idNumber(const std::string& analysis) {
    double number = 0;
    std::from_chars(analysis.data(), analysis.data() + analysis.size(), number);
    return number;
}

/// True when `a` is wanted rather than `b`.
bool isPreferred(const Piece& a, const Piece& b, const AnalysisChoice& choice) {
    const std::string& dateA = a.outline.srcDate;
    const std::string& dateB = b.outline.srcDate;
    if (dateA != dateB) {
        if (dateA.empty() || dateB.empty()) {
            return dateB.empty();
        }
        switch (choice.kind) {
        case AnalysisChoice::Kind::Oldest:
            return dateA < dateB;
        case AnalysisChoice::Kind::Nearest: {
            const double wanted = dayNumber(choice.date);
            const double farA = std::abs(dayNumber(dateA) - wanted);
            const double farB = std::abs(dayNumber(dateB) - wanted);
            return farA != farB ? farA < farB : dateA > dateB;
        }
        default:
            return dateA > dateB;
        }
    }
    return idNumber(a.analysis) > idNumber(b.analysis); // the later work on the same picture
}

bool areDifferentAnalyses(const Piece& a, const Piece& b) {
    if (!a.analysis.empty() && !b.analysis.empty()) {
        return a.analysis != b.analysis;
    }
    return !a.outline.srcDate.empty() && !b.outline.srcDate.empty() && a.outline.srcDate != b.outline.srcDate;
}

bool areSameGround(const Piece& a, const Piece& b) {
    const auto& first = a.outline.geometry;
    const auto& second = b.outline.geometry;
    if (!geo::extentOf(first).intersects(geo::extentOf(second))) {
        return false;
    }
    const double smaller = std::min(geo::planarArea(first), geo::planarArea(second));
    return geo::planarArea(geo::intersection(first, second)) > sameGround * smaller;
}

std::string choiceText(const AnalysisChoice& choice) {
    switch (choice.kind) {
    case AnalysisChoice::Kind::Oldest:
        return "the oldest";
    case AnalysisChoice::Kind::Nearest:
        return "the one nearest to " + choice.date;
    default:
        return "the newest";
    }
}

void removeMarked(std::vector<Piece>& pieces, const std::vector<bool>& marked) {
    std::vector<Piece> kept;
    kept.reserve(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!marked[i]) {
            kept.push_back(std::move(pieces[i]));
        }
    }
    pieces = std::move(kept);
}

} // namespace

LineKind lineKindOf(const std::string& lineType) {
    const std::string word = plain(lineType);
    if (word == "glac_bound" || word == "glacier_bound") {
        return LineKind::Glacier;
    }
    if (word == "intrnl_rock" || word == "internal_rock") {
        return LineKind::Rock;
    }
    constexpr std::array<std::string_view, 8> others{"pro_lake", "supra_lake", "debris_cov", "basin_bound",
                                                     "snowline", "snow_line",  "centerline", "center_line"};
    return std::find(others.begin(), others.end(), word) != others.end() ? LineKind::NoGlacier
                                                                         : LineKind::Unknown;
}

std::string countedByName(const std::vector<std::string>& features, const std::string& what) {
    constexpr std::size_t most = 10;
    std::string text = counted(static_cast<long long>(features.size()), what) + " (";
    for (std::size_t i = 0; i < features.size() && i < most; ++i) {
        text += (i == 0 ? "" : ", ") + features[i];
    }
    return text + (features.size() > most ? " …)" : ")");
}

void applyLineTypes(std::vector<Piece>& pieces, std::vector<std::string>& notes) {
    std::vector<bool> gone(pieces.size(), false);
    std::map<std::string, std::vector<std::string>> others; // features by what they are
    std::map<std::string, std::vector<std::string>> unknown;
    std::map<std::string, std::vector<std::size_t>> glaciers;
    std::vector<std::size_t> rocks;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string& type = pieces[i].lineType;
        const LineKind kind = type.empty() ? LineKind::Glacier : lineKindOf(type);
        if (kind == LineKind::Rock) {
            gone[i] = true;
            rocks.push_back(i);
        } else if (kind == LineKind::NoGlacier) {
            gone[i] = true;
            others[type].push_back(pieces[i].feature);
        } else {
            glaciers[keyOf(pieces[i])].push_back(i);
            if (kind == LineKind::Unknown) {
                unknown[type].push_back(pieces[i].feature);
            }
        }
    }
    std::map<std::size_t, std::vector<geo::MultiPolygon>> taken; // rocks by the glacier they are cut out of
    std::vector<std::string> homeless;
    for (const std::size_t rock : rocks) {
        const auto& shape = pieces[rock].outline.geometry;
        const auto place = geo::extentOf(shape);
        bool found = false;
        for (const std::size_t glacier : glaciers[keyOf(pieces[rock])]) {
            const auto& around = pieces[glacier].outline.geometry;
            if (belongTogether(pieces[rock], pieces[glacier]) && geo::extentOf(around).intersects(place) &&
                geo::planarArea(geo::intersection(around, shape)) > 0) {
                taken[glacier].push_back(shape);
                found = true;
            }
        }
        if (!found) {
            // A rock that is a hole already cuts nothing out, and is none the less where it belongs.
            const auto inHole = std::any_of(glaciers[keyOf(pieces[rock])].begin(),
                                            glaciers[keyOf(pieces[rock])].end(), [&](std::size_t glacier) {
                                                const auto& around = pieces[glacier].outline.geometry;
                                                return belongTogether(pieces[rock], pieces[glacier]) &&
                                                       geo::intersects(around, shape);
                                            });
            if (!inHole) {
                homeless.push_back(pieces[rock].feature);
            }
        }
    }
    for (const auto& [glacier, cut] : taken) {
        auto& outline = pieces[glacier].outline;
        outline.geometry = geo::difference(outline.geometry, geo::unionOf(cut));
        if (outline.geometry.empty()) {
            gone[glacier] = true;
            notes.push_back("Feature " + pieces[glacier].feature +
                            " is rock alone (intrnl_rock) and was left out.");
        }
    }
    if (rocks.size() > homeless.size()) {
        notes.push_back("Rock (intrnl_rock) that became holes of the glaciers of its analysis: " +
                        std::to_string(rocks.size() - homeless.size()) + " of " +
                        counted(static_cast<long long>(rocks.size()), "polygon") + ".");
    }
    if (!homeless.empty()) {
        notes.push_back("Left out, rock (intrnl_rock) that lies in no glacier of its analysis: " +
                        countedByName(homeless, "polygon") + ".");
    }
    for (const auto& [type, features] : others) {
        notes.push_back("Left out, no glaciers (line type " + type +
                        "): " + countedByName(features, "polygon") + ".");
    }
    for (const auto& [type, features] : unknown) {
        notes.push_back("Read as glaciers, of a line type that GLIMS does not have (\"" + type +
                        "\"): " + countedByName(features, "polygon") + ".");
    }
    removeMarked(pieces, gone);
}

void keepKind(std::vector<Piece>& pieces, const outlines::SideKind& kind, std::vector<std::string>& notes) {
    std::vector<bool> gone(pieces.size(), false);
    std::map<std::string, std::vector<std::string>> others;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string& type = pieces[i].lineType;
        if (!type.empty() && outlines::sideKindOf(std::string_view(type)) != &kind) {
            gone[i] = true;
            others[type].push_back(pieces[i].feature);
        }
    }
    for (const auto& [type, features] : others) {
        notes.push_back("Left out, other than " + std::string(kind.term) + " (line type " + type +
                        "): " + countedByName(features, "feature") + ".");
    }
    removeMarked(pieces, gone);
}

void chooseAnalyses(std::vector<Piece>& pieces, const AnalysisChoice& choice,
                    std::vector<std::string>& notes) {
    std::map<std::string, std::vector<std::size_t>> byGlacier;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].glacier.empty()) {
            byGlacier[pieces[i].glacier].push_back(i);
        }
    }
    std::vector<bool> gone(pieces.size(), false);
    std::size_t several = 0;
    std::size_t leftOut = 0;
    for (auto& [glacier, members] : byGlacier) {
        std::stable_sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
            return isPreferred(pieces[a], pieces[b], choice);
        });
        bool isSeveral = false;
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t k = 0; k < i && !gone[members[i]]; ++k) {
                const bool isOther = !gone[members[k]] &&
                                     areDifferentAnalyses(pieces[members[k]], pieces[members[i]]) &&
                                     areSameGround(pieces[members[k]], pieces[members[i]]);
                gone[members[i]] = isOther;
            }
            isSeveral = isSeveral || gone[members[i]];
            leftOut += gone[members[i]] ? 1 : 0;
        }
        several += isSeveral ? 1 : 0;
    }
    if (several == 0) {
        return;
    }
    const std::string glaciers = several == 1 ? "1 glacier has" : std::to_string(several) + " glaciers have";
    if (choice.kind == AnalysisChoice::Kind::All) {
        notes.push_back(glaciers +
                        " outlines of several dates or analyses; all were taken, so they overlap.");
        return;
    }
    notes.push_back(glaciers + " outlines of several dates or analyses: " + choiceText(choice) +
                    " of each was taken, and " +
                    counted(static_cast<long long>(leftOut), "other", "was", "were") +
                    " left out. --analyses newest, oldest, all or a date (in the window: "
                    "Analyses) says which to take.");
    removeMarked(pieces, gone);
}

} // namespace nunatak::exchange
