// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::outlines {

/// The outlines of one layer with a spatial index. Outlines are shared immutable values: an edit replaces
/// one, readers on other threads keep what they have. A copy costs nothing until one of both is changed, so
/// it is what another thread is given to work from.
class OutlineSet {
public:
    using Handle = OutlineHandle;

    OutlineSet();
    ~OutlineSet();
    OutlineSet(const OutlineSet&);
    OutlineSet(OutlineSet&&) noexcept;
    OutlineSet& operator=(const OutlineSet&);
    OutlineSet& operator=(OutlineSet&&) noexcept;

    std::size_t size() const;
    Handle find(const std::string& uuid) const; ///< null when there is none
    std::vector<Handle>
    all() const; ///< in the order in which they came; one that is replaced keeps its place
    std::vector<Handle> in(const geo::Extent& extent) const;
    /// The outline that contains the point; the smallest one if several do; null if none does.
    Handle at(geo::Point point) const;
    geo::Extent extent() const;

    void put(Handle outline); ///< adds or replaces by uuid
    void remove(const std::string& uuid);

private:
    struct Impl;
    Impl& own();

    std::shared_ptr<Impl> m_impl;
    mutable bool m_isShared = false; ///< a copy may have the same Impl, perhaps on another thread
};

} // namespace nunatak::outlines
