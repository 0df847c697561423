// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/measure.h"

#include "prediction/network_predictor.h"

#include <algorithm>
#include <optional>

namespace nunatak::training {

namespace {

class CountingSink final : public engine::RowSink {
public:
    explicit CountingSink(const AreaPixels& area) : m_area(area) {}

    void write(int firstRow, const Image<float>& probability) override {
        forBlockRows(m_area, firstRow, probability.rows(), [&](const AreaPixels::Block& block, int row) {
            const float* values = probability.row(0, row - firstRow) + block.firstColumn;
            const auto* states = block.state.row(0, row - block.firstRow);
            for (int column = 0; column < block.state.columns(); ++column) {
                if ((states[column] & AreaPixels::Learnable) != 0) {
                    count((states[column] & AreaPixels::Ice) != 0, values[column] > iceAbove);
                }
            }
        });
    }

    const Agreement& counted() const { return m_counted; }

private:
    void count(bool ice, bool predicted) {
        m_counted.both += ice && predicted ? 1 : 0;
        m_counted.missed += ice && !predicted ? 1 : 0;
        m_counted.invented += !ice && predicted ? 1 : 0;
    }

    const AreaPixels& m_area;
    Agreement m_counted;
};

} // namespace

void Agreement::add(const Agreement& other) {
    both += other.both;
    missed += other.missed;
    invented += other.invented;
}

double Agreement::iou() const {
    const auto all = both + missed + invented;
    return all == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(all);
}

void predictLearnable(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                      engine::RowSink& sink, const Progress& progress) {
    engine::TilingOptions tiling;
    tiling.tile = manifest.network.tile;
    tiling.wanted = [&area](const engine::Window& window) { return area.hasLearnable(window); };
    const auto location = area.location().empty() ? std::nullopt : std::optional(area.location());
    engine::predictTiles(area.gridColumns(), area.gridRows(), tiling, area,
                         prediction::networkPredictor(network, manifest.name, {}, location), sink, progress);
}

Agreement measure(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                  const Progress& progress) {
    CountingSink sink(area);
    if (area.learnablePixels() > 0) {
        predictLearnable(network, manifest, area, sink, progress);
    }
    return sink.counted();
}

} // namespace nunatak::training
