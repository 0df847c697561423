// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/own_ice.h"

#include "training/measure.h"

#include <algorithm>

namespace nunatak::training {

namespace {

class OwnIce final : public engine::RowSink {
public:
    explicit OwnIce(const AreaPixels& area) : m_area(area) {}

    void write(int firstRow, const Image<float>& probability) override {
        constexpr int asked = AreaPixels::Learnable | AreaPixels::Judged;
        forBlockRows(m_area, firstRow, probability.rows(), [&](const AreaPixels::Block& block, int row) {
            const float* values = probability.row(0, row - firstRow) + block.firstColumn;
            const auto* states = block.state.row(0, row - block.firstRow);
            const auto* ice = block.ice.row(0, row - block.firstRow);
            for (int column = 0; column < block.state.columns(); ++column) {
                const bool isBeside = (states[column] & asked) == AreaPixels::Learnable && ice[column] == 0;
                if (isBeside && values[column] > iceAbove) {
                    m_pixels.emplace_back(row, block.firstColumn + column);
                }
            }
        });
    }

    const std::vector<std::pair<int, int>>& pixels() const { return m_pixels; }

private:
    const AreaPixels& m_area;
    std::vector<std::pair<int, int>> m_pixels;
};

} // namespace

std::size_t leaveOutOwnIce(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                           const Progress& progress) {
    if (area.isComplete() || area.learnablePixels() == 0) {
        return 0;
    }
    OwnIce own(area);
    predictLearnable(network, manifest, area, own, progress);
    // Not before: the engine reads the area on other threads.
    area.leaveOut(own.pixels());
    return own.pixels().size();
}

} // namespace nunatak::training
