// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"

#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::models {

/// How one band becomes a number in 0..1: (f(x) − minimum) / (maximum − minimum), f the identity or log10(x +
/// 1e-6).
struct BandScaling {
    double minimum = 0;
    double maximum = 1;
    bool logarithmic = false;
    bool operator==(const BandScaling&) const = default;
};

/// What turns Shannon confidence into the accuracy seen on validation tiles (Maslov et al. 2025; golden group
/// g).
struct Calibration {
    enum class Method {
        KernelRidge, ///< Σ coefficients[i] · exp(−gamma · |x − points[i]|), clipped to 0..1
        Isotonic,    ///< coefficients are the values at points, linear between, constant outside
    };
    Method method = Method::Isotonic;
    std::vector<double> points;       ///< confidence
    std::vector<double> coefficients; ///< as many
    double gamma = 1;
    std::string inference =
        "plain"; ///< what it was fitted on: plain, tta or mc_dropout; used for nothing else
    /// Probability above which a pixel was called glacier when it was fitted. At another threshold other
    /// classes are right, so it is used for no other.
    double threshold = 0.5;
    double pixelSize = 0; ///< metres, of the predictions it was fitted on; used for no other. 0: the model's
    double eceBefore = 0; ///< expected calibration error on held-out tiles
    double eceAfter = 0;
    std::string source; ///< in words: on what and when
    bool isForSameAs(const Calibration& other) const {
        return inference == other.inference && isFor(other.threshold, other.pixelSize);
    }
    bool isFor(double otherThreshold, double otherPixelSize) const {
        return std::abs(threshold - otherThreshold) < 1e-6 &&
               std::abs(pixelSize - otherPixelSize) <= 1e-6 * pixelSize;
    }
    bool operator==(const Calibration&) const = default;
};

/// How far bf16 agrees with float32 for this model.
struct ReducedPrecisionCheck {
    double outlinesIou = 0; ///< between the outlines of both
    double calibrationShift =
        0; ///< largest change of the calibrated accuracy; 0 where only outlines were compared
    int tiles = 0;
    std::string source;   ///< "validation tiles" or the scene's name
    bool allowed = false; ///< outlinesIou ≥ 0.999 and calibrationShift ≤ 0.002
    bool operator==(const ReducedPrecisionCheck&) const = default;
};

/// How a model is meant to know where it is (Maslov et al. 2025).
enum class Strategy { Global, Regional, Finetuned, RegionEncoding, CoordinateEncoding };
std::string toString(Strategy strategy);
/// Throws Error when it is none of global, regional, finetuned, region_encoding, coordinate_encoding.
Strategy strategyFromString(const std::string& text);

/// model.json beside weights.safetensors: everything about a model that is not a weight.
struct Manifest {
    std::string name;   ///< the registry's name, also the folder's
    int version = 1;    ///< grows with each fine-tuning
    std::string parent; ///< fingerprint of the model it was fine-tuned from, empty for the first
    NetworkSpec network;
    double pixelSize = 10; ///< metres; prediction and training run at this size
    std::map<std::string, std::vector<BandScaling>> scaling; ///< by feature, one per band
    std::vector<std::string> requiredFeatures;               ///< where one has no data the result has none
    Strategy strategy = Strategy::Global;
    std::vector<std::string> regions;      ///< what the location vector's entries mean, the last "unknown";
                                           ///< or the one region of a regional or fine-tuned model
    bool trainedWithDropout = false;       ///< MC dropout says little where it was not
    std::vector<Calibration> calibrations; ///< at most one for each inference, threshold and pixel size
    std::optional<ReducedPrecisionCheck> bfloat16; ///< none: not checked yet
    std::string provenance;                        ///< how it was trained, in a sentence or two
    std::map<std::string, double> metrics;         ///< such as validation_iou
    std::string created;                           ///< ISO 8601, UTC
    std::string fingerprint;                       ///< SHA-256 (hex) of the weights file

    /// Scalings as published with GlaViTU for the six features.
    static std::map<std::string, std::vector<BandScaling>>
    publishedScaling(const std::vector<FeatureSpec>& features);
};

/// Throws Error naming the file and the field that is missing, of the wrong type or out of range.
Manifest readManifest(const std::filesystem::path& modelJson);
/// Writes through a temporary file that is renamed. Throws Error.
void writeManifest(const Manifest& manifest, const std::filesystem::path& modelJson);

} // namespace nunatak::models
