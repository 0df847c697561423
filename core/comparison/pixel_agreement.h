// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace nunatak::comparison {

/// Pixels by what the model says and what is true (positive: glacier), and the measures of Maslov et al.
/// (2025). A measure without anything to divide by is NaN.
struct PixelAgreement {
    std::int64_t truePositive = 0;
    std::int64_t trueNegative = 0;
    std::int64_t falsePositive = 0;
    std::int64_t falseNegative = 0;

    void add(bool isPredicted, bool isTrue) {
        ++(isPredicted ? (isTrue ? truePositive : falsePositive) : (isTrue ? falseNegative : trueNegative));
    }
    PixelAgreement& operator+=(const PixelAgreement& other);
    bool operator==(const PixelAgreement&) const = default;

    double accuracy() const;
    double precision() const;
    double recall() const;
    double f1() const;
    double iou() const;
};

} // namespace nunatak::comparison
