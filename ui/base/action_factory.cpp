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

QString keysOf(const QAction& action) {
    QStringList keys;
    for (const auto& shortcut : action.shortcuts()) {
        keys << shortcut.toString(QKeySequence::NativeText);
    }
    return keys.join(QStringLiteral(" / ")); // a comma stands between two keys that follow each other
}

void setActionTip(QAction& action, const QString& tip) {
    const auto keys = keysOf(action);
    // What a strip of icons shows has its name nowhere else.
    auto name = action.text().remove(QLatin1Char('&'));
    while (name.endsWith(QLatin1Char('.')) || name.endsWith(QChar(0x2026))) {
        name.chop(1);
    }
    const auto called = keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys);
    action.setToolTip(called.isEmpty() ? tip : QStringLiteral("%1: %2").arg(called, tip));
    action.setStatusTip(tip);
}

QString inMenu(const QString& words) {
    constexpr int most = 54; // characters
    constexpr int end = 20;
    return words.size() <= most ? words : words.left(most - end - 1) + QChar(0x2026) + words.right(end);
}

} // namespace nunatak::ui
