// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCursor>

namespace nunatak::ui::editing {

/// A thin cross with an open middle: what a hand follows, the edge of the ice, stays in sight.
QCursor openCross(double pixelRatio);

} // namespace nunatak::ui::editing
