// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/bookmark_controller.h"

#include "ui/ground/bookmark_panel.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QAction>
#include <QIcon>
#include <QMenu>

namespace nunatak::ui::ground {

using session::Workspace;
using viewport::Viewport;

BookmarkController::BookmarkController(Workspace& workspace, Viewport& viewport, BookmarkPanel& panel,
                                       QMenu& menu, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_panel(panel), m_menu(menu) {
    connect(&m_workspace, &Workspace::sessionStarted, this, &BookmarkController::load);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        m_bookmarks.clear();
        show();
    });
    connect(&m_panel, &BookmarkPanel::addRequested, this, &BookmarkController::add);
    connect(&m_panel, &BookmarkPanel::activated, this, &BookmarkController::flyTo);
    connect(&m_panel, &BookmarkPanel::renamed, this, [this](int index, const QString& name) {
        auto changed = m_bookmarks;
        if (const auto trimmed = name.trimmed(); !trimmed.isEmpty()) {
            changed.at(static_cast<std::size_t>(index)).name = trimmed;
        }
        change(std::move(changed));
    });
    connect(&m_panel, &BookmarkPanel::removeRequested, this, [this](int index) {
        auto changed = m_bookmarks;
        changed.erase(changed.begin() + index);
        change(std::move(changed));
    });
    show();
}

void BookmarkController::load() {
    m_bookmarks = readBookmarks(m_workspace.session()->project());
    show();
}

void BookmarkController::add() {
    if (m_workspace.session() == nullptr || m_viewport.terrain() == nullptr) {
        return;
    }
    if (m_workspace.session()->project().isReadOnly()) {
        Q_EMIT done(m_workspace.session()->readOnlySentence());
        return;
    }
    auto changed = m_bookmarks;
    changed.push_back({freshName(m_bookmarks), m_viewport.cameraState(), m_viewport.verticalExaggeration()});
    const auto name = changed.back().name;
    change(std::move(changed));
    Q_EMIT done(tr("Bookmark \"%1\" added.").arg(name));
}

void BookmarkController::flyTo(int index) {
    const auto& bookmark = m_bookmarks.at(static_cast<std::size_t>(index));
    Q_EMIT exaggerationWanted(bookmark.exaggeration);
    m_viewport.flyToCamera(bookmark.camera);
    m_viewport.setFocus();
}

void BookmarkController::change(std::vector<Bookmark> bookmarks) {
    m_workspace.attempt(tr("Store the bookmarks"), [&] {
        writeBookmarks(bookmarks, m_workspace.session()->project());
        m_bookmarks = std::move(bookmarks);
    });
    // Not at once: whoever asked for it is in the middle of a row's editing.
    QMetaObject::invokeMethod(this, &BookmarkController::show, Qt::QueuedConnection);
}

void BookmarkController::show() {
    const auto* session = m_workspace.session();
    QStringList names;
    const auto entries = m_menu.actions();
    for (int i = 1; i < entries.size(); ++i) {
        m_menu.removeAction(entries[i]);
        entries[i]->deleteLater();
    }
    if (!m_bookmarks.empty()) {
        m_menu.addSeparator();
    }
    for (std::size_t i = 0; i < m_bookmarks.size(); ++i) {
        const int index = static_cast<int>(i);
        names << m_bookmarks[i].name;
        auto* action =
            m_menu.addAction(QIcon::fromTheme(QStringLiteral("bookmarks")),
                             QString(m_bookmarks[i].name).replace(QLatin1Char('&'), QStringLiteral("&&")),
                             this, [this, index] { flyTo(index); });
        action->setToolTip(tr("Fly there"));
        if (index < 9) {
            action->setShortcut(QKeySequence(QStringLiteral("Ctrl+Alt+%1").arg(index + 1)));
        }
    }
    m_panel.setBookmarks(names, session != nullptr && !session->project().isReadOnly());
}

} // namespace nunatak::ui::ground
