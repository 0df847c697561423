// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/action_factory.h"

#include "ui/base/owned.h"

#include <QAction>
#include <QIcon>
#include <QWidget>

namespace nunatak::ui {

QAction* makeAction(QWidget* window, const ActionDescription& description) {
    auto* action =
        owned<QAction>(QIcon::fromTheme(QLatin1String(description.icon)), description.text, window);
    action->setObjectName(QLatin1String(description.name));
    action->setShortcut(description.shortcut);
    setActionTip(*action, description.tip);
    window->addAction(action);
    return action;
}

void setActionTip(QAction& action, const QString& tip) {
    const auto keys = action.shortcut();
    action.setToolTip(
        keys.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
    action.setStatusTip(tip);
}

} // namespace nunatak::ui
