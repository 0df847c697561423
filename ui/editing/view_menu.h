// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

#include <QList>
#include <QPointF>

class QAction;
class QMenu;

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

class ToolHost;

/// Opens the menu of what is at a place of the view (pixels): what the tool has for it, flying there, and the
/// window's own actions as groups.
void showViewMenu(viewport::Viewport& view, ToolHost& host, const tools::Menu& menu, QPointF place,
                  const QList<QList<QAction*>>& groups);

} // namespace nunatak::ui::editing
