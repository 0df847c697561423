// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "models/manifest.h"

#include <string>
#include <vector>

// Confidence that means what it says (Maslov et al. 2025; golden group g).
namespace nunatak::prediction {

/// One row of a reliability table.
struct ReliabilityBin {
    double confidence = 0; ///< mean Shannon confidence of its pixels
    double accuracy = 0;   ///< share of them that are right
    double count = 0;      ///< pixels; empty bins are left out
};

/// Sorts pixels into equal bins of confidence over 0..1.
class ReliabilityCounter {
public:
    explicit ReliabilityCounter(int bins = 20);
    void add(double confidence, bool isRight, double count = 1);
    /// Those of another one with as many bins.
    void add(const ReliabilityCounter& other);
    double count() const;
    std::vector<ReliabilityBin> table() const;

private:
    std::vector<ReliabilityBin> m_sums;
};

/// Σ count · |accuracy − confidence| / Σ count.
double expectedCalibrationError(const std::vector<ReliabilityBin>& table);

/// The published curve: kernel ridge regression with a Laplacian kernel through the table with (0, 0) and (1,
/// 1) added.
models::Calibration fitKernelRidge(const std::vector<ReliabilityBin>& table, double gamma = 1);
/// Isotonic regression (pool adjacent violators), weighted by count.
models::Calibration fitIsotonic(const std::vector<ReliabilityBin>& table);
/// The better of both on `heldOut`, with the errors before and after filled in. Throws Error when a table is
/// empty.
models::Calibration fitCalibration(const std::vector<ReliabilityBin>& training,
                                   const std::vector<ReliabilityBin>& heldOut, const std::string& inference,
                                   const std::string& source);

/// Accuracy expected at a confidence, clipped to 0..1.
double calibrated(double confidence, const models::Calibration& calibration);
/// The same for a raster in place; NaN stays NaN.
void calibrate(Image<float>& confidence, const models::Calibration& calibration);

/// What decides whether a calibration holds for a prediction.
struct CalibratedFor {
    std::string inference = "plain"; ///< Inference::name()
    double threshold = 0.5;
    double pixelSize = 0; ///< metres; 0: the model's
};

/// The model's calibration for such predictions; null: an uncalibrated map, which must say so.
const models::Calibration* calibrationFor(const models::Manifest& model, const CalibratedFor& prediction);
/// Why there is none, as a sentence that names those there are.
std::string uncalibratedNote(const models::Manifest& model, const CalibratedFor& prediction);

} // namespace nunatak::prediction
