// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/workspace.h"

#include "base/error.h"
#include "ui/base/format.h"

#include <algorithm>

namespace nunatak::ui::session {

Workspace::Workspace(InstallPaths paths, QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_selection(*this) {
    connect(&m_jobs, &JobQueue::failed, this, &Workspace::problem);
}

Workspace::~Workspace() = default;

void Workspace::setSession(std::unique_ptr<Session> session) {
    m_session = std::move(session);
    Q_EMIT sessionStarted();
}

void Workspace::prepareToEnd() {
    Q_EMIT sessionEnding();
    if (!m_session->project().isReadOnly()) {
        attempt(tr("Store the view"), [this] { m_session->storeView(); });
    }
}

std::unique_ptr<project::Project> Workspace::endSession() {
    if (m_session == nullptr) {
        return nullptr;
    }
    auto project = m_session->release();
    m_session.reset();
    Q_EMIT sessionEnded();
    return project;
}

void Workspace::refreshModels(const QString& thenUse) {
    m_jobs.start<std::vector<models::StoredModel>>(
        tr("Look for models"), jobs::Lane::Background,
        [registry = registry()](const Progress&) { return registry.list(); },
        {.succeeded =
             [this, thenUse](std::vector<models::StoredModel>& found) {
                 m_models = std::move(found);
                 Q_EMIT modelsChanged();
                 useModel(thenUse.isEmpty() ? m_currentModel : thenUse);
             },
         .failed = {},
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

std::optional<models::StoredModel> Workspace::currentModel() const {
    const auto found = std::find_if(m_models.begin(), m_models.end(), [this](const auto& model) {
        return text(model.manifest.name) == m_currentModel;
    });
    return found != m_models.end() ? std::optional(*found) : std::nullopt;
}

void Workspace::useModel(const QString& name) {
    m_currentModel = name;
    if (!currentModel()) {
        // The one asked for is not there: the starter, which comes with the program, or whatever there is.
        m_currentModel = QStringLiteral("starter");
        if (!currentModel()) {
            m_currentModel = m_models.empty() ? QString() : text(m_models.front().manifest.name);
        }
    }
    Q_EMIT currentModelChanged();
}

bool Workspace::attempt(const QString& what, const std::function<void()>& action) {
    try {
        action();
        return true;
    } catch (const Error& error) {
        Q_EMIT problem(what, QString::fromUtf8(error.what()));
        return false;
    }
}

} // namespace nunatak::ui::session
