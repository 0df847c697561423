// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

class QAction;
class QWidget;

namespace nunatak::ui {

struct ActionDescription {
    const char* name; ///< its object name
    const char* icon; ///< of the Breeze theme
    QString text;
    QKeySequence shortcut;
    QString tip; ///< a sentence without full stop; the shortcut is added to the tooltip
};

/// An action of the window, wherever else it is shown.
QAction* makeAction(QWidget* window, const ActionDescription& description);
/// All keys of an action, as people read them; empty: none.
QString keysOf(const QAction& action);
/// Its tooltip made again after its text or shortcut changed.
void setActionTip(QAction& action, const QString& tip);
/// Words that others chose, cut in the middle where they would make a menu as wide as the window.
QString inMenu(const QString& words);

} // namespace nunatak::ui
