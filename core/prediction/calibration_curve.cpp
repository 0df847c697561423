// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration_curve.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nunatak::prediction {

CalibrationCurve::CalibrationCurve(const models::Calibration& calibration)
    : m_method(calibration.method), m_gamma(calibration.gamma) {
    const auto& points = calibration.points;
    if (points.empty() || points.size() != calibration.coefficients.size()) {
        throw Error("The calibration is damaged: it needs points, and as many coefficients.");
    }
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
    for (const auto index : order) {
        m_points.push_back(points[index]);
        m_coefficients.push_back(calibration.coefficients[index]);
    }
    if (m_method == models::Calibration::Method::KernelRidge) {
        m_fromBelow = m_coefficients;
        m_fromAbove = m_coefficients;
        for (std::size_t i = 1; i < m_points.size(); ++i) {
            m_fromBelow[i] += m_fromBelow[i - 1] * std::exp(-m_gamma * (m_points[i] - m_points[i - 1]));
            const auto k = m_points.size() - 1 - i;
            m_fromAbove[k] += m_fromAbove[k + 1] * std::exp(-m_gamma * (m_points[k + 1] - m_points[k]));
        }
    }
}

double CalibrationCurve::operator()(double confidence) const {
    if (std::isnan(confidence)) {
        return confidence;
    }
    const bool isKernel = m_method == models::Calibration::Method::KernelRidge;
    return std::clamp(isKernel ? kernelSum(confidence) : interpolated(confidence), 0.0, 1.0);
}

double CalibrationCurve::kernelSum(double confidence) const {
    const auto above = std::upper_bound(m_points.begin(), m_points.end(), confidence);
    const auto next = static_cast<std::size_t>(above - m_points.begin());
    double sum = 0;
    if (next > 0) {
        sum += m_fromBelow[next - 1] * std::exp(-m_gamma * (confidence - m_points[next - 1]));
    }
    if (next < m_points.size()) {
        sum += m_fromAbove[next] * std::exp(-m_gamma * (m_points[next] - confidence));
    }
    return sum;
}

double CalibrationCurve::interpolated(double confidence) const {
    const auto above = std::upper_bound(m_points.begin(), m_points.end(), confidence);
    const auto next = static_cast<std::size_t>(above - m_points.begin());
    if (next == 0) {
        return m_coefficients.front();
    }
    if (next == m_points.size()) {
        return m_coefficients.back();
    }
    const double share = (confidence - m_points[next - 1]) / (m_points[next] - m_points[next - 1]);
    return m_coefficients[next - 1] + share * (m_coefficients[next] - m_coefficients[next - 1]);
}

} // namespace nunatak::prediction
