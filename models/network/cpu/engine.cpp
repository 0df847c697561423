// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/engine.h"

#include <algorithm>

namespace nunatak::models::cpu {

namespace {

/// Tiles up to this size are so quickly computed that sharing each layer costs more than it gains: each
/// thread takes tiles of its own.
constexpr std::ptrdiff_t smallTile = std::ptrdiff_t{128} * 128 * 16;

bool isSmall(const NetworkSpec& spec) {
    return static_cast<std::ptrdiff_t>(spec.tile) * spec.tile * spec.filters <= smallTile;
}

int mostChannels(const NetworkSpec& spec) {
    return std::max(16 * padded(spec.filters), 4096);
}

} // namespace

/// The memory for one tile at a time.
struct Engine::Lane {
    /// With a team that it shares, or alone on the thread that calls.
    Lane(const Engine& engine, Team* sharedTeam)
        : alone(1), team(sharedTeam != nullptr ? *sharedTeam : alone),
          scratch(static_cast<std::size_t>(team.size())), pointers(scratch.size()),
          refiner(engine.m_spec.tile, engine.m_spec.filters) {
        const auto pixels = static_cast<std::size_t>(engine.m_spec.tile * engine.m_spec.tile);
        input = Floats(pixels * static_cast<std::size_t>(engine.m_fusion.maxBands()));
        encoded = Floats(pixels * static_cast<std::size_t>(padded(engine.m_spec.filters)));
        if (engine.m_transformer) {
            transformer.emplace(*engine.m_transformer);
        }
    }

    Team alone;
    Team& team;
    std::vector<Floats> scratch;
    std::vector<std::vector<const float*>> pointers;
    Floats input;
    Floats encoded;
    std::optional<Transformer::Memory> transformer;
    Refiner::Memory refiner;
};

Engine::Engine(const NetworkSpec& spec, const Weights& weights, int threads, const Kernels& kernels)
    : m_kernels(kernels), m_spec(spec), m_fusion(kernels, spec, weights), m_refiner(kernels, spec, weights),
      m_zeros(static_cast<std::size_t>(mostChannels(spec))), m_team(threads) {
    if (spec.architecture == "glavitu") {
        m_transformer.emplace(kernels, spec, weights);
    }
}

Engine::~Engine() = default;

void Engine::predict(const std::vector<const float*>& features, const float* location, int count,
                     float* probability, std::stop_token stop) {
    if (!isSmall(m_spec) || count == 1) {
        if (!m_shared) {
            m_shared = std::make_unique<Lane>(*this, &m_team);
        }
        for (int tile = 0; tile < count; ++tile) {
            predictTile(*m_shared, features, location, tile, probability, stop);
        }
        return;
    }
    m_lanes.resize(static_cast<std::size_t>(m_team.size()));
    m_team.share(count, [&](int tile, int member) {
        auto& lane = m_lanes[static_cast<std::size_t>(member)];
        if (!lane) {
            lane = std::make_unique<Lane>(*this, nullptr);
        }
        predictTile(*lane, features, location, tile, probability, stop);
    });
}

void Engine::predictTile(Lane& lane, const std::vector<const float*>& features, const float* location,
                         int tile, float* probability, const std::stop_token& stop) {
    const Workspace work{m_kernels, lane.team, m_zeros.data(), lane.scratch, lane.pointers, stop};
    const auto pixels = static_cast<std::ptrdiff_t>(m_spec.tile) * m_spec.tile;
    std::vector<const float*> own;
    for (std::size_t i = 0; i < features.size(); ++i) {
        const auto bands = static_cast<std::ptrdiff_t>(m_spec.features[i].bands.size());
        own.push_back(features[i] + tile * bands * pixels);
    }
    const int channels = padded(m_spec.filters);
    auto map = [&](Floats& floats) {
        return Map{floats.data(), m_spec.tile, m_spec.tile, channels, channels};
    };
    const Map encoded = map(lane.encoded);
    // The maps of the ResU-Net's first level are free until then.
    m_fusion.run(work, own, location == nullptr ? nullptr : location + tile * m_spec.location,
                 lane.input.data(), map(lane.refiner.between[0]), map(lane.refiner.joined[0]), encoded);
    if (m_transformer) {
        m_transformer->run(work, *lane.transformer, encoded);
    }
    m_refiner.run(work, lane.refiner, encoded, probability + tile * pixels);
}

} // namespace nunatak::models::cpu
