// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_ids.h"

#include "base/error.h"
#include "exchange/glims_transfer.h"
#include "exchange/schema_values.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

namespace nunatak::exchange {

namespace {

/// "1" is "01"; empty where it is no number of one or two digits.
std::string twoDigits(const std::string& text) {
    static const std::regex number("\\d{1,2}");
    return !std::regex_match(text, number) ? std::string() : text.size() == 1 ? "0" + text : text;
}

/// "1", "01" and "11-01" of region 11 are "11-01".
std::string secondOf(const std::string& text, const std::string& first) {
    const auto dash = text.find('-');
    const std::string digits = twoDigits(dash == std::string::npos ? text : text.substr(dash + 1));
    return digits.empty() || first.empty() ? std::string() : first + "-" + digits;
}

std::string idOf(const ExportedOutline& exported) {
    return knownAttribute(exported, "rgi_id").text();
}

std::string yearOf(const ExportedOutline& exported) {
    constexpr std::size_t length = 4;
    const std::string date = knownDate(*exported.outline);
    return date.size() < length ? "0000" : date.substr(0, length);
}

/// What "11-01" says of the first-order region; empty where there is no dash.
std::string firstOf(const std::string& second) {
    const auto dash = second.find('-');
    return dash == std::string::npos ? std::string() : twoDigits(second.substr(0, dash));
}

} // namespace

void throwUnlessRegions(const RegionChoice& choice) {
    static const std::regex first("0?[1-9]|1\\d|20");
    static const std::regex second("((0?[1-9]|1\\d|20)-)?\\d{1,2}");
    if (!choice.first.empty() && !std::regex_match(choice.first, first)) {
        throw Error(
            "\"" + choice.first +
            "\" is no first-order region of the RGI: it is a number from 1 to 20, such as 11 for Central "
            "Europe.");
    }
    if (!choice.second.empty() && !std::regex_match(choice.second, second)) {
        throw Error(
            "\"" + choice.second +
            "\" is no second-order region of the RGI: it is written such as 11-01, the first-order region "
            "before the dash.");
    }
    const std::string within = firstOf(choice.second);
    if (!choice.first.empty() && !within.empty() && within != twoDigits(choice.first)) {
        throw Error("The second-order region " + choice.second + " is none of the first-order region " +
                    twoDigits(choice.first) + ": say one that begins with " + twoDigits(choice.first) + "-.");
    }
}

std::string regionOfId(const std::string& id) {
    static const std::regex form("RGI(?:\\d{4}-v\\d\\.\\d-[GC]-|\\d{2}-)(\\d{2})[-.]\\d+");
    std::smatch found;
    return std::regex_match(id, found, form) ? found[1].str() : std::string();
}

void settleRegions(std::vector<ExportedOutline>& outlines, const RegionChoice& choice,
                   std::vector<std::string>& notes) {
    const std::string chosen = choice.first.empty() ? firstOf(choice.second) : twoDigits(choice.first);
    std::size_t others = 0;
    std::size_t unknown = 0;
    for (auto& exported : outlines) {
        std::string said = twoDigits(knownAttribute(exported, "o1region").text());
        if (said.empty()) {
            said = regionOfId(idOf(exported));
        }
        others += !chosen.empty() && !said.empty() && said != chosen ? 1 : 0;
        exported.firstRegion = chosen.empty() ? said : chosen;
        unknown += exported.firstRegion.empty() ? 1 : 0;
        exported.secondRegion = secondOf(choice.second, exported.firstRegion);
        // A number within another first-order region means nothing in the one that was asked for.
        const std::string own = knownAttribute(exported, "o2region").text();
        const std::string within = firstOf(own).empty() ? said : firstOf(own);
        if (exported.secondRegion.empty() && (within.empty() || within == exported.firstRegion)) {
            exported.secondRegion = secondOf(own, exported.firstRegion);
        }
    }
    if (others > 0) {
        notes.push_back(fmt::format("The region is {}, as was asked for, also for {} that {} another.",
                                    chosen, outlinesText(others), others == 1 ? "says" : "say"));
    }
    if (unknown > 0) {
        notes.push_back(fmt::format("The RGI's region of {} is not known, and 00 in provisional ids: say it "
                                    "(--o1region, --o2region; in the window: RGI region).",
                                    outlinesText(unknown)));
    }
}

void settleIds(std::vector<ExportedOutline>& outlines, const IdForm& form, std::vector<std::string>& notes) {
    const std::regex own(form.pattern);
    std::map<std::string, std::size_t> owners;
    std::size_t repeated = 0;
    std::string repeatedId;
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        const std::string id = idOf(outlines[i]);
        if (!std::regex_match(id, own)) {
            continue;
        }
        const auto [owner, isFirst] = owners.emplace(id, i);
        if (!isFirst) {
            ++repeated;
            repeatedId = repeatedId.empty() ? id : repeatedId;
        }
        if (!isFirst && outlines[i].areaKm2 > outlines[owner->second].areaKm2) {
            owner->second = i;
        }
    }
    for (const auto& [id, i] : owners) {
        outlines[i].id = id;
    }
    std::size_t number = 0;
    std::string first;
    std::string last;
    for (auto& exported : outlines) {
        if (!exported.id.empty()) {
            continue;
        }
        const std::string region = exported.firstRegion.empty() ? "00" : exported.firstRegion;
        exported.id = fmt::format(fmt::runtime(form.format), yearOf(exported), region, ++number);
        (first.empty() ? first : last) = exported.id;
    }
    if (repeated > 0) {
        notes.push_back(fmt::format("An id stays with the largest that has it; {} lost {} ({}).",
                                    outlinesText(repeated), repeated == 1 ? "it" : "theirs",
                                    repeated == 1 ? repeatedId : repeatedId + ", …"));
    }
    if (number > 0) {
        notes.push_back(
            fmt::format("{} for {} without {} of this inventory's{}: {}{}. The inventory gives its own.",
                        number == 1 ? "A provisional id" : "Provisional ids", outlinesText(number),
                        number == 1 ? "one" : "ids", repeated > 0 ? ", or whose id another keeps" : "", first,
                        last.empty() ? std::string() : " to " + last));
    }
}

void settleGlimsIds(std::vector<ExportedOutline>& outlines, std::vector<std::string>& notes) {
    std::set<std::string> taken;
    for (auto& exported : outlines) {
        exported.id = knownAttribute(exported, "glims_id").text();
        taken.insert(exported.id);
    }
    std::size_t made = 0;
    for (auto& exported : outlines) {
        if (!exported.id.empty()) {
            continue;
        }
        constexpr double step = 0.001;
        geo::Point place = exported.inside;
        do {
            exported.id = glimsIdAt(place);
            place.x += step;
        } while (!taken.insert(exported.id).second);
        ++made;
    }
    if (made > 0) {
        notes.push_back(fmt::format("A new GLIMS id, of its middle, for {}.", outlinesText(made)));
    }
}

} // namespace nunatak::exchange
