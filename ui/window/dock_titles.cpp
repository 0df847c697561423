// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/dock_titles.h"

#include "ui/base/owned.h"

#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace nunatak::ui::window {

DockTitles::DockTitles(QMainWindow& window) : m_window(window) {}

void DockTitles::watch(QDockWidget& dock) {
    m_docks.push_back(&dock);
    connect(&dock, &QObject::destroyed, this, [this, gone = &dock] { std::erase(m_docks, gone); });
    for (const auto signal : {&QDockWidget::visibilityChanged, &QDockWidget::topLevelChanged}) {
        connect(&dock, signal, this, &DockTitles::updateSoon);
    }
    connect(&dock, &QDockWidget::dockLocationChanged, this, &DockTitles::updateSoon);
    updateSoon();
}

void DockTitles::updateSoon() {
    // The tabs are there a moment after what is signalled.
    if (!m_isDue) {
        m_isDue = true;
        QMetaObject::invokeMethod(this, &DockTitles::update, Qt::QueuedConnection);
    }
}

void DockTitles::update() {
    m_isDue = false;
    for (auto* dock : m_docks) {
        const auto beside = m_window.tabifiedDockWidgets(dock);
        const bool isTabbed = !dock->isFloating() && !dock->isHidden() &&
                              std::any_of(beside.begin(), beside.end(), [](const auto* other) {
                                  return !other->isHidden() && !other->isFloating();
                              });
        auto* bar = dock->titleBarWidget();
        if (isTabbed && bar == nullptr) {
            dock->setTitleBarWidget(owned<QWidget>());
        } else if (!isTabbed && bar != nullptr) {
            dock->setTitleBarWidget(nullptr);
            bar->deleteLater();
        }
    }
}

} // namespace nunatak::ui::window
