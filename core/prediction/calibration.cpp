// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration.h"

#include "base/error.h"
#include "calibration_curve.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace nunatak::prediction {

namespace {

struct Point {
    double x = 0;
    double y = 0;
};

/// Without rows that say nothing, in rising order of confidence.
std::vector<ReliabilityBin> usableRows(const std::vector<ReliabilityBin>& table) {
    std::vector<ReliabilityBin> rows;
    std::copy_if(table.begin(), table.end(), std::back_inserter(rows), [](const ReliabilityBin& bin) {
        return bin.count > 0 && std::isfinite(bin.confidence) && std::isfinite(bin.accuracy);
    });
    std::stable_sort(rows.begin(), rows.end(), [](const ReliabilityBin& a, const ReliabilityBin& b) {
        return a.confidence < b.confidence;
    });
    return rows;
}

/// Points that lie (almost) on each other become one in their middle: no curve goes through both, and the
/// equations of one that tries are singular.
std::vector<Point> distinct(const std::vector<Point>& points) {
    constexpr double closest = 1e-9;
    std::vector<Point> all;
    for (std::size_t first = 0; first < points.size();) {
        std::size_t end = first;
        double sum = 0;
        for (; end < points.size() && points[end].x - points[first].x <= closest; ++end) {
            sum += points[end].y;
        }
        all.push_back({points[first].x, sum / static_cast<double>(end - first)});
        first = end;
    }
    return all;
}

double errorOf(const std::vector<ReliabilityBin>& table, const models::Calibration& calibration) {
    const CalibrationCurve curve(calibration);
    auto moved = table;
    for (auto& bin : moved) {
        bin.confidence = curve(bin.confidence);
    }
    return expectedCalibrationError(moved);
}

} // namespace

ReliabilityCounter::ReliabilityCounter(int bins) {
    if (bins < 1 || bins > 100'000) {
        throw Error("A reliability table needs between 1 and 100000 bins, not " + std::to_string(bins) + ".");
    }
    m_sums.resize(static_cast<std::size_t>(bins));
}

void ReliabilityCounter::add(double confidence, bool isRight, double count) {
    if (!std::isfinite(confidence) || !(count > 0)) {
        return;
    }
    const auto bins = static_cast<double>(m_sums.size());
    auto& bin = m_sums[static_cast<std::size_t>(std::clamp(std::floor(confidence * bins), 0.0, bins - 1))];
    bin.confidence += confidence * count;
    bin.accuracy += isRight ? count : 0;
    bin.count += count;
}

void ReliabilityCounter::add(const ReliabilityCounter& other) {
    if (other.m_sums.size() != m_sums.size()) {
        throw Error("Two reliability tables can be added only when they have as many bins.");
    }
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        m_sums[i].confidence += other.m_sums[i].confidence;
        m_sums[i].accuracy += other.m_sums[i].accuracy;
        m_sums[i].count += other.m_sums[i].count;
    }
}

double ReliabilityCounter::count() const {
    return std::accumulate(m_sums.begin(), m_sums.end(), 0.0,
                           [](double sum, const ReliabilityBin& bin) { return sum + bin.count; });
}

std::vector<ReliabilityBin> ReliabilityCounter::table() const {
    std::vector<ReliabilityBin> rows;
    for (const auto& sums : m_sums) {
        if (sums.count > 0) {
            rows.push_back({sums.confidence / sums.count, sums.accuracy / sums.count, sums.count});
        }
    }
    return rows;
}

double expectedCalibrationError(const std::vector<ReliabilityBin>& table) {
    double error = 0;
    double count = 0;
    for (const auto& bin : usableRows(table)) {
        error += bin.count * std::abs(bin.accuracy - bin.confidence);
        count += bin.count;
    }
    return count > 0 ? error / count : 0;
}

models::Calibration fitKernelRidge(const std::vector<ReliabilityBin>& table, double gamma) {
    if (!(gamma > 0) || !std::isfinite(gamma)) {
        throw Error("The kernel of a calibration needs a gamma above 0.");
    }
    // As published: a map that is sure of nothing is right in nothing, one that is sure of all in all.
    std::vector<Point> points{{0, 0}};
    for (const auto& bin : usableRows(table)) {
        points.push_back({bin.confidence, bin.accuracy});
    }
    points.push_back({1, 1});
    std::stable_sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
    points = distinct(points);

    // The published regression penalises nothing (its penalties belong to further targets that there are
    // not), so it is interpolation. The inverse of a Laplacian kernel's matrix on a line has three diagonals:
    // each point feels its neighbours alone, and no equations need solving.
    models::Calibration calibration;
    calibration.method = models::Calibration::Method::KernelRidge;
    calibration.gamma = gamma;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double coefficient = points[i].y;
        if (i > 0) {
            const double distance = gamma * (points[i].x - points[i - 1].x);
            const double kernel = std::exp(-distance);
            coefficient = (points[i].y - kernel * points[i - 1].y) / -std::expm1(-2 * distance);
        }
        if (i + 1 < points.size()) {
            const double distance = gamma * (points[i + 1].x - points[i].x);
            const double kernel = std::exp(-distance);
            coefficient -= kernel * (points[i + 1].y - kernel * points[i].y) / -std::expm1(-2 * distance);
        }
        calibration.points.push_back(points[i].x);
        calibration.coefficients.push_back(coefficient);
    }
    return calibration;
}

models::Calibration fitIsotonic(const std::vector<ReliabilityBin>& table) {
    struct Block {
        double sum = 0;
        double count = 0;
        double first = 0;
        double last = 0;
        double mean() const { return sum / count; }
    };
    std::vector<Block> blocks;
    for (const auto& bin : usableRows(table)) {
        blocks.push_back({bin.accuracy * bin.count, bin.count, bin.confidence, bin.confidence});
        // Rows of equal confidence are one place on the curve, whatever their accuracies.
        while (blocks.size() > 1 && (blocks[blocks.size() - 2].mean() >= blocks.back().mean() ||
                                     blocks[blocks.size() - 2].last >= blocks.back().first)) {
            auto& before = blocks[blocks.size() - 2];
            before.sum += blocks.back().sum;
            before.count += blocks.back().count;
            before.last = blocks.back().last;
            blocks.pop_back();
        }
    }
    if (blocks.empty()) {
        throw Error("There are no validated pixels to fit a calibration to.");
    }
    models::Calibration calibration;
    calibration.method = models::Calibration::Method::Isotonic;
    for (const auto& block : blocks) {
        calibration.points.push_back(block.first);
        calibration.coefficients.push_back(block.mean());
        if (block.last > block.first) {
            calibration.points.push_back(block.last);
            calibration.coefficients.push_back(block.mean());
        }
    }
    return calibration;
}

models::Calibration fitCalibration(const std::vector<ReliabilityBin>& training,
                                   const std::vector<ReliabilityBin>& heldOut, const std::string& inference,
                                   const std::string& source) {
    if (usableRows(training).empty() || usableRows(heldOut).empty()) {
        throw Error("A calibration needs validated pixels in two parts: one to fit it to and one to judge it "
                    "by; give more tiles.");
    }
    auto kernel = fitKernelRidge(training);
    auto isotonic = fitIsotonic(training);
    kernel.eceAfter = errorOf(heldOut, kernel);
    isotonic.eceAfter = errorOf(heldOut, isotonic);
    auto best = kernel.eceAfter < isotonic.eceAfter ? std::move(kernel) : std::move(isotonic);
    best.eceBefore = expectedCalibrationError(heldOut);
    best.inference = inference;
    best.source = source;
    return best;
}

double calibrated(double confidence, const models::Calibration& calibration) {
    return CalibrationCurve(calibration)(confidence);
}

void calibrate(Image<float>& confidence, const models::Calibration& calibration) {
    const CalibrationCurve curve(calibration);
    std::transform(confidence.values().begin(), confidence.values().end(), confidence.values().begin(),
                   [&curve](float value) { return static_cast<float>(curve(static_cast<double>(value))); });
}

const models::Calibration* calibrationFor(const models::Manifest& model, const CalibratedFor& prediction) {
    const double pixelSize = prediction.pixelSize > 0 ? prediction.pixelSize : model.pixelSize;
    const auto found = std::find_if(
        model.calibrations.begin(), model.calibrations.end(), [&](const models::Calibration& each) {
            auto at = each;
            at.pixelSize = at.pixelSize > 0 ? at.pixelSize : model.pixelSize;
            return each.inference == prediction.inference && at.isFor(prediction.threshold, pixelSize);
        });
    return found == model.calibrations.end() ? nullptr : &*found;
}

std::string uncalibratedNote(const models::Manifest& model, const CalibratedFor& prediction) {
    const auto described = [&](const std::string& inference, double threshold, double pixelSize) {
        char numbers[96];
        std::snprintf(numbers, sizeof numbers, ", threshold %g, pixels of %g m", threshold,
                      pixelSize > 0 ? pixelSize : model.pixelSize);
        return inference + numbers;
    };
    std::string known;
    for (const auto& one : model.calibrations) {
        known += (known.empty() ? "" : "; ") + described(one.inference, one.threshold, one.pixelSize);
    }
    return "The confidence is not calibrated: the model " + model.name +
           (known.empty()
                ? " has no calibration."
                : " was calibrated for " + known + ", not for " +
                      described(prediction.inference, prediction.threshold, prediction.pixelSize) + ".");
}

} // namespace nunatak::prediction
