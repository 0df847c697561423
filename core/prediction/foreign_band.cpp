// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/foreign_band.h"

#include "base/error.h"
#include "models/safetensors.h"
#include "raster/overview_file.h"
#include "raster/raster_view.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <set>
#include <sstream>
#include <system_error>

namespace nunatak::prediction {

namespace {

constexpr int stripRows = 512;
constexpr float white = 255;
/// By so much half precision and sums of a softmax miss 0 and 1.
constexpr float rounding = 1e-5F;

/// A mask as it is stored: what the file declares as no data is looked at here, since 0 is often declared and
/// means that there is no glacier.
std::string asStored(const raster::RasterInfo& info) {
    raster::ViewRules rules;
    const auto& declared = info.bands.back().noData;
    // A number that no mask holds stands for the declaration that is not to be heeded.
    constexpr double never = -1.5;
    rules.noData = declared && *declared != 0 && *declared != double(white) ? *declared : never;
    return raster::viewOf({info}, rules);
}

raster::RasterReader readerOf(const std::string& file, ForeignKind kind) {
    raster::RasterReader reader(file);
    return kind == ForeignKind::Mask && !reader.info().bands.empty()
               ? raster::RasterReader(asStored(reader.info()))
               : std::move(reader);
}

std::string listed(const std::set<float>& numbers) {
    std::ostringstream text;
    for (const float number : numbers) {
        text << (text.tellp() > 0 ? ", " : "") << number;
    }
    return text.str();
}

} // namespace

ForeignBand::ForeignBand(const std::string& file, ForeignKind kind, const Progress& progress)
    : m_file(file), m_kind(kind), m_reader(readerOf(file, kind)) {
    const auto& info = m_reader.info();
    if (!info.isGeoreferenced() || !info.northUpGrid()) {
        throw Error("The raster " + file +
                    " cannot be taken over: it needs a coordinate system and square, north-up pixels. "
                    "Warp it first (gdalwarp).");
    }
    if (info.bands.size() > 2) {
        throw Error("The raster " + file + " has " + std::to_string(info.bands.size()) +
                    " bands; a probability, a mask or a confidence has one, or two for background and "
                    "glacier.");
    }
    m_band = {static_cast<int>(info.bands.size())};
    if (kind == ForeignKind::Mask) {
        lookAtMask(progress);
    }
}

void ForeignBand::lookAtMask(const Progress& progress) {
    const auto& info = m_reader.info();
    std::set<float> numbers;
    constexpr std::size_t most = 8;
    for (int row = 0; row < info.rows && numbers.size() < most; row += stripRows) {
        progress.throwIfStopped();
        const int count = std::min(stripRows, info.rows - row);
        const auto strip = m_reader.readWindow(m_band, {0, row, info.columns, count}, info.columns, count);
        float last = -1;
        for (const float value : strip.values()) {
            if (value != last && !std::isnan(value)) {
                numbers.insert(last = value);
            }
        }
    }
    const bool hasOne = numbers.contains(1);
    const bool hasWhite = numbers.contains(white);
    const raster::RasterReader plain(m_file);
    const auto declared = plain.info().bands.back().noData;
    for (const float number : numbers) {
        if (number != 0 && number != 1 && number != white) {
            throw Error(
                "The raster " + m_file + " holds " + listed(numbers) + (numbers.size() == most ? " …" : "") +
                "; a mask has 1 for glacier and 0 for none (or 255 and 0). Make one of it first, as with "
                "gdal_calc.py, or give it as --probability.");
        }
    }
    const bool whiteIsVoid = hasWhite && (hasOne || declared == white);
    m_ice = hasWhite && !whiteIsVoid ? white : 1;
    if (whiteIsVoid) {
        m_notes.push_back("255 of the mask is taken as no data: there nothing is known.");
    } else if (hasWhite) {
        m_notes.push_back("255 of the mask is taken as glacier, 0 as none.");
    }
    if (declared == 0.0) {
        m_notes.push_back("0 is taken as no glacier, though the mask declares it as no data.");
    }
}

Image<float> ForeignBand::rows(int row, int count) const {
    const int columns = m_reader.info().columns;
    auto strip = m_reader.readWindow(m_band, {0, row, columns, count}, columns, count);
    for (float& value : strip.values()) {
        if (m_kind == ForeignKind::Mask && value == white) {
            value = m_ice == white ? 1 : std::numeric_limits<float>::quiet_NaN();
        }
        if (value < -rounding || value > 1 + rounding) {
            throw Error("The raster " + m_file + " holds " + listed({value}) +
                        ", which is outside of 0 to 1, so it is no probability or confidence. Divide it by "
                        "what stands for 1 (gdal_calc.py); where the number stands for no data, declare it "
                        "as that (gdal_edit.py -a_nodata); give a mask of 0 and 255 as --mask.");
        }
        value = std::isnan(value) ? value : std::clamp(value, 0.0F, 1.0F);
    }
    return strip;
}

std::string fingerprintOfRaster(const std::string& raster) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(raster, ignored)) {
        return models::fileSha256(raster);
    }
    const raster::RasterReader reader(raster); // or it is told that there is none
    std::ostringstream text;
    text << raster << " " << reader.info().columns << " " << reader.info().rows;
    return raster::digestOf(text.str());
}

} // namespace nunatak::prediction
