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
/// window's own actions as groups; tools that can be taken up there in a menu of their own.
void showViewMenu(viewport::Viewport& view, ToolHost& host, const tools::Menu& menu, QPointF place,
                  const QList<QList<QAction*>>& groups, const QList<QAction*>& tools = {});

} // namespace nunatak::ui::editing
