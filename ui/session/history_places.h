// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline_ref.h"
#include "project/project.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace nunatak::ui::session {

/// Where the steps of the history are on the map. Steps of this opening say it themselves; those of before
/// are found by a glacier's name in their words.
class HistoryPlaces {
public:
    struct Place {
        std::vector<outlines::OutlineRef> outlines;
        geo::Extent extent; ///< project CRS; empty: not known
    };

    void clear();
    void note(const project::Event& event);
    Place of(const project::Project& project, std::int64_t step) const;

private:
    std::unordered_map<std::int64_t, Place> m_places;
};

} // namespace nunatak::ui::session
