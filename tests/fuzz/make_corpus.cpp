// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what the fuzzers start from into a folder for each below FOLDER: sound files, small.
#include "models/manifest.h"
#include "models/safetensors.h"
#include "models/weight_layout.h"

#include <cstdio>
#include <exception>
#include <fstream>

using namespace nunatak;
namespace fs = std::filesystem;

namespace {

void makeTensors(const fs::path& folder) {
    models::writeSafetensors({}, {}, folder / "empty");
    models::writeSafetensors({{"w", {{2, 1}, {1, -1}}}, {"b", {{}, {0.5f}}}, {"none", {{0, 3}, {}}}},
                             {{"format", "nunatak-model"}}, folder / "three");
}

void makeManifests(const fs::path& folder) {
    models::Manifest manifest;
    manifest.name = "seed";
    manifest.network.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}}};
    manifest.scaling = models::Manifest::publishedScaling(manifest.network.features);
    manifest.requiredFeatures = {"optical"};
    manifest.metrics = {{"validation_iou", 0.9}};
    models::writeManifest(manifest, folder / "global");
    manifest.network.location = 12;
    manifest.strategy = models::Strategy::RegionEncoding;
    manifest.regions.assign(12, "ALP");
    manifest.bfloat16 = {0.9995, 0.001, 12, "validation tiles", true};
    manifest.calibrations = {
        {models::Calibration::Method::Isotonic, {0, 1}, {0.5, 1}, 1, "plain", 0.5, 30, 0.1, 0.01, "seed"},
        {models::Calibration::Method::KernelRidge, {0.5}, {0.25}, 1, "tta", 0.5, 30, 0.1, 0.01, "seed"}};
    models::writeManifest(manifest, folder / "regions");
    manifest.network.architecture = "resunet";
    manifest.network.deepSupervision = false;
    models::writeManifest(manifest, folder / "resunet");
}

void makeCalibrations(const fs::path& folder) {
    std::ofstream(folder / "column") << R"({"X_fit_": [[0], [1]], "dual_coef_": [0.5, 0.25], "gamma": null})";
    std::ofstream(folder / "row") << R"({"X_fit_": [0.5], "dual_coef_": [[1e-3]], "kernel": "laplacian"})";
}

void makeLandsat(const fs::path& folder) {
    std::ofstream(folder / "text") << R"(GROUP = LANDSAT_METADATA_FILE
  GROUP = PRODUCT_CONTENTS
    LANDSAT_PRODUCT_ID = "LT05_L1TP_X"
    PROCESSING_LEVEL = "L1TP"
    FILE_NAME_BAND_1 = "B1.TIF"
    FILE_NAME_BAND_2 = "B2.TIF"
    FILE_NAME_BAND_3 = "B3.TIF"
    FILE_NAME_BAND_4 = "B4.TIF"
    FILE_NAME_BAND_5 = "B5.TIF"
    FILE_NAME_BAND_6 = "B6.TIF"
    FILE_NAME_BAND_7 = "B7.TIF"
    FILE_NAME_QUALITY_L1_PIXEL = "QA_PIXEL.TIF"
  END_GROUP = PRODUCT_CONTENTS
  GROUP = IMAGE_ATTRIBUTES
    SPACECRAFT_ID = "LANDSAT_5"
    SENSOR_ID = "TM"
    DATE_ACQUIRED = 1986-04-24
    SUN_ELEVATION = 46.93006922
  END_GROUP = IMAGE_ATTRIBUTES
  GROUP = LEVEL1_RADIOMETRIC_RESCALING
    RADIANCE_MULT_BAND_6 = 5.5375E-02
    RADIANCE_ADD_BAND_6 = 1.18243
    REFLECTANCE_MULT_BAND_1 = 1.0977E-03
    REFLECTANCE_ADD_BAND_1 = -0.003583
    REFLECTANCE_MULT_BAND_2 = 2.3892E-03
    REFLECTANCE_ADD_BAND_2 = -0.007521
    REFLECTANCE_MULT_BAND_3 = 2.2270E-03
    REFLECTANCE_ADD_BAND_3 = -0.004723
    REFLECTANCE_MULT_BAND_4 = 2.6955E-03
    REFLECTANCE_ADD_BAND_4 = -0.007342
    REFLECTANCE_MULT_BAND_5 = 1.8251E-03
    REFLECTANCE_ADD_BAND_5 = -0.007436
    REFLECTANCE_MULT_BAND_7 = 2.5335E-03
    REFLECTANCE_ADD_BAND_7 = -0.008331
  END_GROUP = LEVEL1_RADIOMETRIC_RESCALING
  GROUP = LEVEL1_THERMAL_CONSTANTS
    K1_CONSTANT_BAND_6 = 607.76
    K2_CONSTANT_BAND_6 = 1260.56
  END_GROUP = LEVEL1_THERMAL_CONSTANTS
END_GROUP = LANDSAT_METADATA_FILE
END
)";
    std::ofstream(folder / "json")
        << R"({"LANDSAT_METADATA_FILE": {"IMAGE_ATTRIBUTES": {"SENSOR_ID": "OLI_TIRS", "SUN_ELEVATION": "31.3"}}})";
    std::ofstream(folder / "xml") << "<LANDSAT_METADATA_FILE><PRODUCT_CONTENTS><PROCESSING_LEVEL>L2SP"
                                     "</PROCESSING_LEVEL></PRODUCT_CONTENTS></LANDSAT_METADATA_FILE>";
}

void makeSentinel(const fs::path& folder) {
    std::ofstream(folder / "level1c")
        << "<n1:Level-1C_User_Product><n1:General_Info><Product_Info><PRODUCT_START_TIME>2022-02-28T10:28:49."
           "024Z"
           "</PRODUCT_START_TIME><PROCESSING_LEVEL>Level-1C</PROCESSING_LEVEL><PROCESSING_BASELINE>04.00"
           "</PROCESSING_BASELINE><Product_Organisation><Granule_List><Granule "
           "imageFormat=\"JPEG2000\"><IMAGE_FILE>"
           "GRANULE/G/IMG_DATA/T31TFJ_20220228T102849_B02</IMAGE_FILE></Granule></Granule_List></"
           "Product_Organisation>"
           "</Product_Info><Product_Image_Characteristics><QUANTIFICATION_VALUE unit=\"none\">10000"
           "</QUANTIFICATION_VALUE><Radiometric_Offset_List><RADIO_ADD_OFFSET "
           "band_id=\"1\">-1000</RADIO_ADD_OFFSET>"
           "</Radiometric_Offset_List></Product_Image_Characteristics></n1:General_Info></"
           "n1:Level-1C_User_Product>";
    std::ofstream(folder / "level2a")
        << "<n1:Level-2A_User_Product><PROCESSING_LEVEL>Level-2A</"
           "PROCESSING_LEVEL><Product_Organisation><Granule_List>"
           "<Granule><IMAGE_FILE>GRANULE/G/IMG_DATA/R10m/T_B02_10m</IMAGE_FILE></Granule></Granule_List>"
           "</Product_Organisation><BOA_QUANTIFICATION_VALUE>10000</BOA_QUANTIFICATION_VALUE>"
           "<BOA_ADD_OFFSET_VALUES_LIST><BOA_ADD_OFFSET band_id=\"1\">-1000</BOA_ADD_OFFSET>"
           "</BOA_ADD_OFFSET_VALUES_LIST></n1:Level-2A_User_Product>";
    std::ofstream(folder / "old")
        << "<n1:Level-1C_User_Product><PROCESSING_LEVEL>Level-1C</"
           "PROCESSING_LEVEL><Product_Organisation><Granule_List>"
           "<Granules "
           "granuleIdentifier=\"S2A_OPER_MSI_L1C_TL_EPA__20150829T140530_A000963_T32TPS_N02.04\"><IMAGE_ID>"
           "S2A_OPER_MSI_L1C_TL_EPA__20150829T140530_A000963_T32TPS_B02</IMAGE_ID></Granules></Granule_List>"
           "</Product_Organisation><QUANTIFICATION_VALUE>10000</QUANTIFICATION_VALUE></"
           "n1:Level-1C_User_Product>";
    std::ofstream(folder / "tile")
        << "<n1:Tile><Mean_Sun_Angle><ZENITH_ANGLE>26.5</ZENITH_ANGLE></Mean_Sun_Angle>"
           "<MASK_FILENAME type=\"MSK_CLASSI\">GRANULE/G/MSK_CLASSI_B00.jp2"
           "</MASK_FILENAME></n1:Tile>";
    std::ofstream(folder / "snap")
        << "<Dimap_Document><MDATTR name=\"PASS\">DESCENDING</MDATTR><MDATTR "
           "name=\"first_line_time\">09-AUG-2021 17:39:53.018</MDATTR></Dimap_Document>";
    std::ofstream(folder / "hyp3") << "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_VV.tif";
    std::ofstream(folder / "grd")
        << "S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8.SAFE";
}

void makeDates(const fs::path& folder) {
    std::ofstream(folder / "inventories")
        << "20030730\n20039999\n-9999999\n2003-07-30T10:20:30+02:00\n2003-08";
    std::ofstream(folder / "national") << "13-08-2003\n05/08/2003\n20.8.2003\nAug 2003\n2003-211";
}

void makeNames(const fs::path& folder) {
    std::ofstream(folder / "latin") << "\x02Storglaci\xE4ren\nPal\xFC\nPlain";
    std::ofstream(folder / "utf8") << std::string(1, '\0') +
                                          "Storglaci\xC3\xA4ren\nname=Glacier\ndate=d:day-first";
    std::ofstream(folder / "cyrillic") << "\x03\xC0\xEB\xE8\nnewest\n2015-08";
}

void makeListings(const fs::path& folder) {
    std::ofstream(folder / "hls")
        << "HLS.L30.T11UMT.2020229T183906.v2.0.B02.tif\nHLS.L30.T11UMT.2020229T183906.v2.0.Fmask."
           "tif\nplace_2020253_B8A_S30.tif\nplace_2020253_B11_S30.tif\n";
    std::ofstream(folder / "sentinel")
        << "T32TPS_20200822T101559_B04_10m.jp2\nT32TPS_20200822T101559_B8A_20m.jp2\nS2A_OPER_MSI_L1C_TL_EPA__"
           "20160815T031336_A000462_T34UEV_B08.jp2\nS2A_32TPS_20200822_0_L2A_nir08.tif\nS2A_OPER_MTD_SAFL1C_"
           "PDMC_"
           "20150829T193202.xml\n";
    std::ofstream(folder / "landsat")
        << "LC08_L2SP_193027_20200822_20200905_02_T1_SR_B4.TIF\nLC08_L2SP_193027_20200822_"
           "20200905_02_T1_QA_PIXEL.TIF\n";
    std::ofstream(folder / "bands")
        << "SR_B1\nSR_B6\nB8A\nB6_VCID_1\nST_B10\nB4, central wavelength 665 nm\n";
    std::ofstream(folder / "plain")
        << "/a/R10m/B02.tif\n/a/R20m/B11.tif\n/b/red.tif\n/b/nir.tif\n/b/nir08.tif\n";
    std::ofstream(folder / "eopf") << R"({"stac_discovery": {"id": "S2A", "properties": {"datetime":
        "2025-04-15T09:40:41Z"}}, "_eopf_attrs": {"scale_factor": 0.0001, "add_offset": -0.1}})";
}

void makeGeoJson(const fs::path& folder) {
    std::ofstream(folder / "two")
        << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{
"rgi_id":"RGI2000-v7.0-G-11-00001","glac_name":"Aa","src_date":"2003-08-13T00:00:00","area_km2":1.5,"n":null,"b":true},
"geometry":{"type":"Polygon","coordinates":[[[10,47],[10.01,47],[10.01,47.01],[10,47]],
[[10.002,47.001],[10.004,47.001],[10.004,47.002],[10.002,47.001]]]}},
{"type":"Feature","id":7,"properties":{"line_type":"intrnl_rock"},"geometry":{"type":"MultiPolygon",
"coordinates":[[[[11,47],[11.01,47],[11.01,47.01],[11,47]]]]}}]})";
}

/// A table of dBASE III: three records of a text, a number, a day and a yes.
void makeTables(const fs::path& folder) {
    std::string table("\x03\x67\x01\x01\x03\x00\x00\x00\xA1\x00\x22\x00", 12);
    table.resize(32, '\0');
    const auto field = [&](std::string name, char type, char width, char decimals) {
        name.resize(11, '\0');
        table += name + type + std::string(4, '\0') + width + decimals + std::string(14, '\0');
    };
    field("RGIID", 'C', 14, 0);
    field("AREA", 'N', 10, 3);
    field("SRC_DATE", 'D', 8, 0);
    field("OK", 'L', 1, 0);
    table += '\r';
    for (const char* record : {" RGI60-11.0001      1.500"
                               "20030813T",
                               " RGI60-11.0002           "
                               "        F",
                               " RGI60-11.0003     -9.999"
                               "00000000?"}) {
        table += record;
    }
    std::ofstream(folder / "three", std::ios::binary) << table << '\x1A';
}

} // namespace

int main(int argc, char** argv) {
    try {
        const fs::path folder = argc > 1 ? argv[1] : "corpus";
        for (const char* name : {"safetensors", "manifest", "calibration", "mtl", "sentinel", "dates",
                                 "names", "listing", "wkb", "geopackage", "geojson", "dbf"}) {
            fs::create_directories(folder / name);
        }
        makeTensors(folder / "safetensors");
        makeManifests(folder / "manifest");
        makeCalibrations(folder / "calibration");
        makeLandsat(folder / "mtl");
        makeSentinel(folder / "sentinel");
        makeDates(folder / "dates");
        makeNames(folder / "names");
        makeListings(folder / "listing");
        makeGeoJson(folder / "geojson");
        makeTables(folder / "dbf");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
