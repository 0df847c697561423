// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/weight_layout.h"

#include <numeric>

namespace nunatak::models {

namespace {

/// Collects the weights of one of Keras' layers: what is trained first, moving statistics after it.
class LayerWeights {
public:
    LayerWeights(std::string kerasLayer, std::vector<WeightSlot>& slots)
        : m_layer(std::move(kerasLayer)), m_slots(slots) {}
    LayerWeights(const LayerWeights&) = delete;
    LayerWeights& operator=(const LayerWeights&) = delete;
    ~LayerWeights() { m_slots.insert(m_slots.end(), m_statistics.begin(), m_statistics.end()); }

    NetworkPart part = NetworkPart::Fusion;

    void convolution(const std::string& name, std::int64_t in, std::int64_t out, std::int64_t size,
                     bool bias = true) {
        add(name + "/kernel", {out, in, size, size}, {size, size, in, out}, KerasForm::Convolution,
            InitialValue::GlorotUniform);
        if (bias) {
            vector(name + "/bias", out, InitialValue::Zeros);
        }
    }

    void dense(const std::string& name, std::int64_t in, std::int64_t out, bool bias = true) {
        add(name + "/kernel", {out, in}, {in, out}, KerasForm::Dense, InitialValue::GlorotUniform);
        if (bias) {
            vector(name + "/bias", out, InitialValue::Zeros);
        }
    }

    void batchNorm(const std::string& name, std::int64_t channels) {
        scaleAndShift(name, channels);
        statistic(name + "/moving_mean", channels, InitialValue::Zeros);
        statistic(name + "/moving_variance", channels, InitialValue::Ones);
    }

    /// gamma and beta, which is all that a LayerNorm has.
    void scaleAndShift(const std::string& name, std::int64_t channels) {
        vector(name + "/gamma", channels, InitialValue::Ones);
        vector(name + "/beta", channels, InitialValue::Zeros);
    }

    void add(const std::string& name, std::vector<std::int64_t> shape, std::vector<std::int64_t> kerasShape,
             KerasForm form, InitialValue initial) {
        m_slots.push_back(slot(name, std::move(shape), std::move(kerasShape), form, initial, true));
    }

    /// Two convolutions of 3 × 3, each with a BatchNorm: ConvBatchNormAct_x2.
    void convolutionPair(const std::string& name, std::int64_t in, std::int64_t out) {
        convolution(name + "/conv1", in, out, 3);
        batchNorm(name + "/norm1", out);
        convolution(name + "/conv2", out, out, 3);
        batchNorm(name + "/norm2", out);
    }

private:
    void vector(const std::string& name, std::int64_t length, InitialValue initial) {
        add(name, {length}, {length}, KerasForm::Same, initial);
    }

    void statistic(const std::string& name, std::int64_t length, InitialValue initial) {
        m_statistics.push_back(slot(name, {length}, {length}, KerasForm::Same, initial, false));
    }

    WeightSlot slot(const std::string& name, std::vector<std::int64_t> shape,
                    std::vector<std::int64_t> kerasShape, KerasForm form, InitialValue initial,
                    bool trainable) const {
        auto leaf = name.substr(name.rfind('/') + 1);
        return {name,    std::move(shape), m_layer, std::move(leaf), std::move(kerasShape), form,
                initial, trainable,        part};
    }

    std::string m_layer;
    std::vector<WeightSlot>& m_slots;
    std::vector<WeightSlot> m_statistics;
};

void addLocation(const NetworkSpec& spec, std::vector<WeightSlot>& slots) {
    LayerWeights layer("location_encoding_block", slots);
    layer.part = NetworkPart::Location;
    layer.dense("location/dense1", spec.location, spec.filters);
    layer.batchNorm("location/norm1", spec.filters);
    layer.dense("location/dense2", spec.filters, spec.filters);
    layer.batchNorm("location/norm2", spec.filters);
}

void addFusion(const NetworkSpec& spec, std::vector<WeightSlot>& slots) {
    LayerWeights layer("fusion_block", slots);
    for (const auto& feature : spec.features) {
        layer.convolutionPair("fusion/" + feature.name, static_cast<std::int64_t>(feature.bands.size()),
                              spec.filters);
    }
    // Keras lists the first dense layer of every feature before the second of any.
    for (const auto& feature : spec.features) {
        layer.dense("fusion/" + feature.name + "/squeeze", spec.filters, spec.filters);
    }
    for (const auto& feature : spec.features) {
        layer.dense("fusion/" + feature.name + "/excite", spec.filters, spec.filters);
    }
}

void addTransformerBlock(const NetworkSpec& spec, const std::string& name, LayerWeights& layer) {
    const std::int64_t width = spec.embedding;
    const std::int64_t heads = spec.heads;
    const std::int64_t key = width / heads;
    layer.scaleAndShift(name + "/norm1", width);
    for (const char* input : {"query", "key", "value"}) {
        const auto prefix = name + "/attention/" + input;
        layer.add(prefix + "/kernel", {width, width}, {width, heads, key}, KerasForm::AttentionInput,
                  InitialValue::GlorotUniform);
        layer.add(prefix + "/bias", {width}, {heads, key}, KerasForm::AttentionBias, InitialValue::Zeros);
    }
    layer.add(name + "/attention/output/kernel", {width, width}, {heads, key, width},
              KerasForm::AttentionOutput, InitialValue::GlorotUniform);
    layer.add(name + "/attention/output/bias", {width}, {width}, KerasForm::Same, InitialValue::Zeros);
    layer.scaleAndShift(name + "/norm2", width);
    layer.dense(name + "/mlp1", width, spec.mlp);
    layer.dense(name + "/mlp2", spec.mlp, width);
}

void addTransformer(const NetworkSpec& spec, std::vector<WeightSlot>& slots) {
    LayerWeights layer("SETR", slots);
    layer.part = NetworkPart::Transformer;
    const std::int64_t width = spec.embedding;
    const std::int64_t filters = spec.filters;
    const std::int64_t tokens = static_cast<std::int64_t>(spec.tile / 16) * (spec.tile / 16);
    layer.add("transformer/patches/kernel", {width, filters, 16, 16}, {256 * filters, width},
              KerasForm::Patches, InitialValue::GlorotUniform);
    layer.add("transformer/patches/bias", {width}, {width}, KerasForm::Same, InitialValue::Zeros);
    layer.add("transformer/positional_embedding", {tokens, width}, {tokens, width}, KerasForm::Same,
              InitialValue::Positions);
    for (int block = 1; block <= spec.blocks; ++block) {
        addTransformerBlock(spec, "transformer/block" + std::to_string(block), layer);
    }
    for (int step = 1; step <= 4; ++step) {
        const auto number = std::to_string(step);
        layer.convolution("transformer/up/conv" + number, step == 1 ? width : filters, filters, 3);
        layer.batchNorm("transformer/up/norm" + number, filters);
    }
    layer.convolution("transformer/up/projection", filters, filters, 1);
}

void addResUNet(const NetworkSpec& spec, std::vector<WeightSlot>& slots) {
    LayerWeights layer("ResUNet", slots);
    const std::int64_t filters = spec.filters;
    auto residual = [&](const std::string& name, std::int64_t in, std::int64_t out) {
        layer.convolutionPair(name, in, out);
        layer.dense(name + "/projection", in, out, false);
    };
    layer.part = NetworkPart::Encoder;
    residual("unet/encoder1", filters, filters);
    residual("unet/encoder2", filters, 2 * filters);
    residual("unet/encoder3", 2 * filters, 4 * filters);
    residual("unet/encoder4", 4 * filters, 8 * filters);
    layer.part = NetworkPart::Decoder;
    for (int step = 1; step <= 3; ++step) {
        const auto name = "unet/decoder" + std::to_string(step);
        const std::int64_t out = filters << (3 - step);
        layer.convolution(name + "/up", 2 * out, out, 2, false);
        layer.batchNorm(name + "/up_norm", out);
        residual(name, 2 * out, out);
    }
    layer.dense("unet/features", filters, filters);
}

void addHead(const NetworkSpec& spec, const std::string& name, const std::string& kerasLayer,
             std::vector<WeightSlot>& slots) {
    LayerWeights layer(kerasLayer, slots);
    layer.part = NetworkPart::Heads;
    layer.dense(name, spec.filters, 2);
}

} // namespace

std::int64_t WeightSlot::elements() const {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::vector<WeightSlot> weightLayout(const NetworkSpec& spec) {
    spec.validate();
    std::vector<WeightSlot> slots;
    if (spec.location > 0) {
        addLocation(spec, slots);
    }
    addFusion(spec, slots);
    if (spec.architecture == "glavitu") {
        addTransformer(spec, slots);
    }
    addResUNet(spec, slots);
    if (spec.deepSupervision) {
        addHead(spec, "heads/deep_supervision", "deepsupervision", slots);
    }
    addHead(spec, "heads/output", "output", slots);
    return slots;
}

} // namespace nunatak::models
