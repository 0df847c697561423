// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCursor>
#include <QIcon>

namespace nunatak::ui::editing {

/// A thin cross with an open middle: what a hand follows, the edge of the ice, stays in sight. The badge, the
/// icon of the tool in the hand, stands below it and to the right.
QCursor openCross(const QIcon& badge, double pixelRatio);

} // namespace nunatak::ui::editing
