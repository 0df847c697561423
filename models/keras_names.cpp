// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/keras_layout.h"
#include "models/weight_layout.h"

#include <map>

namespace nunatak::models {

namespace {

/// Keras counts the layers of each class: dense, dense_1, dense_2, …
class Counters {
public:
    std::string next(const std::string& kind) {
        const int number = m_counts[kind]++;
        return number == 0 ? kind : kind + "_" + std::to_string(number);
    }

private:
    std::map<std::string, int> m_counts;
};

/// Makes Keras' path of each of our groups of weights (a name without its leaf), in the order in which they
/// first appear, which is the order in which Keras built them.
class KerasPaths {
public:
    const std::string& of(const WeightSlot& slot) {
        const auto group = slot.name.substr(0, slot.name.rfind('/'));
        const auto known = m_paths.find(group);
        return known != m_paths.end() ? known->second
                                      : m_paths.emplace(group, make(slot, group)).first->second;
    }

private:
    std::string make(const WeightSlot& slot, const std::string& group) {
        switch (slot.part) {
        case NetworkPart::Location:
            return "location_encoding_block/" + m_model.next(kindOf(slot, group));
        case NetworkPart::Fusion:
            return fusion(slot, group);
        case NetworkPart::Transformer:
            return transformer(slot, group);
        case NetworkPart::Encoder:
        case NetworkPart::Decoder:
            return unet(slot, group);
        case NetworkPart::Heads:
            return slot.kerasLayer;
        }
        throw Error("The weight " + slot.name + " has no counterpart in Keras.");
    }

    /// Keras' class of the layer that holds the weight.
    static std::string kindOf(const WeightSlot& slot, const std::string& group) {
        if (slot.form == KerasForm::Convolution) {
            return "conv2d";
        }
        if (slot.form == KerasForm::Dense || slot.form == KerasForm::Patches) {
            return "dense";
        }
        return group.find("/block") == std::string::npos ? "batch_normalization" : "layer_normalization";
    }

    /// Layers that the fusion block makes for itself have counters of their own. Each feature's two dense
    /// layers were made one after the other; the weights list all first ones, then all second ones.
    std::string fusion(const WeightSlot& slot, const std::string& group) {
        const auto feature = group.substr(0, group.rfind('/'));
        if (slot.form == KerasForm::Dense) {
            auto& number = m_squeezes[feature];
            if (group.ends_with("/squeeze")) {
                number = m_squeezed;
                m_squeezed += 2;
            } else {
                ++number;
            }
            return "fusion_block/dense" + (number == 0 ? "" : "_" + std::to_string(number));
        }
        return "fusion_block/" + parent(m_fusion, feature, "conv_batch_norm_act_x2") + "/" +
               m_fusion.next(kindOf(slot, group));
    }

    std::string transformer(const WeightSlot& slot, const std::string& group) {
        if (group == "transformer/patches") {
            return m_model.next("patch_embedding") + "/" + m_model.next("dense");
        }
        if (group == "transformer") {
            return m_model.next("add_positional_embedding");
        }
        if (!group.starts_with("transformer/block")) {
            return m_model.next(kindOf(slot, group));
        }
        const auto block = group.substr(0, group.find('/', std::string("transformer/block").size()));
        const auto path = parent(m_model, block, "transformer_block") + "/";
        const auto attention = group.find("/attention/");
        if (attention == std::string::npos) {
            return path + m_model.next(kindOf(slot, group));
        }
        const auto role = group.substr(group.rfind('/') + 1);
        return path + parent(m_model, block + "/attention", "multi_head_attention") + "/" +
               (role == "output" ? "attention_output" : role);
    }

    std::string unet(const WeightSlot& slot, const std::string& group) {
        const auto step = group.substr(0, group.rfind('/'));
        if (step == "unet") {
            return m_model.next("dense");
        }
        if (group.ends_with("/up") || group.ends_with("/up_norm")) {
            return parent(m_model, step + "/up", "up_conv") + "/" + m_model.next(kindOf(slot, group));
        }
        const auto residual = parent(m_model, step, "residual_with_projection") + "/";
        if (slot.form == KerasForm::Dense) {
            return residual + m_model.next("dense");
        }
        return residual + parent(m_model, step + "/pair", "conv_batch_norm_act_x2") + "/" +
               m_model.next(kindOf(slot, group));
    }

    /// A layer that holds others: numbered when first met, found again under the same key.
    const std::string& parent(Counters& counters, const std::string& key, const std::string& kind) {
        const auto known = m_parents.find(key);
        return known != m_parents.end() ? known->second
                                        : m_parents.emplace(key, counters.next(kind)).first->second;
    }

    Counters m_model;
    Counters m_fusion;
    std::map<std::string, std::string> m_paths;
    std::map<std::string, std::string> m_parents;
    std::map<std::string, int> m_squeezes;
    int m_squeezed = 0;
};

} // namespace

std::vector<std::string> kerasWeightNames(const NetworkSpec& spec) {
    kerasLayers(spec); // refuses what Keras does not have
    KerasPaths paths;
    std::vector<std::string> names;
    for (const auto& slot : weightLayout(spec)) {
        names.push_back(paths.of(slot) + "/" + slot.kerasLeaf + ":0");
    }
    return names;
}

} // namespace nunatak::models
