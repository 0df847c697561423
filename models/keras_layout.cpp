// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keras_layout.h"

#include "base/error.h"

#include <numeric>

namespace nunatak::models {

namespace {

using Shape = std::vector<std::int64_t>;

/// Keras' array seen as one with these axes, in this order for us: an axis of ours may join two of Keras'.
struct Permutation {
    Shape axes;             ///< extents of Keras' array, a joined axis taken apart
    std::vector<int> order; ///< which of them is our first, second, …
};

Permutation permutation(const WeightSlot& slot) {
    switch (slot.form) {
    case KerasForm::Same:
    case KerasForm::AttentionBias:
        return {{slot.elements()}, {0}};
    case KerasForm::Convolution:
        return {slot.kerasShape, {3, 2, 0, 1}};
    case KerasForm::Dense:
        return {slot.kerasShape, {1, 0}};
    case KerasForm::Patches:
        return {{slot.shape[2], slot.shape[3], slot.shape[1], slot.shape[0]}, {3, 2, 0, 1}};
    case KerasForm::AttentionInput:
        return {{slot.kerasShape[0], slot.kerasShape[1] * slot.kerasShape[2]}, {1, 0}};
    case KerasForm::AttentionOutput:
        return {{slot.kerasShape[0] * slot.kerasShape[1], slot.kerasShape[2]}, {1, 0}};
    }
    throw Error("The weight " + slot.name + " has a form that this version does not know.");
}

/// Calls visit(keras index, our index) for each element.
template <typename Visit> void forEachElement(const WeightSlot& slot, Visit visit) {
    const auto [axes, order] = permutation(slot);
    Shape strides(axes.size(), 1);
    for (std::size_t axis = axes.size() - 1; axis > 0; --axis) {
        strides[axis - 1] = strides[axis] * axes[axis];
    }
    Shape position(axes.size(), 0);
    const auto count = static_cast<std::size_t>(slot.elements());
    for (std::size_t ours = 0; ours < count; ++ours) {
        std::int64_t keras = 0;
        for (std::size_t axis = 0; axis < order.size(); ++axis) {
            keras += position[axis] * strides[static_cast<std::size_t>(order[axis])];
        }
        visit(static_cast<std::size_t>(keras), ours);
        for (std::size_t axis = order.size(); axis-- > 0;) {
            if (++position[axis] < axes[static_cast<std::size_t>(order[axis])]) {
                break;
            }
            position[axis] = 0;
        }
    }
}

void checkShape(const WeightSlot& slot, const Tensor& tensor, const Shape& wanted) {
    if (tensor.shape != wanted || tensor.values.size() != static_cast<std::size_t>(slot.elements())) {
        throw Error("The weight " + slot.name + " has the shape " + shapeText(tensor.shape) +
                    "; the network needs " + shapeText(wanted) + ".");
    }
}

} // namespace

std::string shapeText(const Shape& shape) {
    std::string text = "(";
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        text += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
    }
    return text + ")";
}

std::vector<std::string> kerasLayers(const NetworkSpec& spec) {
    spec.validate();
    if (spec.architecture != "glavitu") {
        throw Error("A network of the architecture \"" + spec.architecture +
                    "\" has no counterpart among the published Keras models; only \"glavitu\" has.");
    }
    std::vector<std::string> layers;
    if (spec.location > 0) {
        layers.push_back("location");
    }
    for (const auto& feature : spec.features) {
        layers.push_back(feature.name);
    }
    if (spec.location > 0) {
        layers.insert(layers.end(), {"location_encoding_block", "fusion_block", "tf.reshape", "tf.math.add"});
    } else {
        layers.push_back("fusion_block");
    }
    // The two sums are numbered after those of the transformer blocks, one in each.
    const auto sum = "add_" + std::to_string(spec.blocks);
    const auto lastSum = "add_" + std::to_string(spec.blocks + 1);
    layers.insert(layers.end(), {"SETR", sum, "ResUNet", lastSum});
    if (spec.deepSupervision) {
        layers.push_back("deepsupervision");
    }
    layers.push_back("output");
    return layers;
}

Tensor fromKeras(const WeightSlot& slot, const Tensor& keras) {
    checkShape(slot, keras, slot.kerasShape);
    Tensor weight{slot.shape, std::vector<float>(keras.values.size())};
    forEachElement(slot, [&](std::size_t from, std::size_t to) { weight.values[to] = keras.values[from]; });
    return weight;
}

Tensor toKeras(const WeightSlot& slot, const Tensor& weight) {
    checkShape(slot, weight, slot.shape);
    Tensor keras{slot.kerasShape, std::vector<float>(weight.values.size())};
    forEachElement(slot, [&](std::size_t to, std::size_t from) { keras.values[to] = weight.values[from]; });
    return keras;
}

NamedTensors fromKeras(const NetworkSpec& spec, const std::vector<Tensor>& arrays) {
    const auto slots = weightLayout(spec);
    NamedTensors weights;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (i >= arrays.size()) {
            throw Error("The Keras weights end after " + std::to_string(arrays.size()) + " arrays, before " +
                        slots[i].name + "; the network needs " + std::to_string(slots.size()) + ".");
        }
        weights[slots[i].name] = fromKeras(slots[i], arrays[i]);
    }
    if (arrays.size() > slots.size()) {
        throw Error("The Keras weights have " + std::to_string(arrays.size()) +
                    " arrays; the network needs " + std::to_string(slots.size()) + ".");
    }
    return weights;
}

} // namespace nunatak::models
