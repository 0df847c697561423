// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes are, they are the names in a folder, one a line: each is a band or not, and
// those that are make groups of which each band is there once. They are names of bands in one file as well,
// and the attributes of an EOPF product or one Error.
#include "base/error.h"
#include "scene/products/band_groups.h"
#include "scene/products/eopf_attributes.h"
#include "scene/products/file_names.h"
#include "scene/products/radar_names.h"
#include "scene/products/sentinel2_metadata.h"

#include <cstdint>
#include <cstdlib>
#include <set>
#include <sstream>

namespace {

using namespace nunatak::scene;

void check(bool right) {
    if (!right) {
        std::abort();
    }
}

void checkNames(const SensorBands& bands, std::size_t count) {
    std::set<std::string> names;
    check(bands.bands.size() == bands.names.size() && (bands.question.empty() || bands.bands.empty()));
    for (std::size_t i = 0; i < bands.bands.size(); ++i) {
        check(bands.bands[i] >= 1 && static_cast<std::size_t>(bands.bands[i]) <= count);
        check(names.insert(bands.names[i]).second);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> lines;
    std::istringstream in(text);
    constexpr std::size_t most = 64;
    for (std::string line; lines.size() < most && std::getline(in, line);) {
        lines.push_back(line);
    }
    for (const OpticalSensor told : {OpticalSensor::Unknown, OpticalSensor::Oli, OpticalSensor::Sentinel2}) {
        checkNames(sensorBandsOf(lines, told), lines.size());
    }
    std::vector<products::BandFile> files;
    for (const std::string& line : lines) {
        const std::string name = products::nameOf(line);
        sensorInName(name);
        saysRadar(name);
        check(products::fits(name, "*") && products::fits(name, name));
        products::isSentinel2Metadata(name);
        products::isSentinel2TileMetadata(name);
        check(products::sentinel2TileIn(name).size() % 6 == 0);
        if (const auto band = products::bandFileNameOf(name)) {
            check(!band->band.empty() && (band->date.empty() || band->date.size() == 10));
            files.push_back({line, line, *band});
        }
    }
    for (const products::BandGroup& group : products::grouped(files)) {
        check(!group.files.empty() && !products::patternOf(group).empty());
        std::set<std::string> names;
        for (const auto& [name, file] : products::bandsOf(group).optical) {
            check(names.insert(name).second && file != nullptr);
        }
    }
    try {
        products::parseEopfAttributes(text, ".zattrs");
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
    return 0;
}
