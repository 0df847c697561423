// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_data.h"
#include "ui/terrain/work_queue.h"

#include <memory>
#include <set>
#include <vector>

#include <osg/StateSet>

namespace nunatak::ui::viewport {

/// The tiles of one frame, for what is laid onto them.
struct TileFrame {
    struct Item {
        std::shared_ptr<const terrain::TileData> data;
        osg::StateSet* morphState = nullptr; ///< of everything on this tile; null when it is not drawn yet
        double tolerance = 0;                ///< metres by which a line may be simplified
        double urgency = 0;
    };
    std::vector<Item> drawn;
    std::vector<Item> coming;       ///< drawn as soon as everything for them is ready
    std::set<terrain::TileId> used; ///< what must stay in memory
    geo::Point origin;              ///< what is local (0, 0)
};

using Tasks = std::vector<terrain::WorkQueue::Task>;

} // namespace nunatak::ui::viewport
