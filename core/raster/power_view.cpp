// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/power_view.h"

#include <cpl_conv.h>
#include <cpl_string.h>

#include <algorithm>
#include <sstream>

namespace nunatak::raster {

namespace {

std::string escaped(const std::string& text) {
    char* result = CPLEscapeString(text.c_str(), -1, CPLES_XML);
    const std::string copy = result;
    CPLFree(result);
    return copy;
}

void writeBand(std::ostream& out, const RasterInfo& info, std::size_t band) {
    const BandInfo& stored = info.bands[band];
    const bool isPower = stored.power != PowerScale::Linear;
    out << "<VRTRasterBand dataType=\"Float32\" band=\"" << band + 1 << "\"";
    if (isPower) {
        out << " subClass=\"VRTDerivedRasterBand\"";
    }
    out << "><NoDataValue>nan</NoDataValue>";
    if (isPower) {
        out << "<PixelFunctionType>" << (stored.power == PowerScale::Decibels ? "dB2pow" : "intensity")
            << "</PixelFunctionType><SourceTransferType>Float32</SourceTransferType>";
    }
    out << "<ComplexSource><SourceFilename relativeToVRT=\"0\" shared=\"0\">" << escaped(info.path)
        << "</SourceFilename><SourceBand>" << band + 1 << "</SourceBand>";
    if (stored.noData) {
        out << "<NODATA>" << *stored.noData << "</NODATA>";
    }
    out << "<ScaleOffset>" << stored.offset << "</ScaleOffset><ScaleRatio>" << stored.scale
        << "</ScaleRatio></ComplexSource></VRTRasterBand>";
}

} // namespace

bool holdsPowerOtherwise(const RasterInfo& info) {
    return std::any_of(info.bands.begin(), info.bands.end(),
                       [](const BandInfo& band) { return band.power != PowerScale::Linear; });
}

std::string powerViewOf(const RasterInfo& info) {
    std::ostringstream out;
    out.precision(17);
    out << "<VRTDataset rasterXSize=\"" << info.columns << "\" rasterYSize=\"" << info.rows << "\">";
    if (!info.crs.empty()) {
        out << "<SRS dataAxisToSRSAxisMapping=\"1,2\">" << escaped(info.crs.wkt()) << "</SRS>";
    }
    if (info.geoTransform) {
        const char* separator = "<GeoTransform>";
        for (const double number : *info.geoTransform) {
            out << separator << number;
            separator = ",";
        }
        out << "</GeoTransform>";
    }
    for (std::size_t band = 0; band < info.bands.size(); ++band) {
        writeBand(out, info, band);
    }
    out << "</VRTDataset>";
    return out.str();
}

} // namespace nunatak::raster
