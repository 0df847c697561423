// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"
#include "training/course.h"

#include <string>

namespace nunatak::training {

/// Some tiles to show what a model learns: places of the areas where an expert said both ice and no ice, far
/// from one another; the same places for the same areas.
class ExampleTiles {
public:
    static constexpr int most = 3;

    /// The areas must outlive it.
    ExampleTiles(std::vector<AreaPixels>& areas, const std::vector<TrainingArea>& of,
                 const models::Manifest& manifest);

    /// What the network says of them, as of before it learnt. Throws Error; Cancelled.
    void look(models::Network& network, const Progress& progress);
    /// The same, as of now.
    const std::vector<Example>& lookAgain(models::Network& network, const Progress& progress);
    const std::vector<Example>& tiles() const { return m_tiles; }

private:
    std::vector<Image<float>> predicted(models::Network& network, const Progress& progress);

    const models::Manifest& m_manifest;
    std::vector<AreaPixels*> m_areas; ///< of each tile
    std::vector<engine::Window> m_windows;
    std::vector<Example> m_tiles;
};

} // namespace nunatak::training
