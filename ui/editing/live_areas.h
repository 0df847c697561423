// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "geo/crs.h"
#include "geo/ground_areas.h"
#include "outlines/outline_ref.h"
#include "ui/tools/selection.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace nunatak::ui::editing {

/// What a glacier is held against while a hand changes it. Null: there is none.
struct HeldAgainst {
    /// As it came into the inventory; of one that came from no reference as the project was opened.
    outlines::OutlineHandle start;
    outlines::OutlineHandle prediction; ///< the newest on the same ground
    outlines::OutlineHandle expert;     ///< on the same ground
};

/// Areas of what a hand changes, said while it moves: on the ground (geo::GroundAreas), the same way before
/// and after. What a glacier is held against is asked for and measured once for a line that it had before.
class LiveAreas {
public:
    struct Source {
        std::function<geo::Crs()> crs;                                               ///< none: as on the map
        std::function<HeldAgainst(const outlines::OutlineRef& glacier)> heldAgainst; ///< none: nothing
    };
    explicit LiveAreas(Source source) : m_source(std::move(source)) {}

    /// "+0.012 km² (+0.6 %)": what an edit does to the area of the outlines that it changes. Empty where it
    /// does not do a square metre to it.
    QString changeText(const nunatak::editing::Edit& edit);
    /// "4.213 km² · start +1.2 % · model −0.84 % · expert +0.31 %": what the selected glacier would be, and
    /// by how much it would be larger than others of it. Empty where the edit changes no such glacier.
    QString standText(const nunatak::editing::Edit& edit, const tools::Selection& selection);
    /// Layers are others now, or the project is.
    void forget();

private:
    struct Other {
        QString name;
        outlines::OutlineHandle outline;
        double area = 0; ///< m²
    };
    const geo::GroundAreas& around(const geo::Extent& extent);
    void hold(const outlines::OutlineRef& glacier, const outlines::OutlineHandle& before);

    Source m_source;
    geo::Extent m_extent; ///< that m_areas are around
    std::optional<geo::GroundAreas> m_areas;
    outlines::OutlineRef m_held;      ///< whose others are known
    outlines::OutlineHandle m_before; ///< its line then
    std::vector<Other> m_others;
};

} // namespace nunatak::ui::editing
