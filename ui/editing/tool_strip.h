// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

class QAction;

namespace nunatak::ui::editing {

/// The tools at the view's left edge, each with the letter of its key.
class ToolStrip : public QFrame {
    Q_OBJECT

public:
    explicit ToolStrip(const QList<QAction*>& actions, QWidget* parent = nullptr);
};

} // namespace nunatak::ui::editing
