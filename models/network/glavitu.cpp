// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/glavitu.h"

#include <cmath>

#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/upsample_bilinear2d.h>

namespace nunatak::models {

namespace {

at::Tensor convolutionPair(Layers& layers, const std::string& name, const at::Tensor& x) {
    const auto first = layers.convNorm(name + "/conv1", name + "/norm1", x, usualSlope);
    return layers.channelDropout(layers.convNorm(name + "/conv2", name + "/norm2", first, usualSlope));
}

at::Tensor residual(Layers& layers, const std::string& name, const at::Tensor& x) {
    return layers.sum(convolutionPair(layers, name, x), layers.project(name + "/projection", x, false));
}

at::Tensor excitation(Layers& layers, const std::string& name, const at::Tensor& map) {
    const auto mean = layers.precise(map).mean({2, 3});
    const auto hidden = at::leaky_relu(layers.dense(name + "/squeeze", mean), usualSlope);
    return layers.asMap(at::sigmoid(layers.dense(name + "/excite", hidden)).unsqueeze(2).unsqueeze(3));
}

at::Tensor fuse(const NetworkSpec& spec, Layers& layers, const std::vector<at::Tensor>& features) {
    at::Tensor sum;
    for (std::size_t i = 0; i < spec.features.size(); ++i) {
        const auto name = "fusion/" + spec.features[i].name;
        const auto map = convolutionPair(layers, name, features[i]);
        const auto weight = excitation(layers, name, map);
        sum = sum.defined() ? layers.sumScaled(sum, map, weight) : map * weight;
    }
    return sum;
}

at::Tensor encodeLocation(Layers& layers, const at::Tensor& location) {
    const auto first = layers.denseNorm("location/dense1", "location/norm1", location, locationSlope);
    const auto second = layers.denseNorm("location/dense2", "location/norm2", first, locationSlope);
    return layers.asMap(layers.dropout(second).unsqueeze(2).unsqueeze(3));
}

at::Tensor attention(const NetworkSpec& spec, Layers& layers, const std::string& name,
                     const at::Tensor& tokens) {
    const auto count = tokens.size(0);
    const auto length = tokens.size(1);
    const std::int64_t key = spec.embedding / spec.heads;
    auto heads = [&](const char* input) {
        return layers.dense(name + "/" + input, tokens)
            .view({count, length, spec.heads, key})
            .transpose(1, 2);
    };
    const auto query = heads("query") * (1.0 / std::sqrt(static_cast<double>(key)));
    const auto scores = at::softmax(at::matmul(query, heads("key").transpose(2, 3)), -1);
    const auto mixed = at::matmul(scores, heads("value"));
    return layers.dense(name + "/output", mixed.transpose(1, 2).reshape({count, length, spec.embedding}));
}

at::Tensor transformerBlock(const NetworkSpec& spec, Layers& layers, const std::string& name,
                            const at::Tensor& tokens) {
    const auto attended =
        attention(spec, layers, name + "/attention", layers.layerNorm(name + "/norm1", tokens));
    const auto middle = tokens + attended;
    const auto hidden = at::gelu(layers.dense(name + "/mlp1", layers.layerNorm(name + "/norm2", middle)));
    // The published network has the activation after the second dense layer, too.
    const auto out = at::gelu(layers.dense(name + "/mlp2", layers.dropout(hidden)));
    return middle + layers.dropout(out);
}

at::Tensor twiceAsLarge(const at::Tensor& map) {
    return at::upsample_bilinear2d(map, {2 * map.size(2), 2 * map.size(3)}, false);
}

at::Tensor transform(const NetworkSpec& spec, Layers& layers, const at::Tensor& fused) {
    const std::int64_t side = spec.tile / patchSide;
    const auto patches = layers.precise(layers.patches("transformer/patches", fused));
    auto tokens = patches.flatten(2).transpose(1, 2) + layers.weight("transformer/positional_embedding");
    for (int block = 1; block <= spec.blocks; ++block) {
        tokens = transformerBlock(spec, layers, "transformer/block" + std::to_string(block), tokens);
    }
    // The channels are last already: no copy.
    auto map = layers.asMap(tokens.view({tokens.size(0), side, side, spec.embedding}).permute({0, 3, 1, 2}));
    for (int step = 1; step <= 3; ++step) {
        const auto number = std::to_string(step);
        map = twiceAsLarge(
            layers.convNorm("transformer/up/conv" + number, "transformer/up/norm" + number, map, {}));
    }
    map = layers.convNorm("transformer/up/conv4", "transformer/up/norm4", map, {});
    return twiceAsLarge(layers.project("transformer/up/projection", map, true));
}

at::Tensor refine(Layers& layers, const at::Tensor& encoded) {
    const auto level1 = residual(layers, "unet/encoder1", encoded);
    const auto level2 = residual(layers, "unet/encoder2", at::max_pool2d(level1, {2, 2}));
    const auto level3 = residual(layers, "unet/encoder3", at::max_pool2d(level2, {2, 2}));
    auto map = residual(layers, "unet/encoder4", at::max_pool2d(level3, {2, 2}));
    int step = 1;
    for (const auto* skip : {&level3, &level2, &level1}) {
        const auto name = "unet/decoder" + std::to_string(step++);
        const auto up = layers.upConvNorm(name + "/up", name + "/up_norm", map);
        map = residual(layers, name, at::cat({up, *skip}, 1));
    }
    // What the output layer sees is float32: rounded once more, outlines would move.
    return layers.project("unet/features", layers.precise(map), true);
}

} // namespace

GlaViTUOutput runGlaViTU(const NetworkSpec& spec, Layers& layers, const GlaViTUInput& input) {
    auto fused = fuse(spec, layers, input.features);
    if (spec.location > 0) {
        fused = layers.sum(fused, encodeLocation(layers, input.location));
    }
    if (spec.architecture == "resunet") {
        return {refine(layers, fused), {}};
    }
    const auto early = layers.sum(transform(spec, layers, fused), fused);
    return {layers.sum(refine(layers, early), layers.precise(early)), early};
}

} // namespace nunatak::models
