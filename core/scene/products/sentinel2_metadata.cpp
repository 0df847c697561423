// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/sentinel2_metadata.h"

#include "base/error.h"
#include "scene/products/numbers.h"

#include <pugixml.hpp>

#include <array>

namespace nunatak::scene::products {

namespace {

/// The bands in the order of their numbers in the metadata.
constexpr std::array<const char*, 13> bandOrder{"B01", "B02", "B03", "B04", "B05", "B06", "B07",
                                                "B08", "B8A", "B09", "B10", "B11", "B12"};

/// The first element of that name, wherever it stands and whatever its namespace.
pugi::xml_node found(const pugi::xml_node& root, const char* name) {
    return root.find_node([name](const pugi::xml_node& node) {
        const std::string full = node.name();
        const auto colon = full.find(':');
        return (colon == std::string::npos ? full : full.substr(colon + 1)) == name;
    });
}

std::string textOf(const pugi::xml_node& root, const char* name) {
    return trimmed(found(root, name).child_value());
}

pugi::xml_node load(pugi::xml_document& document, const std::string& xml, const std::string& name) {
    const auto result = document.load_buffer(xml.data(), xml.size());
    if (!result) {
        throw Error("\"" + name + "\" is no sound XML (" + result.description() + " at byte " +
                    std::to_string(result.offset) + "): it is damaged or cut off; download it again.");
    }
    return document.document_element();
}

double number(const std::string& text, const char* what, const std::string& name) {
    const auto value = numberIn(trimmed(text));
    if (!value) {
        throw Error("\"" + name + "\" says " + what + " = \"" + text +
                    "\", which is no number; it is damaged: download it again.");
    }
    return *value;
}

void readOffsets(Sentinel2Metadata& metadata, const pugi::xml_node& root, const std::string& name) {
    const char* list = metadata.surface ? "BOA_ADD_OFFSET_VALUES_LIST" : "Radiometric_Offset_List";
    const char* item = metadata.surface ? "BOA_ADD_OFFSET" : "RADIO_ADD_OFFSET";
    for (const auto& node : found(root, list).children(item)) {
        const double band = number(node.attribute("band_id").value(), "band_id", name);
        if (!(band >= 0 && band < static_cast<double>(bandOrder.size()))) {
            throw Error("\"" + name + "\" has an offset for the band " + node.attribute("band_id").value() +
                        ", which Sentinel-2 has not; it is damaged: download it again.");
        }
        metadata.offsets[bandOrder.at(static_cast<std::size_t>(band))] =
            number(node.child_value(), item, name);
    }
    // Baseline 04.00 brought the offset: without it each reflectance would be 0.1 too large.
    const auto baseline = numberIn(metadata.baseline);
    if (baseline && *baseline >= 4 && metadata.offsets.empty()) {
        throw Error("\"" + name + "\" is of processing baseline " + metadata.baseline + " but has no " +
                    item + "; it is damaged: download it again.");
    }
}

/// GRANULE/…/T32TPS_20210908T042701_B02_10m → B02 and 10; Level-1C names no size.
void takeImage(Sentinel2Metadata& metadata, std::map<std::string, int>& sizes, std::string path,
               const std::string& ending) {
    if (path.ends_with(ending)) {
        path.resize(path.size() - ending.size());
    }
    int size = 0;
    std::string stem = path;
    for (const int metres : {10, 20, 60}) {
        const std::string suffix = "_" + std::to_string(metres) + "m";
        if (stem.ends_with(suffix)) {
            size = metres;
            stem.resize(stem.size() - suffix.size());
        }
    }
    const auto underscore = stem.rfind('_');
    if (underscore == std::string::npos) {
        return;
    }
    const std::string band = stem.substr(underscore + 1);
    if (const auto known = sizes.find(band); known == sizes.end() || size < known->second) {
        sizes[band] = size;
        metadata.images[band] = path + ending;
    }
}

void readImages(Sentinel2Metadata& metadata, const pugi::xml_node& root, const std::string& name) {
    int granules = 0;
    std::map<std::string, int> sizes;
    for (const auto& list : found(root, "Product_Organisation").children("Granule_List")) {
        for (const auto& granule : list.children()) {
            if (++granules > 1) {
                throw Error("\"" + name +
                            "\" is of a product with several tiles, as they were made until 2016; "
                            "download the tile alone.");
            }
            const bool tiff = std::string(granule.attribute("imageFormat").value()) == "GeoTIFF";
            for (const auto& image : granule.children("IMAGE_FILE")) {
                const std::string path = trimmed(image.child_value());
                if (path.starts_with('/') || path.find("..") != std::string::npos) {
                    throw Error("\"" + name + "\" names an image outside of its product (" + path +
                                "); it is damaged: download it again.");
                }
                takeImage(metadata, sizes, path, tiff ? ".tif" : ".jp2");
            }
        }
    }
    if (metadata.images.empty()) {
        throw Error("\"" + name +
                    "\" names no images; it is damaged or older than the compact products of "
                    "December 2016: download the product again.");
    }
}

} // namespace

Sentinel2Metadata parseSentinel2(const std::string& xml, const std::string& name) {
    pugi::xml_document document;
    const pugi::xml_node root = load(document, xml, name);
    Sentinel2Metadata metadata;
    const std::string level = textOf(root, "PROCESSING_LEVEL"); // Level-1C, Level-2A, Level-2Ap
    if (level.starts_with("Level-2A")) {
        metadata.surface = true;
    } else if (level != "Level-1C") {
        throw Error("\"" + name + "\" is of no Level-1C or Level-2A product of Sentinel-2" +
                    (level.empty() ? "" : " but of " + level) + "; download one of those.");
    }
    metadata.uri = textOf(root, "PRODUCT_URI");
    metadata.spacecraft = textOf(root, "SPACECRAFT_NAME");
    metadata.baseline = textOf(root, "PROCESSING_BASELINE");
    const std::string start = textOf(root, "PRODUCT_START_TIME"); // 2021-09-08T04:27:01.024Z
    metadata.date = dayIn(start);
    if (const auto day = start.find('T'); day != std::string::npos) {
        metadata.time = timeIn(std::string_view(start).substr(day + 1));
    }
    std::string quantification =
        textOf(root, metadata.surface ? "BOA_QUANTIFICATION_VALUE" : "QUANTIFICATION_VALUE");
    if (quantification.empty() && metadata.surface) {
        quantification = textOf(root, "L2A_BOA_QUANTIFICATION_VALUE"); // as Sen2Cor wrote it until 2018
    }
    metadata.quantification = number(quantification, "QUANTIFICATION_VALUE", name);
    if (!(metadata.quantification >= 1)) {
        throw Error("\"" + name + "\" says that its numbers are divided by " + quantification +
                    " to become reflectance; it is damaged: download it again.");
    }
    readOffsets(metadata, root, name);
    readImages(metadata, root, name);
    return metadata;
}

Sentinel2Tile parseSentinel2Tile(const std::string& xml, const std::string& name) {
    pugi::xml_document document;
    const pugi::xml_node root = load(document, xml, name);
    Sentinel2Tile tile;
    const pugi::xml_node sun = found(root, "Mean_Sun_Angle");
    tile.sunZenith = numberIn(trimmed(sun.child("ZENITH_ANGLE").child_value()));
    tile.sunAzimuth = numberIn(trimmed(sun.child("AZIMUTH_ANGLE").child_value()));
    const pugi::xml_node mask = root.find_node([](const pugi::xml_node& node) {
        return std::string(node.name()) == "MASK_FILENAME" &&
               std::string(node.attribute("type").value()) == "MSK_CLASSI";
    });
    tile.cloudMask = trimmed(mask.child_value());
    if (tile.cloudMask.starts_with('/') || tile.cloudMask.find("..") != std::string::npos) {
        tile.cloudMask.clear();
    }
    return tile;
}

} // namespace nunatak::scene::products
