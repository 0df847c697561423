// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/output_vectors.h"

namespace nunatak::models::cpu {

namespace {

/// Rows of `layer` weighted by `weights`: one output of both.
std::vector<double> behind(const Folded& layer, const std::vector<double>& weights) {
    std::vector<double> out(static_cast<std::size_t>(layer.inputs));
    for (int output = 0; output < layer.outputs; ++output) {
        for (int input = 0; input < layer.inputs; ++input) {
            out[static_cast<std::size_t>(input)] +=
                weights[static_cast<std::size_t>(output)] * static_cast<double>(layer.at(output, input));
        }
    }
    return out;
}

} // namespace

OutputVectors::OutputVectors(const NetworkSpec& spec, const Weights& weights) {
    const auto head = plainLayer(weights, "heads/output", true);
    const auto features = plainLayer(weights, "unet/features", true);
    const auto ofFeatures = behind(head, {-1, 1});
    ofActivated = behind(features, ofFeatures);
    ofJoined = behind(plainLayer(weights, "unet/decoder3/projection", false), ofActivated);
    if (spec.architecture == "glavitu") {
        ofEncoded = ofFeatures;
    }
    double sum = static_cast<double>(head.bias[1]) - static_cast<double>(head.bias[0]);
    for (std::size_t i = 0; i < features.bias.size(); ++i) {
        sum += ofFeatures[i] * static_cast<double>(features.bias[i]);
    }
    bias = static_cast<float>(sum);
}

Floats placed(const std::vector<double>& values, int channels, const Place& place) {
    Floats out(static_cast<std::size_t>(channels));
    for (std::size_t i = 0; i < values.size(); ++i) {
        out.data()[place(static_cast<int>(i))] = static_cast<float>(values[i]);
    }
    return out;
}

} // namespace nunatak::models::cpu
