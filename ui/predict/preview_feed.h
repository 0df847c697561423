// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <mutex>
#include <vector>

namespace nunatak::ui::predict {

/// Brings finished tiles of a running prediction from the engine's thread to the UI thread, several at a
/// time. Each delivery draws the view anew, so it keeps them so far apart that most of the processor is left
/// to the network.
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
    /// A frame was drawn: how long it took says how soon the next tiles may come.
    void onFrameDrawn();

private:
    void deliver();

    geo::Crs m_projectCrs;
    std::function<void(const Tile&)> m_show;
    QTimer m_pace;           // of the UI thread
    QElapsedTimer m_drawing; // valid from a delivery until its frame is on the screen
    std::mutex m_mutex;
    std::vector<Tile> m_waiting; // guarded by m_mutex
};

} // namespace nunatak::ui::predict
