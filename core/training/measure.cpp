// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/measure.h"

#include "prediction/network_predictor.h"

namespace nunatak::training {

namespace {

class CountingSink final : public engine::RowSink {
public:
    explicit CountingSink(const AreaPixels& area) : m_area(area) {}

    void write(int firstRow, const Image<float>& probability) override {
        const auto& window = m_area.window();
        for (int row = 0; row < probability.rows(); ++row) {
            const int areaRow = firstRow + row - window.row;
            if (areaRow < 0 || areaRow >= window.rows) {
                continue;
            }
            const float* values = probability.row(0, row) + window.column;
            for (int column = 0; column < window.columns; ++column) {
                if (m_area.learnable().at(0, areaRow, column) == 0) {
                    continue;
                }
                const bool ice = m_area.ice().at(0, areaRow, column) != 0;
                const bool predicted = values[column] > 0.5F;
                m_counted.both += ice && predicted ? 1 : 0;
                m_counted.missed += ice && !predicted ? 1 : 0;
                m_counted.invented += !ice && predicted ? 1 : 0;
            }
        }
    }

    const Agreement& counted() const { return m_counted; }

private:
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

Agreement measure(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                  const Progress& progress) {
    if (area.learnablePixels() == 0) {
        return {};
    }
    engine::TilingOptions tiling;
    tiling.tile = manifest.network.tile;
    tiling.wanted = [&area](const engine::Window& window) { return area.hasLearnable(window); };
    CountingSink sink(area);
    engine::predictTiles(area.gridColumns(), area.gridRows(), tiling, area,
                         prediction::networkPredictor(network, manifest.name), sink, progress);
    return sink.counted();
}

} // namespace nunatak::training
