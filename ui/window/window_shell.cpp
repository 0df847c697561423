// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_shell.h"

#include "ui/base/owned.h"
#include "ui/session/workspace.h"

#include <QAction>
#include <QDockWidget>
#include <QIcon>
#include <QMainWindow>
#include <QMenu>
#include <QStatusBar>

#include <algorithm>
#include <chrono>

namespace nunatak::ui::window {

using session::DockDescription;
using session::MenuPlace;
using session::Needs;
using session::SelectionModel;
using session::Workspace;

namespace {

constexpr std::chrono::milliseconds messageTime(8000);

} // namespace

WindowShell::WindowShell(QMainWindow& window, const Menus& menus, Workspace& workspace,
                         UserSettings& settings)
    : m_window(window), m_titles(window), m_menus(menus), m_workspace(workspace), m_settings(settings) {
    // What the bar has no room for.
    connect(m_window.statusBar(), &QStatusBar::messageChanged, m_window.statusBar(), &QWidget::setToolTip);
    connect(&m_workspace, &Workspace::sessionStarted, this, &WindowShell::update);
    connect(&m_workspace, &Workspace::sessionEnded, this, &WindowShell::update);
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &WindowShell::update);
}

QWidget& WindowShell::window() {
    return m_window;
}

QAction* WindowShell::addAction(MenuPlace place, Needs needs, const ActionDescription& description,
                                std::function<void()> triggered) {
    const auto& [menu, before] = m_menus.places.at(place);
    return add(*menu, before, needs, description, std::move(triggered));
}

QAction* WindowShell::addAction(QMenu& menu, Needs needs, const ActionDescription& description,
                                std::function<void()> triggered) {
    return add(menu, nullptr, needs, description, std::move(triggered));
}

QMenu* WindowShell::addMenu(MenuPlace place, const char* icon, const QString& title) {
    const auto& [menu, before] = m_menus.places.at(place);
    auto* added = owned<QMenu>(title, menu);
    added->setIcon(QIcon::fromTheme(QLatin1String(icon)));
    menu->insertMenu(before, added);
    return added;
}

QAction* WindowShell::action(const char* name) const {
    return m_window.findChild<QAction*>(QLatin1String(name), Qt::FindDirectChildrenOnly);
}

QAction* WindowShell::add(QMenu& menu, QAction* before, Needs needs, const ActionDescription& description,
                          std::function<void()> triggered) {
    auto* action = makeAction(&m_window, description);
    menu.insertAction(before, action);
    connect(action, &QAction::triggered, this, [triggered = std::move(triggered)] { triggered(); });
    m_actions.push_back({action, needs});
    update();
    return action;
}

QDockWidget* WindowShell::addDock(const DockDescription& description, QWidget* content) {
    auto* dock = owned<QDockWidget>(description.title, &m_window);
    dock->setObjectName(QLatin1String(description.name));
    dock->setWidget(content);
    m_window.addDockWidget(description.area, dock);
    m_titles.watch(*dock);
    auto* toggle = dock->toggleViewAction();
    toggle->setData(description.key);
    constexpr int withoutKey = 12;
    if (description.key < withoutKey) {
        toggle->setShortcut(QKeySequence(description.key < 10 ? QStringLiteral("Alt+%1").arg(description.key)
                                         : description.key == 10 ? QStringLiteral("Ctrl+F9")
                                                                 : QStringLiteral("Ctrl+R")));
    }
    // Behind another's tab it would not be seen.
    connect(toggle, &QAction::triggered, dock, [dock](bool isShown) {
        if (isShown) {
            dock->raise();
        }
    });
    setActionTip(*toggle, tr("Show or hide the panel \"%1\"").arg(description.title));
    const auto listed = m_menus.panels->actions();
    const auto behind = std::find_if(listed.begin(), listed.end(), [&](const QAction* other) {
        return other->data().toInt() > description.key;
    });
    m_menus.panels->insertAction(behind != listed.end() ? *behind : nullptr, toggle);
    return dock;
}

void WindowShell::show(QDockWidget* dock) {
    dock->show();
    dock->raise();
}

void WindowShell::say(const QString& sentence) {
    m_window.statusBar()->showMessage(sentence, static_cast<int>(messageTime.count()));
}

void WindowShell::update() {
    const auto* session = m_workspace.session();
    const bool writable = session != nullptr && !session->project().isReadOnly();
    for (const auto& [action, needs] : m_actions) {
        switch (needs) {
        case Needs::Nothing:
            break;
        case Needs::Project:
            action->setEnabled(session != nullptr);
            break;
        case Needs::WritableGlacier:
            action->setEnabled(writable && m_workspace.selection().current().has_value());
            break;
        }
    }
}

} // namespace nunatak::ui::window
