// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"

#include <vector>

namespace nunatak::prediction {

/// A calibration made ready for many pixels.
class CalibrationCurve {
public:
    /// Throws Error when the calibration has no points or not as many coefficients.
    explicit CalibrationCurve(const models::Calibration& calibration);

    /// Accuracy expected at a confidence, clipped to 0..1; NaN stays NaN.
    double operator()(double confidence) const;

private:
    double kernelSum(double confidence) const;
    double interpolated(double confidence) const;

    models::Calibration::Method m_method;
    double m_gamma;
    std::vector<double> m_points; ///< rising
    std::vector<double> m_coefficients;
    // Between two points the kernels of all points below fade by one factor and those of all points above by
    // another, so that a pixel costs two exponentials and not one a point.
    std::vector<double> m_fromBelow; ///< sum of the kernels of the points up to and with each, there
    std::vector<double> m_fromAbove; ///< of the points from each on, there
};

} // namespace nunatak::prediction
