// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/pixel_agreement.h"

#include <limits>

namespace nunatak::comparison {

namespace {

double share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                     : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

PixelAgreement& PixelAgreement::operator+=(const PixelAgreement& other) {
    truePositive += other.truePositive;
    trueNegative += other.trueNegative;
    falsePositive += other.falsePositive;
    falseNegative += other.falseNegative;
    return *this;
}

double PixelAgreement::accuracy() const {
    return share(truePositive + trueNegative, truePositive + trueNegative + falsePositive + falseNegative);
}

double PixelAgreement::precision() const {
    return share(truePositive, truePositive + falsePositive);
}

double PixelAgreement::recall() const {
    return share(truePositive, truePositive + falseNegative);
}

double PixelAgreement::f1() const {
    return share(2 * truePositive, 2 * truePositive + falsePositive + falseNegative);
}

double PixelAgreement::iou() const {
    return share(truePositive, truePositive + falsePositive + falseNegative);
}

} // namespace nunatak::comparison
