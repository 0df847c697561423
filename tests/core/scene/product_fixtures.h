// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/raster/raster_fixtures.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace nunatak::tests {

// Small products with the file names, metadata groups, keys and numbers of real ones. Sources (GitHub
// repository: path):
//   momosea/Landsat-Level-1-MTL-C2toC1: inputs/LE07_L1TP_120038_20210113_20210113_02_RT_MTL.txt,
//     inputs/LC08_L1GT_120038_20210105_20210105_02_RT_MTL.txt
//   stactools-packages/landsat: tests/data-files/tm/LT05_L2SP_010067_19860424_20200918_02_T2_MTL.xml,
//     oli-tirs/LC09_L2SP_010065_20220129_20220131_02_T1_MTL.txt (their Level-1 groups, too),
//     assets2/LC08_L2SR_099120_20191129_20201016_02_T2_MTL.json,
//     mss/LM05_L1GS_001001_19850524_20210918_02_T2_MTL.xml
//   stactools-packages/sentinel2:
//   tests/data-files/S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248.SAFE,
//     S2A_MSIL2A_20221005T115411_N0400_R023_T29UNU_20221005T164454.SAFE (MTD_*.xml, MTD_TL.xml)
//   ASFHyP3/hyp3-docs: docs/guides/rtc_product_guide.md, insar_product_guide.md (file names, pass direction)

using Groups = std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>>;

enum class MtlNotation { Text, Json, Xml };
std::string mtlText(const Groups& groups, MtlNotation notation);

/// A Landsat product in a folder of its name below `parent`.
struct LandsatFixture {
    std::string name;       ///< LT05_L1TP_…
    std::string spacecraft; ///< LANDSAT_5
    std::string sensor;     ///< TM
    std::string level = "L1TP";
    std::string date;
    std::string sunElevation;
    std::map<std::string, std::string> files; ///< end of the file's name by the key's ("B1" by "BAND_1")
    Groups more{};                            ///< groups with the factors
    std::map<std::string, std::string> attributes{}; ///< more of IMAGE_ATTRIBUTES
    MtlNotation notation = MtlNotation::Text;
    std::string crs = "EPSG:32632";
    std::array<double, 6> transform{600000, 30, 0, 5200000, 0, -30};
    int size = 40;
    GDALDataType type = GDT_UInt16;
    /// Number of a pixel by the key, column and row.
    std::function<double(const std::string&, int, int)> number = [](const std::string&, int, int) {
        return 1;
    };
    /// Number in QA_PIXEL.
    std::function<int(int, int)> quality = [](int, int) { return 21824; }; // clear
};

LandsatFixture landsat5();
LandsatFixture landsat7();
LandsatFixture landsat8();
LandsatFixture landsat9Surface();
/// Returns the product's folder.
std::filesystem::path writeLandsat(const std::filesystem::path& parent, const LandsatFixture& fixture);

/// A Sentinel-2 product in a SAFE folder below `parent`: 10 m bands of `size` pixels, 20 m bands of half as
/// many.
struct Sentinel2Fixture {
    std::string name = "S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248";
    std::string granule = "L1C_T46RER_A032448_20210908T043714";
    std::string prefix = "T46RER_20210908T042701";
    std::string level = "Level-1C";
    std::string baseline = "03.01";
    std::string date = "2021-09-08T04:27:01.024Z";
    std::string sunZenith = "26.4931642669439";
    std::string offset{}; ///< of every band; empty: no list
    std::string quantification = "10000";
    bool cloudMask = false;
    int size = 120;
    std::string crs = "EPSG:32646";
    double left = 499980;
    double top = 3100020;
    /// Number of a pixel by band ("B02"), column and row.
    std::function<double(const std::string&, int, int)> number = [](const std::string&, int, int) {
        return 1;
    };
};
Sentinel2Fixture sentinel2Surface();
std::filesystem::path writeSentinel2(const std::filesystem::path& parent, const Sentinel2Fixture& fixture);

/// Packs a folder's contents, with the folder's own name before them where `withFolder`.
void pack(const std::filesystem::path& folder, const std::filesystem::path& archive, bool withFolder);
/// An archive of one small file of that name, however bad it is.
void packOne(const std::filesystem::path& archive, const std::string& name);

void writeText(const std::filesystem::path& file, const std::string& text);

} // namespace nunatak::tests
