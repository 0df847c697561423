// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/radar_containers.h"

#include "base/error.h"
#include "raster/raster_parts.h"
#include "scene/products/product_folder.h"
#include "scene/products/radar.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <iterator>
#include <sstream>
#include <vector>

namespace nunatak::scene::products {

namespace {

std::vector<std::string> splitAt(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) {
        parts.push_back(part);
    }
    return parts;
}

/// NISAR_L2_PR_GCOV_015_147_A_175_2005_DHDH_A_20260320T104408_…: the fourth part says what it is, the seventh
/// the direction, the eighth the frame.
bool isNisar(const std::string& name) {
    return name.starts_with("NISAR_L");
}
constexpr std::size_t nisarKind = 3;
constexpr std::size_t nisarDirection = 6;
constexpr std::size_t nisarFrame = 7;

/// S1-GUNW-A-R-072-tops-20230520_20220618-145958-00044E_00030N-PP-ab21-v2_0_6.nc
bool isAria(const std::string& name) {
    return name.starts_with("S1-GUNW-");
}

Orbit orbitOfLetter(const std::string& letter) {
    return letter == "A" ? Orbit::Ascending : letter == "D" ? Orbit::Descending : Orbit::Unknown;
}

void readNisarName(const std::string& name, RadarName& found) {
    const auto parts = splitAt(name, '_');
    if (parts.size() <= nisarFrame) {
        return;
    }
    found.maker = "NISAR " + parts[nisarKind];
    found.orbit = orbitOfLetter(parts[nisarDirection]);
    found.time = timeInName(name);
    found.piece = parts[nisarFrame] + found.time;
    std::vector<std::string> times; // of one acquisition begin and end, of a pair those of both
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(times),
                 [](const std::string& part) { return !timeInName(part).empty(); });
    constexpr std::size_t secondBegins = 2;
    if (parts[nisarKind] == "GUNW" && times.size() > secondBegins) {
        found.pair = times[0].substr(0, 8) + "_" + times[secondBegins].substr(0, 8);
    }
}

void readAriaName(const std::string& name, RadarName& found) {
    const auto parts = splitAt(name, '-');
    constexpr std::size_t pair = 6;
    if (parts.size() <= pair + 2) {
        return;
    }
    found.maker = "ARIA S1-GUNW";
    found.orbit = orbitOfLetter(parts[2]);
    found.pair = parts[pair];
    found.piece = parts[pair + 1] + parts[pair + 2];
}

/// The first of the endings that one of the rasters has; empty when there is none.
std::string firstOf(const std::vector<raster::RasterPart>& parts, const std::vector<std::string>& endings) {
    for (const std::string& ending : endings) {
        const auto found = std::find_if(parts.begin(), parts.end(), [&](const raster::RasterPart& part) {
            return part.path.ends_with(ending);
        });
        if (found != parts.end()) {
            return found->path;
        }
    }
    return {};
}

/// Endings "…/grids/frequencyA/HHHH" in the order in which they are preferred.
std::vector<std::string> covariances(std::initializer_list<const char*> terms) {
    std::vector<std::string> endings;
    for (const char* frequency : {"A", "B"}) {
        for (const char* term : terms) {
            endings.push_back(std::string("/GCOV/grids/frequency") + frequency + "/" + term);
        }
    }
    return endings;
}

std::vector<std::string> wantedOf(const std::vector<raster::RasterPart>& parts, const std::string& kind) {
    std::vector<std::string> wanted;
    if (kind == "GCOV") {
        wanted = {firstOf(parts, covariances({"VVVV", "HHHH"})),
                  firstOf(parts, covariances({"VHVH", "HVHV"}))};
    } else if (kind == "GUNW") {
        const std::string group = "/GUNW/grids/frequencyA/unwrappedInterferogram/";
        wanted = {firstOf(parts, {group + "VV/coherenceMagnitude", group + "HH/coherenceMagnitude"})};
    } else {
        wanted = {firstOf(parts, {"/science/grids/data/coherence"})};
    }
    std::erase(wanted, std::string());
    return wanted;
}

} // namespace

bool isRadarContainer(const std::string& name) {
    return (isNisar(name) && (endsWith(name, ".h5") || endsWith(name, ".nc"))) ||
           (isAria(name) && endsWith(name, ".nc"));
}

std::optional<RadarName> containedRadarName(const std::string& path) {
    const auto nisar = path.find("NISAR_L");
    const auto aria = path.find("S1-GUNW-");
    const auto begin = std::min(nisar, aria);
    const auto end = begin == std::string::npos ? begin : path.find_first_of("/\":", begin);
    if (end == std::string::npos) {
        return std::nullopt;
    }
    RadarName found;
    const std::string name = path.substr(begin, end - begin);
    aria < nisar ? readAriaName(name, found) : readNisarName(name, found);
    const auto groups = splitAt(path.substr(end), '/');
    const std::string variable = groups.empty() ? "" : groups.back();
    if (variable == "coherenceMagnitude" || variable == "coherence") {
        found.coherence = true;
        found.polarization =
            variable == "coherenceMagnitude" && groups.size() > 1 ? groups[groups.size() - 2] : "";
        return found;
    }
    const std::string first = variable.substr(0, 2);
    const bool isPower = variable.size() == 4 && first == variable.substr(2) &&
                         (first == "HH" || first == "HV" || first == "VH" || first == "VV");
    if (!isPower) {
        return std::nullopt; // masks, mixed terms, factors
    }
    found.polarization = first;
    found.radiometry = "gamma0"; // a factor to sigma0 lies beside it
    found.scale = RadarScale::Power;
    return found;
}

Product openRadarContainer(const std::string& file, const std::string& given) {
    const std::string name = nameOf(file);
    const auto parts = splitAt(name, '_');
    const std::string kind = isAria(name) ? "ARIA" : parts.size() > nisarKind ? parts[nisarKind] : "";
    if (kind != "ARIA" && kind != "GCOV" && kind != "GUNW") {
        throw Error("\"" + file + "\" is a NISAR " + (kind.empty() ? "product" : kind) +
                    ", which the program does not use: backscatter comes from GCOV, coherence from GUNW.");
    }
    const auto wanted = wantedOf(raster::rasterParts("NETCDF:\"" + file + "\""), kind);
    if (wanted.empty()) {
        throw Error("\"" + file + "\" holds no " +
                    (kind == "GCOV" ? "backscatter (HHHH, HVHV …)" : "coherence") +
                    " where such products have it; it may be cut off: download it again.");
    }
    Product product;
    product.given = given;
    for (const std::string& path : wanted) {
        auto part = openRadar(path, given);
        if (!part) {
            continue;
        }
        product.date = part->date;
        product.kind = part->kind;
        product.rasters.insert(product.rasters.end(), part->rasters.begin(), part->rasters.end());
        product.notes.insert(product.notes.end(), part->notes.begin(), part->notes.end());
    }
    product.name = name;
    if (kind != "ARIA") {
        product.notes.push_back(name + ": L band (24 cm); the published models learnt from C band (6 cm) of "
                                       "Sentinel-1.");
    }
    return product;
}

} // namespace nunatak::scene::products
