// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "wire/block_paths.h"
#include "wire/cost_surface.h"
#include "wire/path_search.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace nunatak::wire {

/// A stretch of a line that is drawn along an edge, from one place to wherever a hand points at. A thread of
/// its own goes ahead of the hand while this is there; the answers are of the thread that asks. Of a large
/// surface the way is first found in blocks of pixels, each as cheap as its cheapest, then to the pixel in
/// and beside these.
class LiveWire {
public:
    /// `from` lies on the surface.
    LiveWire(std::shared_ptr<const CostSurface> surface, geo::Point from);
    ~LiveWire();
    LiveWire(const LiveWire&) = delete;
    LiveWire& operator=(const LiveWire&) = delete;

    const std::shared_ptr<const CostSurface>& surface() const { return m_surface; }
    geo::Point from() const { return m_from; }

    struct Stretch {
        geo::Ring points;     ///< from `from` to the place itself, as wireLine() makes it
        bool isWhole = false; ///< else it does not follow to the end yet, and is straight from where it ends
    };
    /// To a place on the surface. Waits for it, if it must, not longer than this.
    Stretch to(geo::Point place, std::chrono::milliseconds patience);

private:
    void run(const std::stop_token& stop);
    PathSearch::Pixel pixelOf(geo::Point place) const;
    bool isReached(PathSearch::Pixel pixel) const;
    bool reach(PathSearch::Pixel pixel, std::chrono::milliseconds patience);
    /// To a pixel whose block is reached; ends at the place.
    geo::Ring lineTo(PathSearch::Pixel pixel, geo::Point place);

    std::shared_ptr<const CostSurface> m_surface;
    geo::Point m_from;
    PathSearch::Pixel m_last; ///< that was pointed at and reached
    BlockPaths m_paths;
    std::unique_ptr<PathSearch> m_search;            ///< over blocks, of the thread
    std::atomic<const PathSearch*> m_ready{nullptr}; ///< null: not yet
    std::mutex m_mutex;
    std::condition_variable m_grown;
    bool m_isAsked = false; ///< somebody waits
    bool m_isEnd = false;   ///< all is reached
    std::jthread m_thread;  ///< last: it uses all of the above
};

} // namespace nunatak::wire
