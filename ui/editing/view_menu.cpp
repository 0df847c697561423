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
#include <QMouseEvent>

#include <functional>
#include <map>
#include <utility>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Draws what the highlighted item would do, as long as it is.
class Preview : public QObject {
public:
    Preview(QMenu& menu, const QWidget& view, ToolHost& host)
        : QObject(&menu), m_menu(menu), m_view(view), m_host(host) {
        connect(&menu, &QMenu::hovered, this, &Preview::follow);
        connect(&menu, &QMenu::aboutToHide, this, [this] { follow(nullptr); });
        menu.installEventFilter(this);
    }

    void add(const QAction* action, std::function<tools::Proposal(const tools::Scene&)> run) {
        m_runs[action] = std::move(run);
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        // One that cannot be chosen is never highlighted, and tells nothing.
        if (event->type() == QEvent::MouseMove &&
            m_menu.actionAt(static_cast<QMouseEvent*>(event)->position().toPoint()) != m_shown) {
            follow(nullptr);
        }
        return false;
    }

private:
    void follow(const QAction* action) {
        const auto found = m_runs.find(action);
        if (found == m_runs.end()) {
            m_host.endPreview();
            m_shown = nullptr;
        } else if (std::exchange(m_shown, action) != action) {
            // Beside the menu, where it hides nothing of what is said.
            m_host.preview(found->second, m_view.mapFromGlobal(m_menu.geometry().topRight()));
        }
    }

    QMenu& m_menu;
    const QWidget& m_view;
    ToolHost& m_host;
    const QAction* m_shown = nullptr;
    std::map<const QAction*, std::function<tools::Proposal(const tools::Scene&)>> m_runs;
};

void addItems(QMenu& menu, Preview& preview, ToolHost& host, const std::vector<tools::Menu::Item>& items) {
    for (const auto& item : items) {
        auto* action = menu.addAction(QIcon::fromTheme(QLatin1String(item.icon)), inMenu(item.text));
        action->setToolTip(QString(item.text).remove(QLatin1Char('&')));
        QObject::connect(action, &QAction::triggered, &host, [&host, run = item.run] { host.carryOut(run); });
        if (item.isPreviewed) {
            preview.add(action, item.run);
        }
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
    auto* preview = owned<Preview>(*shown, view, host);
    addItems(*shown, *preview, host, menu.beneath);
    auto* fly = shown->addAction(QIcon::fromTheme(QStringLiteral("zoom-in")), Words::tr("Fly &there"));
    QObject::connect(fly, &QAction::triggered, &view, [&view, place] { view.flyTo(place); });
    addItems(*shown, *preview, host, menu.items);
    for (const auto& group : groups) {
        shown->addSeparator();
        shown->addActions(group);
    }
    shown->popup(view.mapToGlobal(place.toPoint()));
}

} // namespace nunatak::ui::editing
