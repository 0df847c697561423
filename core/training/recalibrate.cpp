// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/recalibrate.h"

#include "prediction/calibration.h"
#include "prediction/confidence.h"
#include "prediction/predict_scene.h"
#include "prediction/separated_parts.h"
#include "training/measure.h"

#include <cmath>

namespace nunatak::training {

namespace {

constexpr int blockPixels = 32;
/// Fewer pixels say nothing of confidence.
constexpr double leastPixels = 1000;

/// Counts how often the model is right, by how sure it is, in blocks of the ground.
class ReliabilitySink final : public engine::RowSink {
public:
    ReliabilitySink(const AreaPixels& area, prediction::ValidationGround& ground)
        : m_area(area), m_ground(ground),
          m_across(static_cast<std::size_t>((area.gridColumns() + blockPixels - 1) / blockPixels)) {}

    void write(int firstRow, const Image<float>& probability) override {
        forBlockRows(m_area, firstRow, probability.rows(), [&](const AreaPixels::Block& block, int row) {
            const float* values = probability.row(0, row - firstRow);
            const auto* states = block.state.row(0, row - block.firstRow);
            for (int i = 0; i < block.state.columns(); ++i) {
                const int column = block.firstColumn + i;
                if ((states[i] & AreaPixels::Learnable) == 0 || std::isnan(values[column])) {
                    continue;
                }
                const bool isIce = (states[i] & AreaPixels::Ice) != 0;
                m_ground
                    .blocks[static_cast<std::size_t>(row / blockPixels) * m_across +
                            static_cast<std::size_t>(column / blockPixels)]
                    .pixels.add(prediction::shannonConfidence(static_cast<double>(values[column])),
                                isIce == (values[column] > iceAbove));
            }
        });
    }

private:
    const AreaPixels& m_area;
    prediction::ValidationGround& m_ground;
    std::size_t m_across;
};

} // namespace

std::optional<models::Calibration> recalibrated(models::Network& network, const models::Manifest& manifest,
                                                std::vector<AreaPixels>& pixels,
                                                const std::vector<TrainingArea>& areas,
                                                const std::string& ground, const Progress& progress) {
    std::vector<prediction::ValidationGround> grounds;
    prediction::ReliabilityCounter all;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        if (pixels[i].isReplay() || pixels[i].learnablePixels() == 0) {
            continue;
        }
        const auto grid = prediction::predictionGrid(areas[i].scene->scene(), manifest);
        auto& seen = grounds.emplace_back();
        seen.blocks = prediction::blocksOf(grid, blockPixels);
        ReliabilitySink sink(pixels[i], seen);
        predictLearnable(network, manifest, pixels[i], sink, progress);
        std::erase_if(seen.blocks, [](const auto& block) { return block.pixels.count() == 0; });
        for (const auto& block : seen.blocks) {
            all.add(block.pixels);
        }
    }
    if (all.count() < leastPixels) {
        return std::nullopt;
    }
    const auto parts = prediction::separated(grounds, manifest.network.tile * manifest.pixelSize);
    const bool isParted = parts.fitting.count() >= leastPixels && parts.heldOut.count() >= leastPixels;
    auto calibration = prediction::fitCalibration(
        isParted ? parts.fitting.table() : all.table(), isParted ? parts.heldOut.table() : all.table(),
        "plain", ground + (isParted ? "" : "; too little ground to judge it on other than it was fitted on"));
    calibration.threshold = static_cast<double>(iceAbove);
    calibration.pixelSize = manifest.pixelSize;
    return calibration.eceAfter < calibration.eceBefore ? std::optional(calibration) : std::nullopt;
}

} // namespace nunatak::training
