// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nunatak::prediction {

/// What a network answers for one tile in several passes: mean and spread, pixel by pixel (Welford's way, so
/// that equal answers have no spread at all).
class PassStatistics {
public:
    PassStatistics(std::size_t pixels, bool wantsSpread)
        : m_mean(pixels, 0.0), m_squares(wantsSpread ? pixels : 0, 0.0) {}

    void add(std::size_t pixel, double value, int howManyth) {
        const double difference = value - m_mean[pixel];
        m_mean[pixel] += difference / howManyth;
        if (!m_squares.empty()) {
            m_squares[pixel] += difference * (value - m_mean[pixel]);
        }
    }
    float mean(std::size_t pixel) const { return static_cast<float>(m_mean[pixel]); }
    float deviation(std::size_t pixel, int passes) const {
        return static_cast<float>(std::sqrt(std::max(0.0, m_squares[pixel] / passes)));
    }

private:
    std::vector<double> m_mean;
    std::vector<double> m_squares;
};

} // namespace nunatak::prediction
