// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace nunatak::ui::session {

/// How a layer's lines are drawn.
struct LineLook {
    QColor color;
    double width = 2;   ///< device-independent pixels
    double opacity = 1; ///< 0 … 1
    bool operator==(const LineLook&) const = default;
};

} // namespace nunatak::ui::session
