// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/fusion.h"
#include "network/cpu/refiner.h"
#include "network/cpu/tile_network.h"
#include "network/cpu/transformer.h"

#include <optional>

namespace nunatak::models::cpu {

namespace {

class FloatNetwork : public TileNetwork {
public:
    FloatNetwork(const NetworkSpec& spec, const Weights& weights, const Kernels& kernels)
        : m_spec(spec), m_fusion(kernels, spec, weights), m_refiner(kernels, spec, weights) {
        if (spec.architecture == "glavitu") {
            m_transformer.emplace(kernels, spec, weights);
        }
    }

    std::unique_ptr<Memory> makeMemory() const override {
        auto memory = std::make_unique<OwnMemory>(m_spec);
        if (m_transformer) {
            memory->transformer.emplace(*m_transformer);
        }
        return memory;
    }

    void run(const Workspace& work, Memory& memory, const std::vector<const float*>& features,
             const float* location, float* probability) const override {
        auto& own = static_cast<OwnMemory&>(memory);
        m_refiner.run(work, own.refiner, encoded(work, own, features, location), probability);
    }

    void runToActivations(const Workspace& work, Memory& memory, const std::vector<const float*>& features,
                          const float* location, float* activations) const override {
        auto& own = static_cast<OwnMemory&>(memory);
        m_refiner.activations(work, own.refiner, encoded(work, own, features, location), activations);
    }

private:
    struct OwnMemory : Memory {
        explicit OwnMemory(const NetworkSpec& spec) : refiner(spec.tile, spec.filters) {
            const auto pixels = static_cast<std::size_t>(spec.tile * spec.tile);
            input = Floats(pixels * static_cast<std::size_t>(mostBands(spec)));
            encoded = Floats(pixels * static_cast<std::size_t>(padded(spec.filters)));
        }
        Floats input;
        Floats encoded;
        std::optional<Transformer::Memory> transformer;
        Refiner::Memory refiner;
    };

    /// What the ResU-Net refines.
    Map encoded(const Workspace& work, OwnMemory& own, const std::vector<const float*>& features,
                const float* location) const {
        const int channels = padded(m_spec.filters);
        auto map = [&](Floats& floats) {
            return Map{floats.data(), m_spec.tile, m_spec.tile, channels, channels};
        };
        const Map result = map(own.encoded);
        // The maps of the ResU-Net's first level are free until then.
        m_fusion.run(work, features, location, own.input.data(), map(own.refiner.between[0]),
                     map(own.refiner.joined[0]), result);
        if (m_transformer) {
            m_transformer->run(work, *own.transformer, result);
        }
        return result;
    }

    NetworkSpec m_spec;
    Fusion m_fusion;
    std::optional<Transformer> m_transformer;
    Refiner m_refiner;
};

} // namespace

void TileNetwork::runToActivations(const Workspace&, Memory&, const std::vector<const float*>&, const float*,
                                   float*) const {
    throw Error("Only a network in float32 gives the activations of its last layer.");
}

std::unique_ptr<TileNetwork> makeFloatNetwork(const NetworkSpec& spec, const Weights& weights,
                                              const Kernels& kernels) {
    return std::make_unique<FloatNetwork>(spec, weights, kernels);
}

} // namespace nunatak::models::cpu
