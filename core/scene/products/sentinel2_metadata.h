// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene::products {

/// What the metadata of a Sentinel-2 product (MTD_MSIL1C.xml, MTD_MSIL2A.xml) say that is needed here.
struct Sentinel2Metadata {
    std::string uri;        ///< S2A_MSIL1C_….SAFE
    std::string spacecraft; ///< "Sentinel-2A"
    std::string baseline;   ///< "04.00"
    std::string date;       ///< ISO day of the start
    std::string time;       ///< of the start, UTC
    bool surface = false;   ///< Level-2A
    double quantification = 0;
    std::map<std::string, double> offsets; ///< by the band's name ("B02"); empty before baseline 04.00
    std::string granule; ///< of the tile, as the metadata call it: L1C_T46RER_A032448_20210908T043714
    /// Images by band ("B02"; the finest there is), relative to the product and with their ending; Level-2A's
    /// scene classification as "SCL".
    std::map<std::string, std::string> images;
};

/// Reads the metadata of Level-1C or 2A, in the layout of today or of 2015 and 2016 (ESA, Sentinel-2 Products
/// Specification Document, version 13 and 14: Granules with IMAGE_ID instead of Granule with IMAGE_FILE).
/// `name` is the file's, for messages; `granule` the folder of one tile, where the product has several.
/// Throws Error: no such metadata, damaged, a number that does not parse, several tiles and none chosen, a
/// baseline with offsets that lacks them.
Sentinel2Metadata parseSentinel2(const std::string& xml, const std::string& name,
                                 const std::string& granule = {});

/// MTD_MSIL1C.xml, MTD_MSIL2A.xml; S2A_OPER_MTD_SAFL1C_….xml, S2A_USER_MTD_SAFL2A_….xml as they were until
/// 2016.
bool isSentinel2Metadata(const std::string& fileName);
/// MTD_TL.xml, S2A_OPER_MTD_L1C_TL_….xml: the metadata of one tile, which lie in its granule's folder.
bool isSentinel2TileMetadata(const std::string& fileName);
/// "T32TPS" in the name of a granule or an image; empty where there is none.
std::string sentinel2TileIn(const std::string& name);

/// What the metadata of its tile (MTD_TL.xml) say.
struct Sentinel2Tile {
    std::optional<double> sunZenith;  ///< degrees, mean
    std::optional<double> sunAzimuth; ///< degrees, mean
    std::string cloudMask; ///< MSK_CLASSI_B00.jp2 relative to the product; empty before baseline 04.00
};

/// Throws Error when it is damaged.
Sentinel2Tile parseSentinel2Tile(const std::string& xml, const std::string& name);

} // namespace nunatak::scene::products
