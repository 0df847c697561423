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

/// What one tile at a time is worked on with.
struct Engine::Lane {
    /// With a team that it shares, or alone on the thread that calls.
    Lane(const Engine& engine, Team* sharedTeam)
        : alone(1), team(sharedTeam != nullptr ? *sharedTeam : alone),
          scratch(static_cast<std::size_t>(team.size())), pointers(scratch.size()),
          memory(engine.m_network->makeMemory()) {}

    Team alone;
    Team& team;
    std::vector<Floats> scratch;
    std::vector<std::vector<const float*>> pointers;
    std::unique_ptr<TileNetwork::Memory> memory;
};

Engine::Engine(const NetworkSpec& spec, std::unique_ptr<TileNetwork> network, int threads)
    : m_spec(spec), m_network(std::move(network)), m_zeros(static_cast<std::size_t>(mostChannels(spec))),
      m_team(threads) {}

Engine::~Engine() = default;

void Engine::predict(const std::vector<const float*>& features, const float* location, int count,
                     float* probability, std::stop_token stop) {
    run(features, location, count, Wanted::Probability, probability, stop);
}

void Engine::activations(const std::vector<const float*>& features, const float* location, int count,
                         float* activations, std::stop_token stop) {
    run(features, location, count, Wanted::Activations, activations, stop);
}

void Engine::run(const std::vector<const float*>& features, const float* location, int count, Wanted wanted,
                 float* out, const std::stop_token& stop) {
    if (!isSmall(m_spec) || count == 1) {
        if (!m_shared) {
            m_shared = std::make_unique<Lane>(*this, &m_team);
        }
        for (int tile = 0; tile < count; ++tile) {
            runTile(*m_shared, features, location, tile, wanted, out, stop);
        }
        return;
    }
    m_lanes.resize(static_cast<std::size_t>(m_team.size()));
    m_team.share(count, [&](int tile, int member) {
        auto& lane = m_lanes[static_cast<std::size_t>(member)];
        if (!lane) {
            lane = std::make_unique<Lane>(*this, nullptr);
        }
        runTile(*lane, features, location, tile, wanted, out, stop);
    });
}

void Engine::runTile(Lane& lane, const std::vector<const float*>& features, const float* location, int tile,
                     Wanted wanted, float* out, const std::stop_token& stop) {
    const Workspace work{bestKernels(), lane.team, m_zeros.data(), lane.scratch, lane.pointers, stop};
    const auto pixels = static_cast<std::ptrdiff_t>(m_spec.tile) * m_spec.tile;
    std::vector<const float*> own;
    for (std::size_t i = 0; i < features.size(); ++i) {
        const auto bands = static_cast<std::ptrdiff_t>(m_spec.features[i].bands.size());
        own.push_back(features[i] + tile * bands * pixels);
    }
    const float* place = location == nullptr ? nullptr : location + tile * m_spec.location;
    if (wanted == Wanted::Activations) {
        m_network->runToActivations(work, *lane.memory, own, place, out + tile * m_spec.filters * pixels);
    } else {
        m_network->run(work, *lane.memory, own, place, out + tile * pixels);
    }
}

} // namespace nunatak::models::cpu
