// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/product_fixtures.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

namespace nunatak::tests {

namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& value) {
    const bool bare =
        !value.empty() && (std::isdigit(static_cast<unsigned char>(value[0])) || value[0] == '-');
    return bare ? value : "\"" + value + "\"";
}

/// A lossless JPEG 2000, as Sentinel-2's bands are.
void writeJp2(const fs::path& path, const TiffFixture& fixture) {
    const fs::path tiff = path.string() + ".tmp.tif";
    writeTiff(tiff, fixture);
    GDALDatasetH source = GDALOpen(tiff.c_str(), GA_ReadOnly);
    const char* const options[] = {"QUALITY=100", "REVERSIBLE=YES", "YCBCR420=NO", nullptr};
    GDALDatasetH copy = GDALCreateCopy(GDALGetDriverByName("JP2OpenJPEG"), path.c_str(), source, FALSE,
                                       const_cast<char**>(options), nullptr, nullptr);
    if (copy == nullptr) {
        throw std::runtime_error("the JPEG 2000 fixture cannot be written");
    }
    GDALClose(copy);
    GDALClose(source);
    fs::remove(tiff);
    fs::remove(path.string() + ".aux.xml");
}

class ArchiveWriter {
public:
    explicit ArchiveWriter(const fs::path& file) : m_archive(archive_write_new(), &archive_write_free) {
        if (file.extension() == ".zip") {
            archive_write_set_format_zip(m_archive.get());
        } else {
            archive_write_set_format_pax_restricted(m_archive.get());
        }
        archive_write_open_filename(m_archive.get(), file.c_str());
    }
    ~ArchiveWriter() { archive_write_close(m_archive.get()); }

    void add(const std::string& name, const std::string& content) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                             &archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_write_header(m_archive.get(), entry.get());
        archive_write_data(m_archive.get(), content.data(), content.size());
    }

private:
    std::unique_ptr<archive, int (*)(archive*)> m_archive;
};

std::string contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

void writeText(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

std::string mtlText(const Groups& groups, MtlNotation notation) {
    std::ostringstream out;
    const std::string root = "LANDSAT_METADATA_FILE";
    switch (notation) {
    case MtlNotation::Text:
        out << "GROUP = " << root << "\n";
        for (const auto& [group, values] : groups) {
            out << "  GROUP = " << group << "\n";
            for (const auto& [key, value] : values) {
                out << "    " << key << " = " << quoted(value) << "\n";
            }
            out << "  END_GROUP = " << group << "\n";
        }
        out << "END_GROUP = " << root << "\nEND\n";
        break;
    case MtlNotation::Json:
        out << "{\"" << root << "\": {";
        for (std::size_t i = 0; i < groups.size(); ++i) {
            out << (i > 0 ? ", " : "") << "\"" << groups[i].first << "\": {";
            for (std::size_t k = 0; k < groups[i].second.size(); ++k) {
                out << (k > 0 ? ", " : "") << "\"" << groups[i].second[k].first << "\": \""
                    << groups[i].second[k].second << "\"";
            }
            out << "}";
        }
        out << "}}";
        break;
    case MtlNotation::Xml:
        out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" << root << ">\n";
        for (const auto& [group, values] : groups) {
            out << "  <" << group << ">\n";
            for (const auto& [key, value] : values) {
                out << "    <" << key << ">" << value << "</" << key << ">\n";
            }
            out << "  </" << group << ">\n";
        }
        out << "</" << root << ">\n";
    }
    return out.str();
}

LandsatFixture landsat5() {
    LandsatFixture fixture;
    fixture.name = "LT05_L1TP_010067_19860424_20200918_02_T2";
    fixture.spacecraft = "LANDSAT_5";
    fixture.sensor = "TM";
    fixture.date = "1986-04-24";
    fixture.sunElevation = "46.93006922";
    fixture.type = GDT_Byte;
    fixture.notation = MtlNotation::Xml;
    for (const char* band : {"1", "2", "3", "4", "5", "6", "7"}) {
        fixture.files[std::string("BAND_") + band] = std::string("B") + band;
    }
    fixture.more = {
        {"LEVEL1_RADIOMETRIC_RESCALING",
         {{"RADIANCE_MULT_BAND_6", "5.5375E-02"},
          {"RADIANCE_ADD_BAND_6", "1.18243"},
          {"REFLECTANCE_MULT_BAND_1", "1.0977E-03"},
          {"REFLECTANCE_MULT_BAND_2", "2.3892E-03"},
          {"REFLECTANCE_MULT_BAND_3", "2.2270E-03"},
          {"REFLECTANCE_MULT_BAND_4", "2.6955E-03"},
          {"REFLECTANCE_MULT_BAND_5", "1.8251E-03"},
          {"REFLECTANCE_MULT_BAND_7", "2.5335E-03"},
          {"REFLECTANCE_ADD_BAND_1", "-0.003583"},
          {"REFLECTANCE_ADD_BAND_2", "-0.007521"},
          {"REFLECTANCE_ADD_BAND_3", "-0.004723"},
          {"REFLECTANCE_ADD_BAND_4", "-0.007342"},
          {"REFLECTANCE_ADD_BAND_5", "-0.007436"},
          {"REFLECTANCE_ADD_BAND_7", "-0.008331"}}},
        {"LEVEL1_THERMAL_CONSTANTS", {{"K1_CONSTANT_BAND_6", "607.76"}, {"K2_CONSTANT_BAND_6", "1260.56"}}}};
    return fixture;
}

LandsatFixture landsat7() {
    LandsatFixture fixture;
    fixture.name = "LE07_L1TP_120038_20210113_20210113_02_RT";
    fixture.spacecraft = "LANDSAT_7";
    fixture.sensor = "ETM";
    fixture.date = "2021-01-13";
    fixture.sunElevation = "27.27823054";
    fixture.attributes = {{"SUN_AZIMUTH", "143.43866912"}, {"SENSOR_MODE_SLC", "OFF"}};
    fixture.type = GDT_Byte;
    for (const char* band : {"1", "2", "3", "4", "5", "6_VCID_1", "6_VCID_2", "7", "8"}) {
        fixture.files[std::string("BAND_") + band] = std::string("B") + band;
    }
    fixture.more = {{"LEVEL1_RADIOMETRIC_RESCALING",
                     {{"RADIANCE_MULT_BAND_6_VCID_1", "6.7087E-02"},
                      {"RADIANCE_MULT_BAND_6_VCID_2", "3.7205E-02"},
                      {"RADIANCE_ADD_BAND_6_VCID_1", "-0.06709"},
                      {"RADIANCE_ADD_BAND_6_VCID_2", "3.16280"},
                      {"REFLECTANCE_MULT_BAND_1", "1.1624E-03"},
                      {"REFLECTANCE_MULT_BAND_2", "1.3080E-03"},
                      {"REFLECTANCE_MULT_BAND_3", "1.2388E-03"},
                      {"REFLECTANCE_MULT_BAND_4", "1.8153E-03"},
                      {"REFLECTANCE_MULT_BAND_5", "1.7310E-03"},
                      {"REFLECTANCE_MULT_BAND_7", "1.6397E-03"},
                      {"REFLECTANCE_ADD_BAND_1", "-0.010417"},
                      {"REFLECTANCE_ADD_BAND_2", "-0.011787"},
                      {"REFLECTANCE_ADD_BAND_3", "-0.011203"},
                      {"REFLECTANCE_ADD_BAND_4", "-0.016287"},
                      {"REFLECTANCE_ADD_BAND_5", "-0.015445"},
                      {"REFLECTANCE_ADD_BAND_7", "-0.014713"}}},
                    {"LEVEL1_THERMAL_CONSTANTS",
                     {{"K1_CONSTANT_BAND_6_VCID_1", "666.09"},
                      {"K2_CONSTANT_BAND_6_VCID_1", "1282.71"},
                      {"K1_CONSTANT_BAND_6_VCID_2", "666.09"},
                      {"K2_CONSTANT_BAND_6_VCID_2", "1282.71"}}}};
    return fixture;
}

LandsatFixture landsat8() {
    LandsatFixture fixture;
    fixture.name = "LC08_L1GT_120038_20210105_20210105_02_RT";
    fixture.spacecraft = "LANDSAT_8";
    fixture.sensor = "OLI_TIRS";
    fixture.level = "L1GT";
    fixture.date = "2021-01-05";
    fixture.sunElevation = "31.34122018";
    fixture.attributes = {{"SUN_AZIMUTH", "154.93217715"}};
    for (int band = 1; band <= 11; ++band) {
        fixture.files["BAND_" + std::to_string(band)] = "B" + std::to_string(band);
    }
    Groups::value_type rescaling{
        "LEVEL1_RADIOMETRIC_RESCALING",
        {{"RADIANCE_MULT_BAND_10", "3.3420E-04"}, {"RADIANCE_ADD_BAND_10", "0.10000"}}};
    for (int band = 1; band <= 9; ++band) {
        rescaling.second.emplace_back("REFLECTANCE_MULT_BAND_" + std::to_string(band), "2.0000E-05");
        rescaling.second.emplace_back("REFLECTANCE_ADD_BAND_" + std::to_string(band), "-0.100000");
    }
    fixture.more = {rescaling,
                    {"LEVEL1_THERMAL_CONSTANTS",
                     {{"K1_CONSTANT_BAND_10", "774.8853"}, {"K2_CONSTANT_BAND_10", "1321.0789"}}}};
    return fixture;
}

LandsatFixture landsat9Surface() {
    LandsatFixture fixture;
    fixture.name = "LC09_L2SP_010065_20220129_20220131_02_T1";
    fixture.spacecraft = "LANDSAT_9";
    fixture.sensor = "OLI_TIRS";
    fixture.level = "L2SP";
    fixture.date = "2022-01-29";
    fixture.sunElevation = "57.84396063";
    for (int band = 1; band <= 7; ++band) {
        fixture.files["BAND_" + std::to_string(band)] = "SR_B" + std::to_string(band);
    }
    fixture.files["BAND_ST_B10"] = "ST_B10";
    Groups::value_type surface{"LEVEL2_SURFACE_REFLECTANCE_PARAMETERS", {}};
    // A Level-2 file repeats the keys of Level-1 with other numbers.
    Groups::value_type rescaling{
        "LEVEL1_RADIOMETRIC_RESCALING",
        {{"RADIANCE_MULT_BAND_10", "3.8000E-04"}, {"RADIANCE_ADD_BAND_10", "0.10000"}}};
    for (int band = 1; band <= 7; ++band) {
        surface.second.emplace_back("REFLECTANCE_MULT_BAND_" + std::to_string(band), "2.75e-05");
        surface.second.emplace_back("REFLECTANCE_ADD_BAND_" + std::to_string(band), "-0.2");
        rescaling.second.emplace_back("REFLECTANCE_MULT_BAND_" + std::to_string(band), "2.0000E-05");
        rescaling.second.emplace_back("REFLECTANCE_ADD_BAND_" + std::to_string(band), "-0.100000");
    }
    fixture.more = {
        surface,
        {"LEVEL2_SURFACE_TEMPERATURE_PARAMETERS",
         {{"TEMPERATURE_MULT_BAND_ST_B10", "0.00341802"}, {"TEMPERATURE_ADD_BAND_ST_B10", "149.0"}}},
        rescaling,
        {"LEVEL1_THERMAL_CONSTANTS",
         {{"K1_CONSTANT_BAND_10", "799.0284"}, {"K2_CONSTANT_BAND_10", "1329.2405"}}}};
    return fixture;
}

fs::path writeLandsat(const fs::path& parent, const LandsatFixture& fixture) {
    const fs::path folder = parent / fixture.name;
    fs::create_directories(folder);
    Groups groups{{"PRODUCT_CONTENTS",
                   {{"ORIGIN", "Image courtesy of the U.S. Geological Survey"},
                    {"LANDSAT_PRODUCT_ID", fixture.name},
                    {"PROCESSING_LEVEL", fixture.level},
                    {"COLLECTION_NUMBER", "02"}}},
                  {"IMAGE_ATTRIBUTES",
                   {{"SPACECRAFT_ID", fixture.spacecraft},
                    {"SENSOR_ID", fixture.sensor},
                    {"DATE_ACQUIRED", fixture.date},
                    {"SUN_ELEVATION", fixture.sunElevation}}}};
    TiffFixture tiff{.columns = fixture.size, .rows = fixture.size, .type = fixture.type};
    tiff.crs = fixture.crs;
    tiff.transform = fixture.transform;
    for (const auto& [key, ending] : fixture.files) {
        const std::string file = fixture.name + "_" + ending + ".TIF";
        groups[0].second.emplace_back("FILE_NAME_" + key, file);
        tiff.value = [&, key = key](int, int column, int row) { return fixture.number(key, column, row); };
        writeTiff(folder / file, tiff);
    }
    const std::string quality = fixture.name + "_QA_PIXEL.TIF";
    groups[0].second.emplace_back("FILE_NAME_QUALITY_L1_PIXEL", quality);
    tiff.type = GDT_UInt16;
    tiff.value = [&](int, int column, int row) { return fixture.quality(column, row); };
    writeTiff(folder / quality, tiff);
    groups[1].second.insert(groups[1].second.end(), fixture.attributes.begin(), fixture.attributes.end());
    groups.insert(groups.end(), fixture.more.begin(), fixture.more.end());
    const char* ending = fixture.notation == MtlNotation::Text   ? "_MTL.txt"
                         : fixture.notation == MtlNotation::Json ? "_MTL.json"
                                                                 : "_MTL.xml";
    writeText(folder / (fixture.name + ending), mtlText(groups, fixture.notation));
    return folder;
}

Sentinel2Fixture sentinel2Surface() {
    Sentinel2Fixture fixture;
    fixture.name = "S2A_MSIL2A_20221005T115411_N0400_R023_T29UNU_20221005T164454";
    fixture.granule = "L2A_T29UNU_A038058_20221005T115407";
    fixture.prefix = "T29UNU_20221005T115411";
    fixture.level = "Level-2A";
    fixture.baseline = "04.00";
    fixture.date = "2022-10-05T11:54:11.024Z";
    fixture.offset = "-1000";
    fixture.crs = "EPSG:32629";
    fixture.left = 499980;
    fixture.top = 5900040;
    return fixture;
}

fs::path writeSentinel2(const fs::path& parent, const Sentinel2Fixture& fixture) {
    const bool surface = fixture.level != "Level-1C";
    const fs::path folder = parent / (fixture.name + ".SAFE");
    const std::string granule = "GRANULE/" + fixture.granule;
    std::ostringstream images;
    const auto write = [&](const std::string& band, int metres) {
        const std::string image =
            granule + "/IMG_DATA/" + (surface ? "R" + std::to_string(metres) + "m/" : std::string()) +
            fixture.prefix + "_" + band + (surface ? "_" + std::to_string(metres) + "m" : std::string());
        images << "<IMAGE_FILE>" << image << "</IMAGE_FILE>\n";
        const fs::path file = folder / (image + ".jp2");
        fs::create_directories(file.parent_path());
        TiffFixture tiff{.columns = fixture.size * 10 / metres, .rows = fixture.size * 10 / metres};
        tiff.type = band == "SCL" ? GDT_Byte : GDT_UInt16;
        tiff.crs = fixture.crs;
        tiff.transform = {fixture.left, double(metres), 0, fixture.top, 0, -double(metres)};
        tiff.value = [&](int, int column, int row) { return fixture.number(band, column, row); };
        writeJp2(file, tiff);
    };
    for (const char* band : {"B02", "B03", "B04", "B08"}) {
        write(band, 10);
    }
    if (surface) {
        write("B02", 20); // the same band again, coarser, as real products have it
    }
    for (const char* band : {"B11", "B12"}) {
        write(band, 20);
    }
    if (surface) {
        write("SCL", 20);
    }
    std::ostringstream offsets;
    if (!fixture.offset.empty()) {
        offsets << (surface ? "<BOA_ADD_OFFSET_VALUES_LIST>" : "<Radiometric_Offset_List>");
        const std::string item = surface ? "BOA_ADD_OFFSET" : "RADIO_ADD_OFFSET";
        for (int band = 0; band < 13; ++band) {
            offsets << "<" << item << " band_id=\"" << band << "\">" << fixture.offset << "</" << item << ">";
        }
        offsets << (surface ? "</BOA_ADD_OFFSET_VALUES_LIST>" : "</Radiometric_Offset_List>");
    }
    const std::string root = std::string("n1:Level-") + (surface ? "2A" : "1C") + "_User_Product";
    const std::string quantification =
        surface ? "<QUANTIFICATION_VALUES_LIST><BOA_QUANTIFICATION_VALUE unit=\"none\">" +
                      fixture.quantification +
                      "</BOA_QUANTIFICATION_VALUE><AOT_QUANTIFICATION_VALUE unit=\"none\">1000.0"
                      "</AOT_QUANTIFICATION_VALUE></QUANTIFICATION_VALUES_LIST>"
                : "<QUANTIFICATION_VALUE unit=\"none\">" + fixture.quantification + "</QUANTIFICATION_VALUE>";
    writeText(
        folder / (surface ? "MTD_MSIL2A.xml" : "MTD_MSIL1C.xml"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<" + root +
            " xmlns:n1=\"https://psd-14.sentinel2.eo.esa.int/PSD/User_Product.xsd\">\n<n1:General_Info>\n"
            "<Product_Info>\n<PRODUCT_START_TIME>" +
            fixture.date + "</PRODUCT_START_TIME>\n<PRODUCT_URI>" + fixture.name +
            ".SAFE</PRODUCT_URI>\n<PROCESSING_LEVEL>" + fixture.level +
            "</PROCESSING_LEVEL>\n<PROCESSING_BASELINE>" + fixture.baseline +
            "</PROCESSING_BASELINE>\n<Datatake><SPACECRAFT_NAME>Sentinel-2A</SPACECRAFT_NAME></Datatake>\n"
            "<Product_Organisation><Granule_List><Granule imageFormat=\"JPEG2000\">\n" +
            images.str() +
            "</Granule></Granule_List></Product_Organisation>\n</Product_Info>\n"
            "<Product_Image_Characteristics>\n" +
            quantification + offsets.str() + "\n</Product_Image_Characteristics>\n</n1:General_Info>\n</" +
            root + ">\n");
    std::string mask;
    if (fixture.cloudMask) {
        mask = granule + "/QI_DATA/MSK_CLASSI_B00.jp2";
        fs::create_directories((folder / mask).parent_path());
        TiffFixture tiff{.columns = fixture.size / 6, .rows = fixture.size / 6, .bands = 3, .type = GDT_Byte};
        tiff.crs = fixture.crs;
        tiff.transform = {fixture.left, 60, 0, fixture.top, 0, -60};
        tiff.value = [](int band, int column, int) { return band == 1 && column < 5 ? 1 : 0; };
        writeJp2(folder / mask, tiff);
        mask = "<MASK_FILENAME type=\"MSK_CLASSI\">" + mask + "</MASK_FILENAME>";
    }
    writeText(
        folder / granule / "MTD_TL.xml",
        "<?xml version=\"1.0\"?>\n<n1:Level-1C_Tile_ID xmlns:n1=\"https://psd-14.sentinel2.eo.esa.int/PSD/"
        "S2_PDI_Level-1C_Tile_Metadata.xsd\"><n1:Geometric_Info><Tile_Angles><Mean_Sun_Angle>"
        "<ZENITH_ANGLE unit=\"deg\">" +
            fixture.sunZenith +
            "</ZENITH_ANGLE><AZIMUTH_ANGLE unit=\"deg\">142.987598836457</AZIMUTH_ANGLE></Mean_Sun_Angle>"
            "</Tile_Angles></n1:Geometric_Info>" +
            mask + "</n1:Level-1C_Tile_ID>\n");
    writeText(folder / "manifest.safe", "<xfdu:XFDU/>");
    return folder;
}

void pack(const fs::path& folder, const fs::path& file, bool withFolder) {
    ArchiveWriter writer(file);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            const std::string inside = fs::relative(entry.path(), folder).string();
            writer.add(withFolder ? folder.filename().string() + "/" + inside : inside,
                       contentOf(entry.path()));
        }
    }
}

void packOne(const fs::path& file, const std::string& name) {
    ArchiveWriter(file).add(name, "abc");
}

} // namespace nunatak::tests
