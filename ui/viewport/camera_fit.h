// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/map_camera.h"

#include <QMarginsF>
#include <QSizeF>

#include <span>

namespace nunatak::ui::viewport {

/// The camera moved and scaled, angles unchanged, so that all points fill the view but for these parts of it
/// at each side (0.05 is a twentieth).
MapCamera fitted(MapCamera camera, std::span<const Vec3> points, QSizeF size, const QMarginsF& margins);

} // namespace nunatak::ui::viewport
