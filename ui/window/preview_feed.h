// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace nunatak::ui {

/// Brings finished tiles of a running prediction from the engine's thread to the UI thread, several at a
/// time.
class PreviewFeed : public QObject {
    Q_OBJECT

public:
    struct Tile {
        geo::Extent extent; ///< project CRS
        Image<float> probability;
    };

    PreviewFeed(geo::Crs projectCrs, std::function<void(const Tile&)> show);

    /// Called on the engine's thread.
    void add(const geo::Grid& grid, const Image<float>& probability);

private:
    void deliver();

    geo::Crs m_projectCrs;
    std::function<void(const Tile&)> m_show;
    std::mutex m_mutex;
    std::vector<Tile> m_waiting; // guarded by m_mutex
};

} // namespace nunatak::ui
