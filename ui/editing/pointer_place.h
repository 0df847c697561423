// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

class QWidget;

namespace nunatak::ui::editing {

/// Moves a widget over the view beside the pointer: below it and to the right, or where it then covers
/// nothing else that stands over the view. The place that is pointed at stays in sight.
void placeBeside(QWidget& widget, QPointF pointer);

} // namespace nunatak::ui::editing
