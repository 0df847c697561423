// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_predictor.h"

#include "base/error.h"
#include "network_predictor_statistics.h"
#include "scene/simulation/field.h"
#include "scene_tile_source.h"
#include "test_time_augmentation.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <limits>
#include <memory>
#include <utility>

namespace nunatak::prediction {

namespace {

using Tile = std::map<std::string, Image<float>>;
using Tiles = std::vector<Tile>;

/// What does not change from batch to batch.
struct Task {
    models::Network* network;
    std::string modelName;
    Inference inference;
    std::vector<float> location;

    int dropoutPasses() const { return std::max(1, inference.dropoutPasses); }
    int folds() const { return inference.testTimeAugmentation ? static_cast<int>(orientations.size()) : 1; }
    int passes() const { return folds() * dropoutPasses(); }
};

/// A number that two tiles share only if they look the same.
std::uint64_t contentOf(const Tile& tile) {
    std::uint64_t hash = 0;
    for (const auto& [name, pixels] : tile) {
        for (const float value : pixels.values()) {
            hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 0x100000001B3ULL;
            hash ^= hash >> 29U;
        }
    }
    return hash;
}

/// One engine batch on its way through the network, in as many passes as the inference wants. Only two calls
/// are at the network at a time, since each holds a turned copy of the tiles; the rest follow as answers are
/// taken.
class Passes {
public:
    Passes(const Task& task, Tiles tiles, std::stop_token stop)
        : m_task(task), m_stop(std::move(stop)), m_size(task.network->spec().tile) {
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            auto usable = std::move(tiles[i].at(SceneTileSource::usable));
            tiles[i].erase(SceneTileSource::usable);
            // Where nothing is usable there is nothing to ask.
            if (std::any_of(usable.values().begin(), usable.values().end(),
                            [](float value) { return value > 0; })) {
                m_asked.push_back(i);
                m_statistics.emplace_back(usable.bandSize(), task.inference.hasSpread());
            }
            m_usable.push_back(std::move(usable));
        }
        m_tiles = std::move(tiles);
        if (task.inference.dropoutPasses > 0) {
            for (const auto index : m_asked) {
                m_contents.push_back(contentOf(m_tiles[index]));
            }
        }
        // One seed is for one batch; a tile whose masks must not depend on its neighbours is a batch of its
        // own.
        m_groups = task.inference.dropoutPasses > 0 ? m_asked.size() : (m_asked.empty() ? 0 : 1);
        m_calls = m_groups * static_cast<std::size_t>(task.passes());
        submit();
        submit();
    }

    std::vector<Image<float>> take() {
        while (!m_atNetwork.empty()) {
            const auto [call, answer] = [this] {
                auto first = std::move(m_atNetwork.front());
                m_atNetwork.pop_front();
                return std::pair(first.first, first.second.get());
            }();
            submit();
            add(call, answer);
        }
        return images();
    }

private:
    /// Which pass of which of the asked tiles [first, end) a call is.
    struct Call {
        int pass;
        std::size_t first;
        std::size_t end;
    };
    Call call(std::size_t number) const {
        const auto group = number % m_groups;
        const bool alone = m_groups == m_asked.size();
        return {static_cast<int>(number / m_groups), alone ? group : 0, alone ? group + 1 : m_asked.size()};
    }
    const Orientation& orientation(int pass) const {
        return orientations[static_cast<std::size_t>(pass / m_task.dropoutPasses())];
    }

    void submit() {
        if (m_next == m_calls) {
            return;
        }
        if (m_stop.stop_requested()) {
            throw Cancelled();
        }
        const auto next = call(m_next++);
        auto batch = featureBatch(next);
        if (m_next == m_calls) {
            m_tiles.clear();
        }
        m_atNetwork.emplace_back(next, m_task.network->predict(std::move(batch), m_stop));
    }

    models::FeatureBatch featureBatch(const Call& call) const {
        const auto& spec = m_task.network->spec();
        const auto count = static_cast<std::int64_t>(call.end - call.first);
        const auto pixels = static_cast<std::size_t>(m_size) * static_cast<std::size_t>(m_size);
        models::FeatureBatch batch;
        for (const auto& feature : spec.features) {
            models::Tensor tensor;
            tensor.shape = {count, static_cast<std::int64_t>(feature.bands.size()), m_size, m_size};
            tensor.values.resize(static_cast<std::size_t>(tensor.elements()));
            float* target = tensor.values.data();
            for (auto i = call.first; i < call.end; ++i) {
                const auto& image = m_tiles[m_asked[i]].at(feature.name);
                if (image.rows() != m_size || image.columns() != m_size ||
                    image.bands() != static_cast<int>(feature.bands.size())) {
                    throw Error("The model " + m_task.modelName + " wants tiles of " +
                                std::to_string(m_size) + " pixels and " +
                                std::to_string(feature.bands.size()) + " bands of " + feature.name +
                                ", and was given others.");
                }
                for (int band = 0; band < image.bands(); ++band, target += pixels) {
                    orientation(call.pass).apply(image.band(band), target, m_size);
                }
            }
            batch.features.emplace(feature.name, std::move(tensor));
        }
        if (spec.location > 0) {
            models::Tensor location{{count, spec.location}, {}};
            for (auto i = call.first; i < call.end; ++i) {
                const auto own = m_tiles[m_asked[i]].find(SceneTileSource::location);
                const auto& vector = m_task.location.empty() && own != m_tiles[m_asked[i]].end()
                                         ? own->second.values()
                                         : m_task.location;
                throwUnlessFits(vector.size());
                location.values.insert(location.values.end(), vector.begin(), vector.end());
            }
            batch.location = std::move(location);
        }
        if (m_task.inference.dropoutPasses > 0) {
            using scene::simulation::mixed;
            batch.dropoutSeed =
                mixed(mixed(mixed(m_task.inference.seed) + static_cast<std::uint64_t>(call.pass)) ^
                      m_contents[call.first]);
        }
        return batch;
    }

    void throwUnlessFits(std::size_t length) const {
        if (length != static_cast<std::size_t>(m_task.network->spec().location)) {
            throw Error("The model " + m_task.modelName + " wants a location vector of length " +
                        std::to_string(m_task.network->spec().location) + ", not " + std::to_string(length) +
                        ".");
        }
    }

    void add(const Call& call, const models::Tensor& answer) {
        const auto pixels = static_cast<std::size_t>(m_size) * static_cast<std::size_t>(m_size);
        if (answer.values.size() != pixels * (call.end - call.first)) {
            throw Error("The model " + m_task.modelName +
                        " answered with another number of pixels than it was given; it does not fit this "
                        "program.");
        }
        if (!std::all_of(answer.values.begin(), answer.values.end(),
                         [](float value) { return std::isfinite(value); })) {
            throw Error("The model " + m_task.modelName +
                        " gave a result that is not a number; its weights are damaged. Choose another model "
                        "or install this one again.");
        }
        std::vector<float> back(pixels);
        for (auto i = call.first; i < call.end; ++i) {
            orientation(call.pass).undo(answer.values.data() + (i - call.first) * pixels, back.data(),
                                        m_size);
            for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
                m_statistics[i].add(pixel, static_cast<double>(back[pixel]), call.pass + 1);
            }
        }
    }

    std::vector<Image<float>> images() const {
        const bool spread = m_task.inference.hasSpread();
        std::vector<Image<float>> all;
        std::size_t asked = 0;
        for (std::size_t i = 0; i < m_usable.size(); ++i) {
            const auto& usable = m_usable[i];
            Image<float> image(spread ? 2 : 1, usable.rows(), usable.columns(),
                               std::numeric_limits<float>::quiet_NaN());
            if (asked < m_asked.size() && m_asked[asked] == i) {
                const auto& statistics = m_statistics[asked++];
                for (std::size_t pixel = 0; pixel < usable.bandSize(); ++pixel) {
                    if (usable.values()[pixel] > 0) {
                        image.band(0)[pixel] = statistics.mean(pixel);
                        if (spread) {
                            image.band(1)[pixel] = statistics.deviation(pixel, m_task.passes());
                        }
                    }
                }
            }
            all.push_back(std::move(image));
        }
        return all;
    }

    Task m_task;
    std::stop_token m_stop;
    int m_size;
    Tiles m_tiles;
    std::vector<Image<float>> m_usable;
    std::vector<std::size_t> m_asked;         ///< tiles with something to ask for
    std::vector<std::uint64_t> m_contents;    ///< of the asked tiles, for dropout
    std::vector<PassStatistics> m_statistics; ///< of the asked tiles
    std::size_t m_groups = 0;                 ///< calls per pass
    std::size_t m_calls = 0;
    std::size_t m_next = 0;
    std::deque<std::pair<Call, std::future<models::Tensor>>> m_atNetwork;
};

} // namespace

std::string Inference::name() const {
    if (testTimeAugmentation) {
        return dropoutPasses > 0 ? "tta+mc_dropout" : "tta";
    }
    return dropoutPasses > 0 ? "mc_dropout" : "plain";
}

engine::TilePredictor networkPredictor(models::Network& network, const std::string& modelName,
                                       const Inference& inference,
                                       const std::optional<std::vector<float>>& location) {
    Task task{&network, modelName, inference, location.value_or(std::vector<float>())};
    // Without one, the tiles must bring it.
    if (!task.location.empty() && task.location.size() != static_cast<std::size_t>(network.spec().location)) {
        throw Error("The model " + modelName + " wants a location vector of length " +
                    std::to_string(network.spec().location) + ", not " +
                    std::to_string(task.location.size()) + ".");
    }
    if (inference.dropoutPasses < 0 || inference.dropoutPasses > 1000) {
        throw Error("MC dropout needs between 1 and 1000 passes, not " +
                    std::to_string(inference.dropoutPasses) + ".");
    }
    return [task](Tiles tiles, std::stop_token stop) {
        auto passes = std::make_unique<Passes>(task, std::move(tiles), std::move(stop));
        // The network works on its own thread; asking it for further passes and taking its answers apart is
        // done by whoever takes them, who is also the one that asks it for further batches.
        return std::async(std::launch::deferred, [passes = std::move(passes)] { return passes->take(); });
    };
}

} // namespace nunatak::prediction
