// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/radar_names.h"

#include "base/error.h"
#include "scene/products/numbers.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cmath>
#include <limits>
#include <vector>

namespace nunatak::scene::products {

namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

/// The parts of a name between underscores, dashes, points and spaces, in capitals.
std::vector<std::string> partsOf(const std::string& name) {
    std::vector<std::string> parts(1);
    for (const char c : upper(name)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            parts.back() += c;
        } else if (!parts.back().empty()) {
            parts.emplace_back();
        }
    }
    if (parts.back().empty()) {
        parts.pop_back();
    }
    return parts;
}

bool has(const std::vector<std::string>& parts, const std::string& part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
}

bool isTime(const std::string& part) {
    if (part.size() < 15 || part[8] != 'T') {
        return false;
    }
    return std::all_of(part.begin(), part.begin() + 15,
                       [](char c) { return c == 'T' || std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

bool isSentinel1(const std::string& part) {
    return part.size() >= 3 && part.starts_with("S1") && part[2] >= 'A' && part[2] <= 'D';
}

bool isCode(const std::string& part, const char* kind) {
    return part.size() == 5 && part.starts_with(kind) &&
           std::isdigit(static_cast<unsigned char>(part[3])) != 0;
}

/// INT80, RTC30: what HyP3 calls its products.
bool hasCode(const std::vector<std::string>& parts, const char* kind) {
    return std::any_of(parts.begin(), parts.end(),
                       [kind](const std::string& part) { return isCode(part, kind); });
}

bool isDay(const std::string& part) {
    return part.size() == 8 &&
           std::all_of(part.begin(), part.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// S1_136231_IW2_20200604_20200616_VV_INT80_12E3, S1_123_111111s1n02-111111s2n01-000000s3n00_IW_20240101_…,
/// S1AB_20171111T150004_20171117T145926_VVP006_INT80_G_ueF_4D09: the days follow one another.
void readHyp3Pair(const std::vector<std::string>& parts, RadarName& found) {
    std::vector<std::string> days;
    for (const std::string& part : parts) {
        if (days.size() < 2 && (isDay(part) || isTime(part))) {
            days.push_back(part.substr(0, 8));
            found.piece += isTime(part) ? part + "_" : ""; // else the burst's number says which it is
        } else if (days.empty()) {
            found.piece += part + "_";
        } else if (isCode(part, "INT")) {
            found.pixels = part;
        }
    }
    found.pair = days.size() == 2 ? days[0] + "_" + days[1] : "";
}

/// S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_VV: the third part from the end says radiometry and scale.
void readHyp3Rtc(const std::vector<std::string>& parts, RadarName& found) {
    const auto rtc =
        std::find_if(parts.begin(), parts.end(), [](const std::string& part) { return isCode(part, "RTC"); });
    if (rtc == parts.end() || parts.end() - rtc < 3 || (rtc + 2)->size() != 6) {
        return;
    }
    const std::string& code = *(rtc + 2);
    found.maker = "ASF HyP3 RTC";
    found.pixels = *rtc;
    found.piece = found.time;
    found.radiometry = code[0] == 'G' ? "gamma0" : code[0] == 'S' ? "sigma0" : "";
    found.scale = code[1] == 'P'   ? RadarScale::Power
                  : code[1] == 'A' ? RadarScale::Amplitude
                  : code[1] == 'D' ? RadarScale::Decibels
                                   : RadarScale::Unknown;
}

/// OPERA_L2_RTC-S1_T115-245714-IW1_20250418T141628Z_20250419T010229Z_S1A_30_v1.0_VV, and RTC-S1-STATIC.
bool isOperaRtc(const std::vector<std::string>& parts) {
    return parts.size() > 7 && parts[0] == "OPERA" && parts[2] == "RTC" && parts[3] == "S1";
}

void readWords(const std::vector<std::string>& parts, RadarName& found) {
    for (const char* polarization : {"VV", "VH", "HH", "HV"}) {
        if (has(parts, polarization)) {
            found.polarization = polarization;
        }
    }
    constexpr std::array<std::pair<const char*, const char*>, 6> radiometries{{{"SIGMA0", "sigma0"},
                                                                               {"GAMMA0", "gamma0"},
                                                                               {"BETA0", "beta0"},
                                                                               {"SIG0", "sigma0"},
                                                                               {"GAM0", "gamma0"},
                                                                               {"SIGMANOUGHT", "sigma0"}}};
    for (const auto& [part, radiometry] : radiometries) {
        if (has(parts, part)) {
            found.radiometry = radiometry;
        }
    }
    const auto hasOne = [&](std::initializer_list<const char*> words) {
        return std::any_of(words.begin(), words.end(), [&](const char* word) { return has(parts, word); });
    };
    if (hasOne({"DB", "DECIBEL", "DECIBELS"})) {
        found.scale = RadarScale::Decibels;
    } else if (hasOne({"AMPLITUDE", "AMPLITUDES", "AMP"})) {
        found.scale = RadarScale::Amplitude;
    } else if (hasOne({"POWER", "POW", "INTENSITY"})) {
        found.scale = RadarScale::Power;
    }
    if (has(parts, "ASCENDING") || has(parts, "ASC")) {
        found.orbit = Orbit::Ascending;
    } else if (has(parts, "DESCENDING") || has(parts, "DESC") || has(parts, "DSC")) {
        found.orbit = Orbit::Descending;
    }
}

/// From some day long ago; NaN when the text is no time.
double minutesOf(const std::string& time) {
    if (!isTime(time)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    using namespace std::chrono;
    const auto number = [&](std::size_t at, std::size_t digits) {
        return std::stoi(time.substr(at, digits));
    };
    const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(4, 2))),
                              day(static_cast<unsigned>(number(6, 2))));
    if (!date.ok()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    constexpr double dayMinutes = 1440;
    return static_cast<double>(sys_days(date).time_since_epoch().count()) * dayMinutes + number(9, 2) * 60 +
           number(11, 2) + number(13, 2) / 60.0;
}

} // namespace

std::string timeInName(const std::string& text) {
    const std::vector<std::string> parts = partsOf(text);
    const auto time = std::find_if(parts.begin(), parts.end(), &isTime);
    return time == parts.end() ? std::string() : time->substr(0, 15);
}

std::vector<std::string> polarizationsIn(const std::string& name) {
    std::vector<std::string> found;
    for (const std::string& part : partsOf(name)) {
        if (part == "VV" || part == "VH" || part == "HH" || part == "HV") {
            found.push_back(part);
        }
    }
    return found;
}

RadarName wordsOf(const std::string& name) {
    RadarName found;
    readWords(partsOf(name), found);
    return found;
}

std::optional<RadarName> radarNameOf(const std::string& name) {
    std::string stem = name;
    for (const char* ending : {".tif", ".tiff", ".img", ".vrt", ".TIF"}) {
        if (stem.ends_with(ending)) {
            stem.resize(stem.size() - std::string(ending).size());
        }
    }
    const std::vector<std::string> parts = partsOf(stem);
    if (parts.empty()) {
        return std::nullopt;
    }
    RadarName found;
    readWords(parts, found);
    found.time = timeInName(stem);
    const bool interferogram = hasCode(parts, "INT");
    found.coherence =
        has(parts, "COH") || has(parts, "COHERENCE") || (interferogram && parts.back() == "CORR");
    if (interferogram) {
        found.maker = "ASF HyP3 InSAR";
        readHyp3Pair(parts, found);
        if (!found.coherence) {
            return std::nullopt; // phase, displacement, incidence angle: nothing that is used
        }
    }
    readHyp3Rtc(parts, found);
    if (found.maker == "ASF HyP3 RTC" && parts.back() != found.polarization) {
        return std::nullopt; // its DEM, layover map, incidence angles
    }
    if (isOperaRtc(parts)) {
        if (parts.back() != found.polarization) {
            return std::nullopt; // its mask, static layers
        }
        found.maker = "OPERA RTC-S1";
        found.piece = parts[4] + parts[5] + parts[6];
        found.radiometry = "gamma0";
        found.scale = RadarScale::Power;
    }
    if (found.maker.empty() &&
        (stem.starts_with("Sigma0_") || stem.starts_with("Gamma0_") || stem.starts_with("coh_"))) {
        found.maker = "SNAP";
        if (!found.coherence && found.scale == RadarScale::Unknown) {
            found.scale = RadarScale::Power;
        }
    }
    if (!found.coherence && found.polarization.empty()) {
        return std::nullopt;
    }
    return found;
}

bool isRadarCompanion(const std::string& name) {
    const std::vector<std::string> parts = partsOf(name);
    if (parts.empty() || radarNameOf(name)) {
        return false;
    }
    return isOperaRtc(parts) ||
           (parts.front().starts_with("S1") && (hasCode(parts, "INT") || hasCode(parts, "RTC")));
}

bool continueEachOther(const RadarName& a, const RadarName& b) {
    constexpr double longestPass = 10; // minutes: what is farther apart is another orbit
    const bool alike = a.maker == b.maker && !a.maker.empty() && a.coherence == b.coherence &&
                       a.polarization == b.polarization && a.radiometry == b.radiometry &&
                       a.scale == b.scale && a.pixels == b.pixels && !a.piece.empty() && a.piece != b.piece;
    if (!alike || a.pair != b.pair) {
        return false;
    }
    return !a.pair.empty() || std::abs(minutesOf(a.time) - minutesOf(b.time)) <= longestPass;
}

bool isSentinel1Original(const std::string& name) {
    // S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8
    std::vector<std::string> parts = partsOf(name);
    while (!parts.empty() && (parts.back() == "SAFE" || parts.back() == "ZIP" || parts.back() == "COG")) {
        parts.pop_back();
    }
    const std::array<std::string, 3> kinds{"GRD", "SLC", "RAW"};
    return parts.size() == 9 && isSentinel1(parts[0]) &&
           std::any_of(kinds.begin(), kinds.end(),
                       [&](const std::string& kind) { return parts[2].starts_with(kind); });
}

Orbit orbitAt(const std::string& time, double longitude, double latitude) {
    constexpr double turning = 75;
    if (!isTime(time) || !(std::abs(latitude) < turning) || !std::isfinite(longitude)) {
        return Orbit::Unknown;
    }
    const double hours =
        (time[9] - '0') * 10 + (time[10] - '0') + ((time[11] - '0') * 10 + (time[12] - '0')) / 60.0;
    double solar = std::fmod(hours + longitude / 15 + 48, 24);
    return solar >= 12 ? Orbit::Ascending : Orbit::Descending;
}

SnapHeader parseSnapHeader(const std::string& xml, const std::string& name) {
    pugi::xml_document document;
    const auto result = document.load_buffer(xml.data(), xml.size());
    if (!result) {
        throw Error("\"" + name + "\" is no sound XML (" + result.description() + " at byte " +
                    std::to_string(result.offset) + "): it is damaged or cut off; make it again with SNAP.");
    }
    const auto attribute = [&](const char* key) {
        const auto node = document.find_node([key](const pugi::xml_node& candidate) {
            return std::string(candidate.name()) == "MDATTR" &&
                   std::string(candidate.attribute("name").value()) == key;
        });
        return trimmed(node.child_value());
    };
    SnapHeader header;
    const std::string pass = upper(attribute("PASS"));
    header.orbit = pass == "ASCENDING"    ? Orbit::Ascending
                   : pass == "DESCENDING" ? Orbit::Descending
                                          : Orbit::Unknown;
    // 09-AUG-2021 17:39:53.018000, or an ISO time.
    const std::string time = upper(attribute("first_line_time"));
    header.time = dayIn(time);
    constexpr std::array<const char*, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                 "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    for (std::size_t i = 0; i < months.size() && header.time.empty(); ++i) {
        if (time.size() >= 11 && time.substr(3, 3) == months.at(i)) {
            const std::string month = (i < 9 ? "0" : "") + std::to_string(i + 1);
            header.time = dayIn(time.substr(7, 4) + month + time.substr(0, 2));
        }
    }
    return header;
}

} // namespace nunatak::scene::products
