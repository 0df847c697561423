// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/raster_view.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
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

/// Where the view lies.
struct Frame {
    std::array<double, 6> transform{};
    int columns = 0;
    int rows = 0;
};

void checkTile(const RasterInfo& first, const RasterInfo& tile) {
    const bool northUp = tile.geoTransform && (*tile.geoTransform)[2] == 0 && (*tile.geoTransform)[4] == 0 &&
                         (*tile.geoTransform)[1] > 0 && (*tile.geoTransform)[5] < 0;
    if (!northUp || !(tile.crs == first.crs) || tile.bands.size() != first.bands.size()) {
        throw Error(
            "\"" + tile.path + "\" does not continue \"" + first.path +
            "\": it has another coordinate system or other bands; put both together with gdalwarp, or "
            "give one of them.");
    }
}

Frame frameOf(const std::vector<RasterInfo>& files) {
    if (files.size() == 1) {
        return {files[0].geoTransform.value_or(std::array<double, 6>{0, 1, 0, 0, 0, 1}), files[0].columns,
                files[0].rows};
    }
    geo::Extent bounds;
    double width = HUGE_VAL;
    double height = HUGE_VAL;
    for (const RasterInfo& file : files) {
        checkTile(files[0], file);
        bounds.include(geo::Point{file.extent().xmin, file.extent().ymin});
        bounds.include(geo::Point{file.extent().xmax, file.extent().ymax});
        width = std::min(width, (*file.geoTransform)[1]);
        height = std::min(height, -(*file.geoTransform)[5]);
    }
    const double columns = std::round(bounds.width() / width);
    const double rows = std::round(bounds.height() / height);
    if (!(columns >= 1 && columns < 1e9 && rows >= 1 && rows < 1e9)) {
        throw Error("\"" + files[0].path + "\" and \"" + files[1].path +
                    "\" lie too far apart to be one raster; give those of one place.");
    }
    return {
        {bounds.xmin, width, 0, bounds.ymax, 0, -height}, static_cast<int>(columns), static_cast<int>(rows)};
}

void writeSource(std::ostream& out, const RasterInfo& file, std::size_t band, const Frame& frame,
                 bool several, const ViewRules& rules) {
    const bool complex = rules.otherThan || several;
    const char* kind = complex ? "ComplexSource" : "SimpleSource";
    out << "<" << kind << "><SourceFilename relativeToVRT=\"0\" shared=\"0\">" << escaped(file.path)
        << "</SourceFilename><SourceBand>" << band + 1 << "</SourceBand>";
    if (several) {
        const double x = (file.extent().xmin - frame.transform[0]) / frame.transform[1];
        const double y = (file.extent().ymax - frame.transform[3]) / frame.transform[5];
        out << "<SrcRect xOff=\"0\" yOff=\"0\" xSize=\"" << file.columns << "\" ySize=\"" << file.rows
            << "\"/><DstRect xOff=\"" << x << "\" yOff=\"" << y << "\" xSize=\""
            << file.extent().width() / frame.transform[1] << "\" ySize=\""
            << file.extent().height() / -frame.transform[5] << "\"/>";
    }
    if (rules.otherThan) {
        // GDAL interpolates between the entries of its table.
        const int number = *rules.otherThan;
        out << "<LUT>" << number - 1 << ":1," << number - 0.5 << ":1," << number << ":0," << number + 0.5
            << ":1," << number + 1 << ":1</LUT>";
    } else if (several && file.bands[band].noData) {
        out << "<NODATA>" << *file.bands[band].noData << "</NODATA>";
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
        out << "<VRTRasterBand dataType=\"" << (rules.otherThan ? "Byte" : info.dataType) << "\" band=\""
            << band + 1 << "\" blockXSize=\"" << std::min(blockSize, frame.columns) << "\" blockYSize=\""
            << std::min(blockSize, frame.rows) << "\">";
        if (!rules.otherThan) {
            out << "<Description>" << escaped(info.description) << "</Description>";
            const std::optional<double> noData = rules.noData ? rules.noData : info.noData;
            if (noData) {
                out << "<NoDataValue>" << *noData << "</NoDataValue>";
            } else if (files.size() > 1) {
                out << "<NoDataValue>-32767</NoDataValue>"; // between the tiles
            }
            writeValues(out, info, rules);
        }
        for (const RasterInfo& file : files) {
            writeSource(out, file, band, frame, files.size() > 1, rules);
        }
        out << "</VRTRasterBand>";
    }
    out << "</VRTDataset>";
    return out.str();
}

} // namespace nunatak::raster
