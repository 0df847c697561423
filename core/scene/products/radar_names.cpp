// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/radar_names.h"

#include "base/error.h"
#include "scene/products/numbers.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
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

/// S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_VV: the third part from the end says radiometry and scale.
void readHyp3Rtc(const std::vector<std::string>& parts, RadarName& found) {
    const auto rtc = std::find_if(parts.begin(), parts.end(), [](const std::string& part) {
        return part.size() == 5 && part.starts_with("RTC") &&
               std::isdigit(static_cast<unsigned char>(part[3]));
    });
    if (rtc == parts.end() || parts.end() - rtc < 3 || (rtc + 2)->size() != 6) {
        return;
    }
    const std::string& code = *(rtc + 2);
    found.maker = "ASF HyP3 RTC";
    found.radiometry = code[0] == 'G' ? "gamma0" : code[0] == 'S' ? "sigma0" : "";
    found.scale = code[1] == 'P'   ? RadarScale::Power
                  : code[1] == 'A' ? RadarScale::Amplitude
                  : code[1] == 'D' ? RadarScale::Decibels
                                   : RadarScale::Unknown;
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
    if (has(parts, "DB") || has(parts, "DECIBEL")) {
        found.scale = RadarScale::Decibels;
    } else if (has(parts, "AMPLITUDE")) {
        found.scale = RadarScale::Amplitude;
    }
    if (has(parts, "ASCENDING") || has(parts, "ASC")) {
        found.orbit = Orbit::Ascending;
    } else if (has(parts, "DESCENDING") || has(parts, "DESC") || has(parts, "DSC")) {
        found.orbit = Orbit::Descending;
    }
}

} // namespace

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
    for (const std::string& part : parts) {
        if (found.time.empty() && isTime(part)) {
            found.time = part.substr(0, 15);
        }
    }
    const bool interferogram = std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
        return part.size() == 5 && part.starts_with("INT") &&
               std::isdigit(static_cast<unsigned char>(part[3]));
    });
    found.coherence =
        has(parts, "COH") || has(parts, "COHERENCE") || (interferogram && parts.back() == "CORR");
    if (interferogram) {
        found.maker = "ASF HyP3 InSAR";
        if (!found.coherence) {
            return std::nullopt; // phase, displacement, incidence angle: nothing that is used
        }
    }
    readHyp3Rtc(parts, found);
    if (found.maker == "ASF HyP3 RTC" && parts.back() != found.polarization) {
        return std::nullopt; // its DEM, layover map, incidence angles
    }
    if (parts.front() == "OPERA") {
        found.maker = "OPERA RTC-S1";
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
