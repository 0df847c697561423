// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/band_groups.h"

#include "base/letters.h"
#include "scene/band_names.h"
#include "scene/products/file_names.h"

#include <tuple>

namespace nunatak::scene::products {

namespace {

std::string folderOfFile(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// The folder, but that of the product where it is one of those for each pixel size (R10m, R20m, R60m).
std::string productFolderOf(const std::string& path) {
    const std::string folder = folderOfFile(path);
    const std::string name = lowerCase(nameOf(folder));
    return name == "r10m" || name == "r20m" || name == "r60m" ? folderOfFile(folder) : folder;
}

} // namespace

std::vector<BandGroup> grouped(const std::vector<BandFile>& files) {
    std::map<std::tuple<int, bool, std::string, std::string>, BandGroup> groups;
    for (const BandFile& file : files) {
        const std::string folder = productFolderOf(file.path);
        const bool named = file.name.kind != BandFiles::Plain;
        BandGroup& group = groups[{static_cast<int>(file.name.kind), file.name.surface,
                                   lowerCase(file.name.group), named ? std::string() : folder}];
        if (group.files.empty()) {
            group.first = file.name;
            group.folder = folder;
        }
        group.add(file);
    }
    std::vector<BandGroup> result;
    for (auto& [key, group] : groups) {
        result.push_back(std::move(group));
    }
    return result;
}

std::string patternOf(const BandGroup& group) {
    const BandFile& file = group.files.begin()->second;
    const std::string name = nameOf(file.path);
    const auto at = lowerCase(name).rfind(lowerCase(file.name.band));
    if (at == std::string::npos || group.files.size() == 1) {
        return file.path;
    }
    const bool sizes = group.first.kind == BandFiles::Sentinel2; // _10m and _20m follow
    return group.folder + "/" + name.substr(0, at) + "*" +
           (sizes ? "" : name.substr(at + file.name.band.size()));
}

GroupBands bandsOf(const BandGroup& group) {
    std::vector<const BandFile*> files;
    std::vector<std::string> texts;
    GroupBands result;
    std::map<std::string, const BandFile*> named;
    for (const bool exactly : {true, false}) { // nir before nir08
        for (const auto& [band, file] : group.files) {
            const std::string name = canonicalBand("optical", band);
            if (!name.empty() && isBandName("optical", band) == exactly) {
                named.emplace(name, &file);
            }
        }
    }
    // The near infrared that HLS makes alike on both satellites is Sentinel-2's narrow one (HLS User Guide,
    // table 5).
    const bool narrow = group.first.kind == BandFiles::Hls && group.find("B8A") != nullptr;
    for (const auto& [band, file] : group.files) {
        if (canonicalBand("optical", band).empty() && !(narrow && band == "B08")) {
            files.push_back(&file);
            texts.push_back(band);
        }
    }
    const OpticalSensor told = group.first.sensor != OpticalSensor::Unknown
                                   ? group.first.sensor
                                   : sensorInName(nameOf(group.folder));
    const SensorBands numbers = sensorBandsOf(texts, told);
    if (named.empty()) {
        result.question = numbers.question;
    }
    for (std::size_t i = 0; i < numbers.bands.size(); ++i) {
        named.emplace(numbers.names[i], files[static_cast<std::size_t>(numbers.bands[i]) - 1]);
    }
    for (const std::string_view name : knownBands("optical")) {
        if (const auto found = named.find(std::string(name)); found != named.end()) {
            result.optical.emplace_back(found->first, found->second);
        }
    }
    return result;
}

} // namespace nunatak::scene::products
