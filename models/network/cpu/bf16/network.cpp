// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/network.h"

#include "network/cpu/bf16/fusion.h"
#include "network/cpu/bf16/refiner.h"
#include "network/cpu/bf16/transformer.h"
#include "network/cpu/fusion.h"

#include <optional>

namespace nunatak::models::cpu::bf16 {

namespace {

class Bf16Network : public TileNetwork {
public:
    Bf16Network(const NetworkSpec& spec, const Weights& weights, const Kernels& kernels)
        : m_kernels(kernels), m_spec(spec), m_fusion(cpu::bestKernels(), spec, weights),
          m_refiner(spec, weights) {
        if (spec.architecture == "glavitu") {
            m_transformer.emplace(cpu::bestKernels(), spec, weights);
        }
    }

    std::unique_ptr<Memory> makeMemory() const override {
        auto memory = std::make_unique<OwnMemory>(m_spec);
        if (m_transformer) {
            memory->transformer.emplace(*m_transformer);
        }
        return memory;
    }

    void run(const cpu::Workspace& shared, Memory& memory, const std::vector<const float*>& features,
             const float* location, float* probability) const override {
        auto& own = static_cast<OwnMemory&>(memory);
        const Workspace work{shared, m_kernels};
        const Map encoded = own.encoded.map();
        // The maps of the ResU-Net's first level are free until then.
        m_fusion.run(work, features, location, own.input.data(), own.refiner.between[0].map(),
                     own.refiner.joined[0].map().slice(0, encoded.channels), encoded);
        if (m_transformer) {
            m_transformer->run(work, *own.transformer, encoded);
        }
        m_refiner.run(work, own.refiner, encoded, probability);
    }

private:
    struct OwnMemory : Memory {
        explicit OwnMemory(const NetworkSpec& spec)
            : input(static_cast<std::size_t>(spec.tile * spec.tile * mostBands(spec))),
              encoded(spec.tile, spec.tile, padded(spec.filters)), refiner(spec.tile, spec.filters) {}
        Floats input;
        MapMemory encoded;
        std::optional<Transformer::Memory> transformer;
        Refiner::Memory refiner;
    };

    const Kernels& m_kernels;
    NetworkSpec m_spec;
    Fusion m_fusion;
    std::optional<Transformer> m_transformer;
    Refiner m_refiner;
};

} // namespace

std::unique_ptr<TileNetwork> makeNetwork(const NetworkSpec& spec, const Weights& weights,
                                         const Kernels& kernels) {
    return std::make_unique<Bf16Network>(spec, weights, kernels);
}

} // namespace nunatak::models::cpu::bf16
