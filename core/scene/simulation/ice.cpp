// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/ice.h"

#include "scene/simulation/ice_flow.h"

#include <algorithm>

namespace nunatak::scene::simulation {

namespace {

void makePositive(Field& field) {
    for (auto& value : field.values()) {
        value = std::max(0.0F, value);
    }
}

/// What an ice age takes from the ground, in metres: most where ice is thick, so that heads of valleys become
/// cirques with steep walls and V-shaped valleys become troughs.
Field carved(const Field& thickness) {
    Field depth = blurred(thickness, 1, 1);
    for (auto& value : depth.values()) {
        const double thick = std::max(0.0F, value);
        value = static_cast<float>(std::min(90.0, 0.30 * std::max(0.0, thick - 25)));
    }
    return depth;
}

void lower(Field& ground, const Field& by) {
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        ground.values()[i] -= by.values()[i];
    }
}

void carveByIceAge(std::uint64_t seed, Ice& ice, double cell, const ShadeSide& shade, const Climate& today,
                   const Progress& progress) {
    Climate iceAge = today;
    iceAge.equilibriumLine -= 330;
    Field first = reduced(ice.bed, 2);
    Field thickness(1, first.rows(), first.columns());
    constexpr int rounds = 2;
    for (int round = 0; round < rounds; ++round) {
        Flow(first, cell * 2, siteOf(seed, first, cell * 2, shade))
            .run(thickness, iceAge, round == 0 ? 140 : 50,
                 progress.part(static_cast<double>(round) / rounds, (round + 1.0) / rounds));
        const Field depth = carved(thickness);
        lower(first, depth);
        lower(ice.bed, enlarged(depth, 2, ice.bed.rows(), ice.bed.columns()));
    }
    ice.polished = enlarged(thickness, 2, ice.bed.rows(), ice.bed.columns());
    for (auto& value : ice.polished.values()) {
        value = static_cast<float>(0.9 * smoothStep(20, 90, value));
    }
}

} // namespace

Ice growIce(std::uint64_t seed, const Field& ground, double cell, const ShadeSide& shade, bool carve,
            const Progress& progress) {
    Random random(seed, 52);
    Ice ice;
    // The line lies where it leaves glaciers on every seed's mountains, whatever their height.
    const double above = random.uniform(0.10, 0.22);
    const double rise = random.uniform(50, 110); // since the last advance
    ice.bed = ground;
    ice.polished = Field(1, ground.rows(), ground.columns());
    Climate today;
    if (carve) {
        today.equilibriumLine = quantile(ground, 1 - above);
        carveByIceAge(seed, ice, cell, shade, today, progress.part(0, 0.4));
    }
    ice.equilibriumLine = quantile(ice.bed, 1 - above);
    today.equilibriumLine = ice.equilibriumLine;
    Climate advance;
    advance.equilibriumLine = ice.equilibriumLine - rise;
    const Field first = reduced(ice.bed, 2);
    Field thickness(1, first.rows(), first.columns());
    Flow(first, cell * 2, siteOf(seed, first, cell * 2, shade))
        .run(thickness, advance, 160, progress.part(0.4, 0.55));
    thickness = enlarged(thickness, 2, ground.rows(), ground.columns());
    makePositive(thickness);
    const Site site = siteOf(seed, ice.bed, cell, shade);
    Flow(ice.bed, cell, site).run(thickness, advance, 22, progress.part(0.55, 0.8));
    ice.maximum = thickness;

    if (carve) {
        const Field dug = blurred(thickness, 1, 1);
        for (std::size_t i = 0; i < dug.values().size(); ++i) {
            const auto depth =
                static_cast<float>(std::min(45.0, 0.18 * std::max(0.0, dug.values()[i] - 30.0)));
            ice.bed.values()[i] -= depth;
            thickness.values()[i] += thickness.values()[i] > 0 ? depth : 0;
        }
    }
    Flow(ice.bed, cell, site).run(thickness, today, 24, progress.part(0.8, 1));
    ice.thickness = std::move(thickness);
    progress.report(1, "Growing glaciers");
    return ice;
}

} // namespace nunatak::scene::simulation
