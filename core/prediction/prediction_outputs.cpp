// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/prediction_outputs.h"

#include "base/error.h"
#include "prediction/calibration.h"
#include "prediction/confidence.h"
#include "prediction/quality.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::prediction {

namespace {

constexpr float noNumber = std::numeric_limits<float>::quiet_NaN();
/// Rows of one go where a raster is read again; a multiple of a GeoTIFF tile's.
constexpr int rowsAtOnce = 256;

Image<float> bandOf(const Image<float>& image, int band) {
    Image<float> single(1, image.rows(), image.columns());
    std::copy_n(image.band(band), image.bandSize(), single.band(0));
    return single;
}

} // namespace

PredictionOutputs::PredictionOutputs(OutputSettings settings, const TileSelection& selection)
    : m_settings(std::move(settings)), m_selection(selection),
      m_probability(m_settings.files.probability, layout({"probability of glacier ice"}, false),
                    m_settings.claim),
      m_confidence(m_settings.files.confidence, layout({"confidence"}, false), m_settings.claim),
      m_quality(m_settings.files.quality, layout({"state", "missing features"}, true), m_settings.claim),
      m_outlines(m_settings.files.outlines, layout({"glacier"}, true), m_settings.claim),
      m_classes(1, m_settings.grid.rows, m_settings.grid.columns, NotPredicted) {
    if (m_settings.hasSpread) {
        m_uncertainty.emplace(m_settings.files.uncertainty,
                              layout({"standard deviation of the probability over the passes"}, false),
                              m_settings.claim);
    }
    if (m_settings.wantLowConfidence) {
        m_low = Image<std::uint8_t>(1, m_settings.grid.rows, m_settings.grid.columns, NotPredicted);
    }
    findOlder();
}

raster::RasterLayout PredictionOutputs::layout(std::vector<std::string> bands, bool isClasses) const {
    raster::RasterLayout layout;
    layout.grid = m_settings.grid;
    layout.metadata = m_settings.metadata;
    layout.isClasses = isClasses;
    if (!isClasses) {
        layout.noData = std::numeric_limits<double>::quiet_NaN();
    } else {
        layout.type = raster::PixelType::UInt8;
        if (bands.size() == 1) {
            layout.noData = NotPredicted;
        }
    }
    layout.bandNames = std::move(bands);
    return layout;
}

void PredictionOutputs::findOlder() {
    const auto& files = m_settings.files;
    if (!m_settings.addToOlder) {
        return;
    }
    m_older.emplace(Older{raster::RasterReader(files.probability.string()),
                          raster::RasterReader(files.confidence.string()),
                          raster::RasterReader(files.quality.string()),
                          raster::RasterReader(files.outlines.string()),
                          {}});
    if (m_settings.hasSpread) {
        m_older->uncertainty.emplace(files.uncertainty.string());
    }
}

void PredictionOutputs::keepOther(const raster::RasterReader* reader, float nothing, int firstRow,
                                  Image<float>& rows) const {
    if (!m_selection.isRestricted()) {
        return;
    }
    Image<float> old;
    if (reader != nullptr) {
        std::vector<int> bands;
        for (int band = 1; band <= rows.bands(); ++band) {
            bands.push_back(band);
        }
        old = reader->readWindow(bands, {0, firstRow, rows.columns(), rows.rows()}, rows.columns(),
                                 rows.rows());
    }
    for (int row = 0; row < rows.rows(); ++row) {
        int column = 0;
        const auto fillUpTo = [&](int end) {
            for (int band = 0; band < rows.bands() && column < end; ++band) {
                if (reader == nullptr) {
                    std::fill(rows.row(band, row) + column, rows.row(band, row) + end,
                              band == 0 ? nothing : 0.0F);
                } else {
                    std::copy(old.row(band, row) + column, old.row(band, row) + end,
                              rows.row(band, row) + column);
                }
            }
        };
        for (const auto& [first, end] : m_selection.ownColumnsInRow(firstRow + row)) {
            fillUpTo(first);
            column = end;
        }
        fillUpTo(rows.columns());
    }
}

void PredictionOutputs::add(int firstRow, Image<float> values, Image<std::uint8_t> quality) {
    auto probability = values.bands() == 1 ? std::move(values) : bandOf(values, 0);
    auto confidence = shannonConfidence(probability);
    if (m_settings.calibration != nullptr) {
        calibrate(confidence, *m_settings.calibration);
    }
    const auto classes = classify(probability, m_settings.threshold);
    std::copy(classes.values().begin(), classes.values().end(), m_classes.row(0, firstRow));

    // What lies outside of the pixels asked for is blended of too few tiles to be a result; the classes of
    // it stay until they are smoothed.
    const auto* older = m_older ? &*m_older : nullptr;
    keepOther(nullptr, noNumber, firstRow, probability);
    keepOther(nullptr, noNumber, firstRow, confidence);
    Image<float> flags(2, quality.rows(), quality.columns());
    for (std::size_t i = 0; i < quality.bandSize(); ++i) {
        std::uint8_t state = quality.band(0)[i];
        std::uint8_t missing = quality.band(1)[i];
        if (std::isnan(probability.values()[i])) {
            state = (state & quality::notComputed) != 0 ? quality::notComputed : quality::noData;
            missing = 0;
        } else {
            ++m_predictedPixels;
            if (static_cast<double>(confidence.values()[i]) < m_settings.confidenceThreshold) {
                state |= quality::lowConfidence;
                ++m_lowPixels;
            }
            if (m_settings.calibration == nullptr) {
                state |= quality::uncalibrated;
            }
        }
        flags.band(0)[i] = state;
        flags.band(1)[i] = missing;
    }
    keepOther(older ? &older->quality : nullptr, quality::notComputed, firstRow, flags);
    if (older != nullptr) {
        keepOther(&older->probability, noNumber, firstRow, probability);
        keepOther(&older->confidence, noNumber, firstRow, confidence);
    }
    if (m_settings.wantLowConfidence) {
        std::transform(flags.band(0), flags.band(0) + flags.bandSize(), m_low.row(0, firstRow),
                       [](float state) {
                           const auto bits = static_cast<std::uint8_t>(state);
                           return (bits & (quality::noData | quality::notComputed)) != 0 ? NotPredicted
                                  : (bits & quality::lowConfidence) != 0                 ? Glacier
                                                                                         : Background;
                       });
    }
    m_probability.write(probability, 0, firstRow);
    m_confidence.write(confidence, 0, firstRow);
    m_quality.write(flags, 0, firstRow);
    if (m_uncertainty) {
        auto spread = bandOf(values, 1);
        keepOther(older ? &*older->uncertainty : nullptr, noNumber, firstRow, spread);
        m_uncertainty->write(spread, 0, firstRow);
    }
}

void PredictionOutputs::smooth() {
    medianFilterInPlace(m_classes, m_settings.smoothing);
}

void PredictionOutputs::writeClasses() {
    const auto& grid = m_settings.grid;
    for (int row = 0; row < grid.rows; row += rowsAtOnce) {
        Image<float> rows(1, std::min(rowsAtOnce, grid.rows - row), grid.columns);
        std::transform(
            m_classes.row(0, row), m_classes.row(0, row) + rows.bandSize(), rows.band(0),
            [](std::uint8_t value) { return value == NotPredicted ? noNumber : static_cast<float>(value); });
        if (m_selection.isRestricted()) {
            keepOther(m_older ? &m_older->outlines : nullptr, noNumber, row, rows);
            std::transform(rows.values().begin(), rows.values().end(), m_classes.row(0, row),
                           [](float value) -> std::uint8_t {
                               if (std::isnan(value)) {
                                   return NotPredicted;
                               }
                               return static_cast<std::uint8_t>(value);
                           });
        }
        m_outlines.write(rows, 0, row);
    }
}

void PredictionOutputs::finish(const Progress& progress) {
    std::vector<raster::RasterWriter*> writers{&m_probability, &m_confidence, &m_quality, &m_outlines};
    if (m_uncertainty) {
        writers.push_back(&*m_uncertainty);
    }
    for (std::size_t i = 0; i < writers.size(); ++i) {
        progress.report(static_cast<double>(i) / static_cast<double>(writers.size()), "Writing rasters");
        writers[i]->complete();
    }
    progress.throwIfStopped();
    for (auto* writer : writers) { // from here on there is no way back
        writer->finish();
    }
    if (!m_uncertainty) { // that of an earlier run says nothing about this one
        removeOwn(m_settings.files.uncertainty, m_settings.claim);
    }
}

} // namespace nunatak::prediction
