// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/view_menu.h"

#include "ui/base/action_factory.h"
#include "ui/base/owned.h"
#include "ui/editing/tool_host.h"
#include "ui/viewport/viewport.h"

#include <QAction>
#include <QCoreApplication>
#include <QIcon>
#include <QMenu>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

void addItems(QMenu& menu, ToolHost& host, const std::vector<tools::Menu::Item>& items) {
    for (const auto& item : items) {
        auto* action = menu.addAction(QIcon::fromTheme(QLatin1String(item.icon)), inMenu(item.text));
        action->setToolTip(item.text);
        QObject::connect(action, &QAction::triggered, &host, [&host, run = item.run] { host.carryOut(run); });
    }
}

} // namespace

void showViewMenu(viewport::Viewport& view, ToolHost& host, const tools::Menu& menu, QPointF place,
                  const QList<QList<QAction*>>& groups) {
    auto* shown = owned<QMenu>(&view);
    shown->setAttribute(Qt::WA_DeleteOnClose);
    shown->setObjectName(QStringLiteral("viewMenu"));
    shown->setToolTipsVisible(true); // they say in full what is cut
    if (!menu.heading.isEmpty()) {
        QString heading = inMenu(menu.heading);
        auto* title = shown->addAction(heading.replace(QLatin1Char('&'), QStringLiteral("&&")));
        title->setToolTip(menu.heading);
        title->setEnabled(false);
        QFont bold = shown->font();
        bold.setBold(true);
        title->setFont(bold);
        shown->addSeparator();
    }
    addItems(*shown, host, menu.beneath);
    auto* fly = shown->addAction(QIcon::fromTheme(QStringLiteral("zoom-in")), Words::tr("Fly &there"));
    QObject::connect(fly, &QAction::triggered, &view, [&view, place] { view.flyTo(place); });
    addItems(*shown, host, menu.items);
    for (const auto& group : groups) {
        shown->addSeparator();
        shown->addActions(group);
    }
    shown->popup(view.mapToGlobal(place.toPoint()));
}

} // namespace nunatak::ui::editing
