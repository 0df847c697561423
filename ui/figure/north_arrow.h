// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figure/scale_bar.h"

#include <QRectF>

namespace nunatak::ui::figure {

/// An arrow to true north in a square, with its N. `direction`: degrees clockwise from the picture's up.
void paintNorthArrow(QPainter& painter, const QRectF& square, double direction, const Ink& ink);

} // namespace nunatak::ui::figure
