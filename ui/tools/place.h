// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QPointF>
#include <Qt>

namespace nunatak::ui::tools {

/// Where the pointer is, in pixels of the view and on the ground.
struct Place {
    QPointF position;
    geo::Point map;            ///< project CRS
    double metresPerPixel = 1; ///< on the ground, at the pointer
    Qt::KeyboardModifiers modifiers;

    bool isShifted() const { return modifiers.testFlag(Qt::ShiftModifier); }
};

} // namespace nunatak::ui::tools
