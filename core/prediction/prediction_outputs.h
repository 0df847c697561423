// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"
#include "models/manifest.h"
#include "prediction/predict_scene.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"
#include "tile_selection.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::prediction {

struct OutputSettings {
    geo::Grid grid;
    PredictionFiles files;
    Claim claim;
    double threshold = 0.5;
    double confidenceThreshold = 0.95;
    int smoothing = 3;
    const models::Calibration* calibration = nullptr; ///< null: confidence stays as Shannon has it
    bool hasSpread = false;
    bool wantLowConfidence = false;
    std::map<std::string, std::string> metadata;
    bool addToOlder = false; ///< pixels outside of the selection stay what the files hold
};

/// The rasters of a prediction, made of finished rows from north to south.
class PredictionOutputs {
public:
    /// The selection must outlive it.
    PredictionOutputs(OutputSettings settings, const TileSelection& selection);

    /// `values` as the engine gives them, `quality` as SceneTileSource::takeQuality() does.
    void add(int firstRow, Image<float> values, Image<std::uint8_t> quality);
    /// Smooths the classes; after the last row.
    void smooth();
    /// Takes over what older rasters hold outside of the pixels asked for, and writes outlines.tif.
    void writeClasses();
    /// Classes as in outlines.tif; they are gone from here then.
    Image<std::uint8_t> takeClasses() { return std::move(m_classes); }
    /// Glacier where confidence is under the threshold (if asked for); gone from here then.
    Image<std::uint8_t> takeLowConfidence() { return std::move(m_low); }
    bool isMerged() const { return m_older.has_value(); }
    /// Of the pixels that this run predicted, those whose confidence is under the threshold; 0 to 1.
    double lowConfidenceShare() const {
        return m_predictedPixels > 0
                   ? static_cast<double>(m_lowPixels) / static_cast<double>(m_predictedPixels)
                   : 0;
    }
    /// Overviews, then names.
    void finish(const Progress& progress);

private:
    /// Rasters of an earlier run over another region.
    struct Older {
        raster::RasterReader probability;
        raster::RasterReader confidence;
        raster::RasterReader quality;
        raster::RasterReader outlines;
        std::optional<raster::RasterReader> uncertainty;
    };
    raster::RasterLayout layout(std::vector<std::string> bands, bool isClasses) const;
    void findOlder();
    /// Pixels outside of those asked for: from an older raster, or `nothing` where there is none.
    void keepOther(const raster::RasterReader* reader, float nothing, int firstRow, Image<float>& rows) const;

    OutputSettings m_settings;
    const TileSelection& m_selection;
    std::optional<Older> m_older;
    raster::RasterWriter m_probability;
    raster::RasterWriter m_confidence;
    raster::RasterWriter m_quality;
    raster::RasterWriter m_outlines;
    std::optional<raster::RasterWriter> m_uncertainty;
    Image<std::uint8_t> m_classes;
    Image<std::uint8_t> m_low;
    std::size_t m_predictedPixels = 0;
    std::size_t m_lowPixels = 0;
};

} // namespace nunatak::prediction
