// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/view_menu.h"

#include "editing/changed_stretches.h"
#include "ui/base/action_factory.h"
#include "ui/base/owned.h"
#include "ui/editing/tool_host.h"
#include "ui/viewport/viewport.h"

#include <QAction>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QIcon>
#include <QMenu>
#include <QMouseEvent>
#include <QScreen>

#include <algorithm>
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
            m_host.preview(found->second, beside());
        }
    }

    /// Where the menu hides nothing of what is said.
    QPoint beside() const {
        constexpr int room = 320; // pixels that a sentence takes at most
        const QRect row = m_menu.actionGeometry(m_menu.activeAction());
        const QPoint right = m_view.mapFromGlobal(m_menu.mapToGlobal(row.topRight()));
        const QPoint left = m_view.mapFromGlobal(m_menu.mapToGlobal(row.topLeft())) - QPoint(room, 0);
        return right.x() + room > m_view.width() && left.x() > 0 ? left : right;
    }

    QMenu& m_menu;
    const QWidget& m_view;
    ToolHost& m_host;
    const QAction* m_shown = nullptr;
    std::map<const QAction*, std::function<tools::Proposal(const tools::Scene&)>> m_runs;
};

/// Where what an item would change is, on the screen.
std::vector<QPoint> changedBy(const tools::Proposal& proposal, const viewport::Viewport& view) {
    std::vector<QPoint> places;
    const auto add = [&](const std::vector<nunatak::editing::Stretch>& stretches) {
        for (const auto& stretch : stretches) {
            for (const auto& point : stretch.points) {
                if (const auto place = view.project(point); place && view.rect().contains(place->toPoint())) {
                    places.push_back(view.mapToGlobal(place->toPoint()));
                }
            }
        }
    };
    for (const auto& change :
         proposal.edit ? proposal.edit->changes : std::vector<outlines::OutlineChange>()) {
        if (change.before && change.after) {
            const auto changed =
                nunatak::editing::changedStretches(change.before->geometry, change.after->geometry);
            add(changed.drawn);
            add(changed.replaced);
        }
    }
    return places;
}

/// The menu's corner is at the pointer, whichever hides least of these places and has room: where there is
/// some over the view, there, so that it covers nothing of the panels beside it.
QPoint placeFor(const QMenu& menu, QPoint pointer, const std::vector<QPoint>& places,
                const viewport::Viewport& view) {
    const QSize size = menu.sizeHint();
    const QScreen* screen = QGuiApplication::screenAt(pointer);
    const QRect over(view.mapToGlobal(QPoint()), view.size());
    QPoint best = pointer;
    std::pair least{true, static_cast<std::ptrdiff_t>(places.size()) + 1};
    for (const int up : {0, size.height()}) {
        for (const int left : {0, size.width()}) {
            const QRect covered(pointer - QPoint(left, up), size);
            const std::pair hidden{!over.contains(covered),
                                   std::count_if(places.begin(), places.end(),
                                                 [&](QPoint place) { return covered.contains(place); })};
            if (hidden < least && (screen == nullptr || screen->availableGeometry().contains(covered))) {
                least = hidden;
                best = covered.topLeft();
            }
        }
    }
    return best;
}

/// The answers to a question differ in what other items are cut by, such as ids.
QString asAnswer(const QString& words) {
    constexpr int readable = 90; // characters
    return words.size() <= readable ? words : inMenu(words);
}

void addItems(QMenu& menu, Preview& preview, ToolHost& host, const std::vector<tools::Menu::Item>& items,
              bool areAnswers) {
    for (const auto& item : items) {
        auto* action = menu.addAction(QIcon::fromTheme(QLatin1String(item.icon)),
                                      areAnswers ? asAnswer(item.text) : inMenu(item.text));
        action->setToolTip(QString(item.text).remove(QLatin1Char('&')));
        QObject::connect(action, &QAction::triggered, &host,
                         [&host, run = item.run, tool = item.tool] { host.carryOut(run, tool); });
        if (item.isPreviewed) {
            preview.add(action, item.run);
        }
    }
}

} // namespace

void showViewMenu(viewport::Viewport& view, ToolHost& host, const tools::Menu& menu, QPointF place,
                  const QList<QList<QAction*>>& groups, const QList<QAction*>& tools) {
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
    addItems(*shown, *preview, host, menu.beneath, false);
    if (!menu.isQuestion) {
        auto* fly = shown->addAction(QIcon::fromTheme(QStringLiteral("zoom-in")), Words::tr("Fly &there"));
        QObject::connect(fly, &QAction::triggered, &view, [&view, place] { view.flyTo(place); });
    }
    addItems(*shown, *preview, host, menu.items, menu.isQuestion);
    if (!tools.isEmpty()) {
        auto* with = shown->addMenu(QIcon::fromTheme(QStringLiteral("edit-node")), Words::tr("&Edit with"));
        with->addActions(tools);
    }
    for (const auto& group : groups) {
        shown->addSeparator();
        shown->addActions(group);
    }
    std::vector<QPoint> changed;
    for (const auto& item : menu.items) {
        if (item.isPreviewed && changed.empty()) {
            changed = changedBy(item.run(host.scene()), view);
        }
    }
    shown->popup(placeFor(*shown, view.mapToGlobal(place.toPoint()), changed, view));
}

} // namespace nunatak::ui::editing
