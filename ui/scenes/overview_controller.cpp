// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/overview_controller.h"

#include "ui/base/format.h"
#include "ui/session/workspace.h"

#include <QPointer>

namespace nunatak::ui::scenes {

using session::JobQueue;
using session::Session;
using session::Workspace;

OverviewController::OverviewController(Workspace& workspace, QObject* parent)
    : QObject(parent), m_workspace(workspace) {
    connect(&m_workspace, &Workspace::sessionEnding, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel(); // they are made next time
            m_job.reset();
        }
        m_seen.clear();
    });
}

void OverviewController::onSceneDrawn() {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || session->project().isReadOnly()) {
        return;
    }
    const auto scene = session->scene()->scene();
    if (!m_seen.insert(scene.id).second) {
        return;
    }
    m_workspace.jobs().start<bool>(
        tr("Look for overviews"), jobs::Lane::Aside,
        [scene, pool = session->readers(), overviews = session->overviews()](const Progress&) {
            return overviews->areMissing(scene, pool);
        },
        {.succeeded =
             [this, session, id = scene.id](bool& missing) {
                 if (missing && session != nullptr && session == m_workspace.session()) {
                     make(id);
                 }
             },
         .failed = [](const QString&) {}, // what cannot be read was told when it was drawn
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

void OverviewController::make(const std::string& id) {
    auto* session = m_workspace.session();
    const auto scene = session->project().scene(id);
    m_job = m_workspace.jobs().start<bool>(
        tr("Make overviews of %1").arg(text(scene.name)), jobs::Lane::Aside,
        [scene, pool = session->readers(), overviews = session->overviews()](const Progress& progress) {
            overviews->make(scene, pool, progress);
            return true;
        },
        {.succeeded =
             [this, name = text(scene.name)](bool&) {
                 Q_EMIT done(tr("%1 has overviews beside the project now: it is drawn faster.").arg(name));
             },
         .failed = [this](const QString& sentence) { Q_EMIT done(sentence); },
         .cancelled = {}},
        JobQueue::Shown::InPassing);
}

} // namespace nunatak::ui::scenes
