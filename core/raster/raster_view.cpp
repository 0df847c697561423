// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/raster_view.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <sstream>

namespace nunatak::raster {

namespace {

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

/// Where the view lies, and the left edge of each file in its coordinates.
struct Frame {
    std::array<double, 6> transform{};
    int columns = 0;
    int rows = 0;
    std::vector<double> lefts{};
};

/// How the numbers of several files become those of one band.
struct Numbers {
    std::string type;
    std::optional<double> noData; ///< also between the files
    bool usualVoids = false;
};

bool isNorthUp(const RasterInfo& file) {
    return file.geoTransform && (*file.geoTransform)[2] == 0 && (*file.geoTransform)[4] == 0 &&
           (*file.geoTransform)[1] > 0 && (*file.geoTransform)[5] < 0;
}

void checkTile(const RasterInfo& first, const RasterInfo& tile) {
    if (!isNorthUp(tile) || !(tile.crs == first.crs) || tile.bands.size() != first.bands.size()) {
        throw Error(
            "\"" + tile.path + "\" does not continue \"" + first.path +
            "\": it has another coordinate system or other bands; put both together with gdalwarp, or "
            "give one of them.");
    }
    for (std::size_t band = 0; band < first.bands.size(); ++band) {
        if (tile.bands[band].scale != first.bands[band].scale ||
            tile.bands[band].offset != first.bands[band].offset) {
            throw Error("\"" + tile.path + "\" does not continue \"" + first.path +
                        "\": its numbers become values by another scale or offset; unpack both with "
                        "gdal_translate -unscale -ot Float32, or give one of them.");
        }
    }
}

/// Left edges on one way round the Earth: that which leaves out the widest stretch without a file.
std::vector<double> leftsOnOneWay(const std::vector<RasterInfo>& files) {
    constexpr double circle = 360;
    constexpr double noise = 1e-6; // degrees
    const auto eastwards = [&](double from, double to) {
        const double way = std::fmod(to - from + noise, circle);
        return (way < 0 ? way + circle : way) - noise;
    };
    // The way begins with the file that leaves the most room before it.
    double start = 0;
    double widest = -HUGE_VAL;
    for (const RasterInfo& file : files) {
        const double west = file.extent().xmin;
        double gap = circle;
        for (const RasterInfo& other : files) {
            if (&other != &file) {
                gap = std::min(gap, eastwards(other.extent().xmin, west) - other.extent().width());
            }
        }
        if (gap > widest + noise || (gap > widest - noise && west < start)) {
            widest = gap;
            start = west;
        }
    }
    std::vector<double> lefts;
    for (const RasterInfo& file : files) {
        lefts.push_back(start + eastwards(start, file.extent().xmin));
    }
    return lefts;
}

Frame frameOf(const std::vector<RasterInfo>& files) {
    if (files.size() == 1) {
        return {files[0].geoTransform.value_or(std::array<double, 6>{0, 1, 0, 0, 0, 1}),
                files[0].columns,
                files[0].rows,
                {files[0].extent().xmin}};
    }
    geo::Extent bounds;
    double width = HUGE_VAL;
    double height = HUGE_VAL;
    std::vector<double> lefts;
    for (const RasterInfo& file : files) {
        checkTile(files[0], file);
        lefts.push_back(file.extent().xmin);
        width = std::min(width, (*file.geoTransform)[1]);
        height = std::min(height, -(*file.geoTransform)[5]);
    }
    if (files[0].crs.isGeographic()) {
        lefts = leftsOnOneWay(files);
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        const geo::Extent extent = files[i].extent();
        bounds.include(geo::Point{lefts[i], extent.ymin});
        bounds.include(geo::Point{lefts[i] + extent.width(), extent.ymax});
    }
    const double columns = std::round(bounds.width() / width);
    const double rows = std::round(bounds.height() / height);
    if (!(columns >= 1 && columns < 1e9 && rows >= 1 && rows < 1e9)) {
        throw Error("\"" + files[0].path + "\" and \"" + files[1].path +
                    "\" lie too far apart to be one raster; give those of one place.");
    }
    return {{bounds.xmin, width, 0, bounds.ymax, 0, -height},
            static_cast<int>(columns),
            static_cast<int>(rows),
            std::move(lefts)};
}

bool isSmall(const std::string& type) {
    return type == "Byte" || type == "Int16" || type == "UInt16" || type == "Float32";
}

Numbers numbersOf(const std::vector<RasterInfo>& files, std::size_t band, const ViewRules& rules) {
    const BandInfo& first = files.front().bands[band];
    if (rules.otherThan) {
        return {"Byte", std::nullopt, false};
    }
    if (files.size() == 1) {
        return {first.dataType, rules.noData ? rules.noData : first.noData, false};
    }
    Numbers numbers{first.dataType, std::nullopt, false};
    const auto each = [&](const auto& holds) {
        return std::all_of(files.begin(), files.end(),
                           [&](const RasterInfo& file) { return holds(file.bands[band]); });
    };
    // A type of its own only where a number is left for what lies between the files.
    constexpr double between = -32768;
    const bool alike = each([&](const BandInfo& info) { return info.dataType == first.dataType; });
    if (alike && (first.dataType == "Int16" || first.dataType == "Int32")) {
        numbers.noData = between;
    } else {
        if (!alike || (first.dataType != "Float32" && first.dataType != "Float64")) {
            numbers.type =
                each([](const BandInfo& info) { return isSmall(info.dataType); }) ? "Float32" : "Float64";
        }
        numbers.noData = std::numeric_limits<double>::quiet_NaN();
    }
    if (rules.noData) {
        numbers.noData = rules.noData;
    }
    numbers.usualVoids = !rules.noData && !each([](const BandInfo& info) { return info.noData.has_value(); });
    return numbers;
}

/// GDAL mixes numbers without meaning into those around them when it resamples a band that does not declare
/// them: a band that does, as a view of its own.
std::string declaringView(const RasterInfo& file, std::size_t band, double noData, double usualVoid) {
    std::ostringstream out;
    out.precision(17);
    out << "<VRTDataset rasterXSize=\"" << file.columns << "\" rasterYSize=\"" << file.rows
        << "\"><VRTRasterBand dataType=\"" << (isSmall(file.bands[band].dataType) ? "Float32" : "Float64")
        << "\" band=\"1\"><NoDataValue>" << noData
        << "</NoDataValue><ComplexSource><SourceFilename relativeToVRT=\"0\" shared=\"0\">"
        << escaped(file.path) << "</SourceFilename><SourceBand>" << band + 1 << "</SourceBand><NODATA>"
        << usualVoid << "</NODATA></ComplexSource></VRTRasterBand></VRTDataset>";
    return out.str();
}

void writeSource(std::ostream& out, const RasterInfo& file, std::size_t band, const Frame& frame, double left,
                 bool several, const ViewRules& rules) {
    const BandInfo& info = file.bands[band];
    const bool complex = rules.otherThan || several || info.hasMask;
    const char* kind = complex ? "ComplexSource" : "SimpleSource";
    const double columns = file.extent().width() / frame.transform[1];
    const double rows = file.extent().height() / -frame.transform[5];
    constexpr double part = 1e-3;
    const bool resampled =
        several && (std::abs(columns - file.columns) > part || std::abs(rows - file.rows) > part);
    std::optional<double> noData = rules.noData ? rules.noData : info.noData;
    std::string name = file.path;
    std::size_t number = band + 1;
    if (resampled && !info.hasMask && (!info.noData || rules.noData)) {
        constexpr double first = -32768; // the usual voids
        constexpr double second = -9999;
        name = declaringView(file, band, noData.value_or(first), noData.value_or(second));
        number = 1;
        noData = noData.value_or(first);
    }
    out << "<" << kind << (resampled ? " resampling=\"bilinear\"" : "")
        << "><SourceFilename relativeToVRT=\"0\" shared=\"0\">" << escaped(name)
        << "</SourceFilename><SourceBand>" << number << "</SourceBand>";
    if (several) {
        const double x = (left - frame.transform[0]) / frame.transform[1];
        const double y = (file.extent().ymax - frame.transform[3]) / frame.transform[5];
        out << "<SrcRect xOff=\"0\" yOff=\"0\" xSize=\"" << file.columns << "\" ySize=\"" << file.rows
            << "\"/><DstRect xOff=\"" << x << "\" yOff=\"" << y << "\" xSize=\"" << columns << "\" ySize=\""
            << rows << "\"/>";
    }
    if (rules.otherThan) {
        // GDAL interpolates between the entries of its table.
        const int other = *rules.otherThan;
        out << "<LUT>" << other - 1 << ":1," << other - 0.5 << ":1," << other << ":0," << other + 0.5 << ":1,"
            << other + 1 << ":1</LUT>";
    } else if (info.hasMask) {
        out << "<UseMaskBand>true</UseMaskBand>";
    } else if (several && noData) {
        out << "<NODATA>" << *noData << "</NODATA>";
    }
    out << "</" << kind << ">";
}

/// How stored numbers become values.
void writeValues(std::ostream& out, const BandInfo& info, const ViewRules& rules) {
    const bool isPower = rules.power != PowerScale::Linear;
    const double scale = isPower ? info.scale * rules.scale : info.scale;
    const double offset = isPower ? info.offset * rules.scale + rules.offset : info.offset;
    out << "<Offset>" << offset << "</Offset><Scale>" << scale << "</Scale>";
    if (isPower) {
        out << "<Metadata><MDI key=\"" << powerScaleItem << "\">" << powerScaleText(rules.power)
            << "</MDI></Metadata>";
    }
}

} // namespace

const char* powerScaleText(PowerScale scale) {
    return scale == PowerScale::Decibels ? "decibels" : scale == PowerScale::Amplitude ? "amplitude" : "";
}

std::string viewOf(const std::vector<RasterInfo>& files, const ViewRules& rules) {
    const Frame frame = frameOf(files);
    const RasterInfo& first = files.front();
    // Blocks as large as the tiles that satellite products come in: a smaller one would decode them again
    // and again.
    constexpr int blockSize = 1024;
    std::ostringstream out;
    out.precision(17);
    out << "<VRTDataset rasterXSize=\"" << frame.columns << "\" rasterYSize=\"" << frame.rows << "\">";
    if (!first.crs.empty()) {
        out << "<SRS dataAxisToSRSAxisMapping=\"1,2\">" << escaped(first.crs.wkt()) << "</SRS>";
    }
    if (first.geoTransform) {
        out << "<GeoTransform>";
        for (std::size_t i = 0; i < frame.transform.size(); ++i) {
            out << (i > 0 ? "," : "") << frame.transform[i];
        }
        out << "</GeoTransform>";
    }
    for (std::size_t band = 0; band < first.bands.size(); ++band) {
        const BandInfo& info = first.bands[band];
        const Numbers numbers = numbersOf(files, band, rules);
        out << "<VRTRasterBand dataType=\"" << numbers.type << "\" band=\"" << band + 1 << "\" blockXSize=\""
            << std::min(blockSize, frame.columns) << "\" blockYSize=\"" << std::min(blockSize, frame.rows)
            << "\">";
        if (numbers.usualVoids) {
            out << "<Metadata><MDI key=\"" << usualVoidsItem << "\">YES</MDI></Metadata>";
        }
        if (!rules.otherThan) {
            out << "<Description>" << escaped(info.description) << "</Description><UnitType>"
                << escaped(info.unit) << "</UnitType>";
            if (numbers.noData) {
                out << "<NoDataValue>" << *numbers.noData << "</NoDataValue>";
            }
            writeValues(out, info, rules);
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            writeSource(out, files[i], band, frame, frame.lefts[i], files.size() > 1, rules);
        }
        out << "</VRTRasterBand>";
    }
    out << "</VRTDataset>";
    return out.str();
}

} // namespace nunatak::raster
