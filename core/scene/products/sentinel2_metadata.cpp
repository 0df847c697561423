// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/sentinel2_metadata.h"

#include "base/error.h"
#include "base/letters.h"
#include "scene/products/numbers.h"

#include <pugixml.hpp>

#include <algorithm>
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

/// The images of one granule: IMAGE_FILE is a path in the product, IMAGE_ID a name in the granule's folder.
void readGranule(Sentinel2Metadata& metadata, std::map<std::string, int>& sizes,
                 const pugi::xml_node& granule, const std::string& name) {
    const bool tiff = std::string(granule.attribute("imageFormat").value()) == "GeoTIFF";
    for (const auto& image : granule.children()) {
        const std::string kind = image.name();
        std::string path = trimmed(image.child_value());
        if (!kind.starts_with("IMAGE_") || path.empty()) {
            continue;
        }
        if (kind.starts_with("IMAGE_ID")) {
            path = "GRANULE/" + metadata.granule + "/IMG_DATA/" + path;
        }
        if (path.starts_with('/') || path.find("..") != std::string::npos) {
            throw Error("\"" + name + "\" names an image outside of its product (" + path +
                        "); it is damaged: download it again.");
        }
        takeImage(metadata, sizes, path, tiff ? ".tif" : ".jp2");
    }
}

std::string identifierOf(const pugi::xml_node& granule) {
    return trimmed(granule.attribute("granuleIdentifier").value());
}

/// Says which tiles there are, and how to give one.
Error severalTiles(const std::vector<std::string>& granules, const std::string& name) {
    std::string tiles;
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < std::min(granules.size(), most); ++i) {
        const std::string tile = sentinel2TileIn(granules[i]);
        tiles += (i > 0 ? ", " : "") + (tile.empty() ? granules[i] : tile);
    }
    return Error(
        "\"" + name + "\" is of a Sentinel-2 product with several tiles (" + tiles +
        (granules.size() > most ? ", …" : "") +
        "), as they were made until 2016; a scene is one of them: give the folder of one, such as GRANULE/" +
        granules.front() + " in the product.");
}

void readImages(Sentinel2Metadata& metadata, const pugi::xml_node& root, const std::string& name,
                const std::string& chosen) {
    pugi::xml_node organisation = found(root, "Product_Organisation");
    if (!organisation) {
        organisation = found(root, "L2A_Product_Organisation"); // as Sen2Cor wrote it until 2018
    }
    std::vector<std::string> granules;
    std::vector<pugi::xml_node> nodes;
    for (const auto& list : organisation.children("Granule_List")) {
        for (const auto& granule : list.children()) {
            const std::string identifier = identifierOf(granule);
            const bool isNew = std::find(granules.begin(), granules.end(), identifier) == granules.end();
            if (granule.type() == pugi::node_element && (isNew || identifier.empty())) {
                granules.push_back(identifier);
                nodes.push_back(granule);
            }
        }
    }
    std::size_t place = 0;
    if (granules.size() > 1) {
        const std::string tile = sentinel2TileIn(chosen);
        const auto same = std::find_if(granules.begin(), granules.end(), [&](const std::string& granule) {
            return !chosen.empty() &&
                   (granule == chosen || (!tile.empty() && sentinel2TileIn(granule) == tile));
        });
        if (same == granules.end()) {
            throw severalTiles(granules, name);
        }
        place = static_cast<std::size_t>(same - granules.begin());
    }
    if (!granules.empty()) {
        metadata.granule = granules[place];
        if (metadata.granule.find('/') != std::string::npos ||
            metadata.granule.find("..") != std::string::npos) {
            throw Error("\"" + name + "\" names a tile outside of its product (" + metadata.granule +
                        "); it is damaged: download it again.");
        }
        std::map<std::string, int> sizes;
        for (const auto& list : organisation.children("Granule_List")) {
            for (const auto& granule : list.children()) {
                if (granule == nodes[place] ||
                    (!metadata.granule.empty() && identifierOf(granule) == metadata.granule)) {
                    readGranule(metadata, sizes, granule, name);
                }
            }
        }
    }
    if (metadata.images.empty()) {
        throw Error("\"" + name +
                    "\" names no images; it is damaged or cut off: download the product again.");
    }
}

/// S2A_OPER_… and the like.
bool isOldName(const std::string& name, const std::array<const char*, 2>& parts) {
    return name.size() > 9 && name.starts_with("S2") && name[3] == '_' && name.ends_with(".xml") &&
           (name.substr(4, 5) == "OPER_" || name.substr(4, 5) == "USER_") &&
           std::any_of(parts.begin(), parts.end(),
                       [&](const char* part) { return name.find(part) != std::string::npos; });
}

} // namespace

bool isSentinel2Metadata(const std::string& fileName) {
    const std::string text = lowerCase(fileName);
    return text == "mtd_msil1c.xml" || text == "mtd_msil2a.xml" ||
           isOldName(fileName, {"_MTD_SAFL1C_", "_MTD_SAFL2A_"});
}

bool isSentinel2TileMetadata(const std::string& fileName) {
    return lowerCase(fileName) == "mtd_tl.xml" || isOldName(fileName, {"_MTD_L1C_TL_", "_MTD_L2A_TL_"});
}

std::string sentinel2TileIn(const std::string& name) {
    constexpr std::size_t length = 6; // T32TPS
    const auto letter = [&](std::size_t i) { return name[i] >= 'A' && name[i] <= 'Z'; };
    const auto digit = [&](std::size_t i) { return name[i] >= '0' && name[i] <= '9'; };
    for (std::size_t at = 0; at + length <= name.size(); ++at) {
        const bool starts = at == 0 || name[at - 1] == '_' || name[at - 1] == '/';
        const bool ends = at + length == name.size() || name[at + length] == '_' || name[at + length] == '.';
        if (starts && ends && name[at] == 'T' && digit(at + 1) && digit(at + 2) && letter(at + 3) &&
            letter(at + 4) && letter(at + 5)) {
            return name.substr(at, length);
        }
    }
    return {};
}

Sentinel2Metadata parseSentinel2(const std::string& xml, const std::string& name,
                                 const std::string& granule) {
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
    metadata.uri =
        textOf(root, metadata.surface && !found(root, "PRODUCT_URI") ? "PRODUCT_URI_2A" : "PRODUCT_URI");
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
    readImages(metadata, root, name, granule);
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
