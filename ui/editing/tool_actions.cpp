// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_actions.h"

#include "ui/base/action_factory.h"

#include <QAction>
#include <QWidget>

namespace nunatak::ui::editing {

ToolActions::ToolActions(QWidget& window, ToolHost& host) : QObject(&window), m_tools(this) {
    for (const auto& entry : host.table()) {
        auto* action = makeAction(&window, {entry.id, entry.icon, entry.text, entry.key, entry.tip});
        const auto id = QString::fromLatin1(entry.id);
        action->setIconText(entry.key.toString(QKeySequence::NativeText)); // what the strip says
        if (entry.make) {
            action->setCheckable(true);
            action->setChecked(id == host.current());
            m_tools.addAction(action);
        }
        connect(action, &QAction::triggered, &host, [&host, id] { host.trigger(id); });
        m_all.push_back(action);
    }
    connect(&host, &ToolHost::currentChanged, this, [this](const QString& id) {
        if (auto* action = find(id)) {
            action->setChecked(true);
        }
    });
    setEnabled(false, false);
}

QAction* ToolActions::find(const QString& id) const {
    for (auto* action : m_all) {
        if (action->objectName() == id) {
            return action;
        }
    }
    return nullptr;
}

void ToolActions::setEnabled(bool isOpen, bool hasSelection) {
    for (auto* action : m_all) {
        action->setEnabled(isOpen && (action->isCheckable() || hasSelection));
    }
}

} // namespace nunatak::ui::editing
