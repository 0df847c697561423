// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/keras_spec.h"
#include "exchange/keras_weights.h"

#include "base/error.h"
#include "models/keras_layout.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace nunatak::exchange {

namespace {

/// "fusion_block/dense_2/kernel:0" taken apart.
struct KerasName {
    std::string group; ///< fusion_block/dense_2
    std::string kind;  ///< dense
    std::optional<int> number;
    std::string leaf; ///< kernel
};

KerasName takenApart(const std::string& name) {
    const auto path = name.substr(0, name.rfind(':'));
    const auto slash = path.rfind('/');
    KerasName parts;
    parts.leaf = path.substr(slash + 1); // npos + 1 is 0
    parts.group = slash == std::string::npos ? "" : path.substr(0, slash);
    parts.kind = parts.group.substr(parts.group.rfind('/') + 1);
    parts.number = 0;
    const auto underscore = parts.kind.rfind('_');
    if (underscore != std::string::npos && underscore + 1 < parts.kind.size()) {
        const char* begin = parts.kind.data() + underscore + 1;
        const char* end = parts.kind.data() + parts.kind.size();
        int number = 0;
        const auto [stopped, problem] = std::from_chars(begin, end, number);
        if (problem == std::errc() && stopped == end) {
            parts.number = number;
            parts.kind.resize(underscore);
        }
    }
    return parts;
}

/// The arrays of a Keras file against the weights of the network, one by one.
class Matching {
public:
    void check(const KerasLayer& layer, const KerasArray& array, const models::WeightSlot& slot) {
        const auto name = takenApart(array.name);
        const auto place = fmt::format("in the layer {} the array {}", layer.name, array.name);
        if (name.leaf != slot.kerasLeaf) {
            refuse(
                fmt::format("{} stands where the {} of {} is needed", place, slot.kerasLeaf, groupOf(slot)));
        }
        if (array.tensor.shape != slot.kerasShape) {
            refuse(fmt::format("{} has the shape {}, where {} needs {}", place,
                               models::shapeText(array.tensor.shape), slot.name,
                               models::shapeText(slot.kerasShape)));
        }
        checkCompany(place, name, slot);
        checkRole(place, name, slot);
        checkFusionOrder(place, name, slot);
    }

private:
    static std::string groupOf(const models::WeightSlot& slot) {
        return slot.name.substr(0, slot.name.rfind('/'));
    }

    [[noreturn]] static void refuse(const std::string& why) {
        throw Error("Its weights do not fit a GlaViTU: " + why + ".");
    }

    /// Weights of one layer of ours come from one layer of theirs, and no other one does.
    void checkCompany(const std::string& place, const KerasName& name, const models::WeightSlot& slot) {
        const auto ours = groupOf(slot);
        const auto theirs = slot.kerasLayer + "|" + name.group;
        const auto& oursKnown = m_theirs.emplace(ours, theirs).first->second;
        const auto& theirsKnown = m_ours.emplace(theirs, ours).first->second;
        if (oursKnown != theirs || theirsKnown != ours) {
            refuse(fmt::format("{} is not of the same layer as the other weights of {}", place, ours));
        }
    }

    /// Queries, keys and values have the same shapes; their names tell them apart.
    static void checkRole(const std::string& place, const KerasName& name, const models::WeightSlot& slot) {
        const auto ours = groupOf(slot);
        if (ours.find("/attention/") == std::string::npos) {
            return;
        }
        const auto role = ours.substr(ours.rfind('/') + 1);
        if (name.kind != (role == "output" ? "attention_output" : role)) {
            refuse(fmt::format("{} stands where the attention's {} is needed", place, role));
        }
    }

    /// The first and second dense layers of a feature have the same shapes too; they were made in turn, so
    /// their numbers are even and odd, counted from the first one.
    void checkFusionOrder(const std::string& place, const KerasName& name, const models::WeightSlot& slot) {
        const bool first = slot.name.ends_with("/squeeze/kernel");
        if (slot.part != models::NetworkPart::Fusion || (!first && !slot.name.ends_with("/excite/kernel"))) {
            return;
        }
        if (!m_firstDense) {
            m_firstDense = name;
        }
        const int distance = *name.number - *m_firstDense->number;
        const bool inTurn =
            name.kind == m_firstDense->kind && distance >= 0 && distance % 2 == (first ? 0 : 1);
        const auto feature = slot.name.substr(0, groupOf(slot).rfind('/'));
        // Of one feature, the second follows the first; of two features, the later one has the larger number.
        const bool follows = first ? distance > m_lastSqueeze : distance == m_squeezes[feature] + 1;
        if (!inTurn || !follows) {
            refuse(fmt::format("{} does not stand where its number belongs: the first dense layers of all "
                               "features come before the second ones",
                               place));
        }
        if (first) {
            m_squeezes[feature] = distance;
            m_lastSqueeze = distance;
        }
    }

    std::map<std::string, std::string> m_theirs;
    std::map<std::string, std::string> m_ours;
    std::optional<KerasName> m_firstDense;
    std::map<std::string, int> m_squeezes;
    int m_lastSqueeze = -1;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// The inputs that Keras numbered by itself say nothing; others must be called as the features are.
void checkInputs(const KerasFile& keras, const std::vector<models::FeatureSpec>& features) {
    const auto inputs = inputNames(keras);
    std::vector<std::string> given;
    for (const auto& feature : features) {
        given.push_back(feature.name);
    }
    const bool named = !inputs.empty() && std::none_of(inputs.begin(), inputs.end(), [](const auto& input) {
        return input.starts_with("input_");
    });
    if (named && inputs != given) {
        throw Error("Its weights do not fit a GlaViTU with the features " + joined(given) +
                    ": the file's inputs are " + joined(inputs) + "; name them in this order.");
    }
}

ImportedWeights matched(const KerasFile& keras, std::vector<models::FeatureSpec> features) {
    const auto parts = partsOf(keras);
    if (features.empty()) {
        features = featuresFrom(inputNames(keras));
    }
    checkInputs(keras, features);
    ImportedWeights imported{specOf(parts, features), {}, keras.version};

    const auto slots = models::weightLayout(imported.spec);
    Matching matching;
    std::size_t next = 0;
    for (const auto* layer :
         {parts.location, parts.fusion, parts.transformer, parts.unet, parts.deepSupervision, parts.output}) {
        if (!layer) {
            continue;
        }
        const auto begin = next;
        const auto& part = slots[begin].kerasLayer;
        for (; next < slots.size() && slots[next].kerasLayer == part; ++next) {
            if (next - begin >= layer->arrays.size()) {
                throw Error(fmt::format("Its weights do not fit a GlaViTU: the layer {} ends after {} "
                                        "arrays, before {}.",
                                        layer->name, layer->arrays.size(), slots[next].name));
            }
            const auto& array = layer->arrays[next - begin];
            matching.check(*layer, array, slots[next]);
            imported.weights[slots[next].name] = models::fromKeras(slots[next], array.tensor);
        }
        if (next - begin < layer->arrays.size()) {
            throw Error(fmt::format("Its weights do not fit a GlaViTU: the layer {} has {} arrays, {} "
                                    "more than are needed.",
                                    layer->name, layer->arrays.size(),
                                    layer->arrays.size() - (next - begin)));
        }
    }
    return imported;
}

} // namespace

ImportedWeights importKeras(const KerasFile& keras, std::vector<models::FeatureSpec> features) {
    try {
        return matched(keras, std::move(features));
    } catch (const Error& error) {
        throw Error("Cannot import " + keras.file.string() + ". " + error.what());
    }
}

} // namespace nunatak::exchange
