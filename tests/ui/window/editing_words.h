// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window_fixture.h"

#include "ui/editing/hint_line.h"
#include "ui/layers/layer_panel.h"

#include <QListWidget>
#include <QMenu>

// What the window says of the hand and of what it did, and its menus.
namespace nunatak::tests {

inline int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return 0;
}

inline QString selectedName(ui::window::MainWindow& window) {
    return part<QLabel>(&window, "glacierName")->text();
}

inline QString note(ui::window::MainWindow& window) {
    const auto* label = window.viewport()->findChild<QLabel*>("pointerNote");
    return label->isVisible() ? label->text() : QString();
}

inline QString lastStep(ui::window::MainWindow& window) {
    return part<QListWidget>(&window, "history")->item(0)->text();
}

inline QString hint(ui::window::MainWindow& window) {
    return window.viewport()->findChild<ui::editing::HintLine*>()->words();
}

inline QString subject(ui::window::MainWindow& window) {
    const auto* pill = part<QWidget>(window.viewport(), "toolPill");
    return pill->isVisible() ? part<QLabel>(window.viewport(), "toolSubject")->accessibleName() : QString();
}

/// The menu that a right click opens there; null: none.
inline QMenu* menuAt(ui::window::MainWindow& window, QPoint place) {
    QTest::mouseClick(window.viewport(), Qt::RightButton, {}, place);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

inline QStringList itemsOf(const QMenu& menu) {
    QStringList items;
    for (const auto* action : menu.actions()) {
        if (!action->isSeparator()) {
            items << action->text().remove(QLatin1Char('&'));
        }
    }
    return items;
}

/// Clicks an item with the mouse.
inline bool chosen(QMenu* menu, const QString& text) {
    for (auto* action : menu != nullptr ? menu->actions() : QList<QAction*>()) {
        if (action->text().remove(QLatin1Char('&')) == text) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return QTest::qWaitFor([] { return QApplication::activePopupWidget() == nullptr; }, 3000);
        }
    }
    return false;
}

/// Of the inventory's glacier of this name, as the file has it; 0: there is none.
inline std::size_t verticesOf(const std::string& file, const std::string& name) {
    for (const auto& outline : stored(file, "inventory")) {
        if (outline->name == name) {
            return outline->vertices();
        }
    }
    return 0;
}

inline QPushButton* toastButton(ui::window::MainWindow& window) {
    return window.viewport()->findChild<QPushButton*>("toastButton");
}

} // namespace nunatak::tests
