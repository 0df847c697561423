// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cmath>
#include <set>

namespace nunatak::project {

/// The extent of many, which one that comes, goes or moves changes without a look at all others.
class KeptExtent {
public:
    void add(const geo::Extent& extent) {
        if (hasPlace(extent)) {
            m_left.insert(extent.xmin);
            m_bottom.insert(extent.ymin);
            m_right.insert(extent.xmax);
            m_top.insert(extent.ymax);
        }
    }
    /// One that was added.
    void remove(const geo::Extent& extent) {
        if (hasPlace(extent)) {
            m_left.erase(m_left.find(extent.xmin));
            m_bottom.erase(m_bottom.find(extent.ymin));
            m_right.erase(m_right.find(extent.xmax));
            m_top.erase(m_top.find(extent.ymax));
        }
    }
    /// Empty where there is none.
    geo::Extent extent() const {
        return m_left.empty()
                   ? geo::Extent()
                   : geo::Extent{*m_left.begin(), *m_bottom.begin(), *m_right.rbegin(), *m_top.rbegin()};
    }

private:
    static bool hasPlace(const geo::Extent& extent) {
        return !extent.empty() && std::isfinite(extent.width()) && std::isfinite(extent.height());
    }

    std::multiset<double> m_left;
    std::multiset<double> m_bottom;
    std::multiset<double> m_right;
    std::multiset<double> m_top;
};

} // namespace nunatak::project
