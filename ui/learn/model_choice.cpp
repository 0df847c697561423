// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/model_choice.h"

#include "base/error.h"
#include "tasks/project_model.h"
#include "ui/base/format.h"
#include "ui/learn/version_list.h"
#include "ui/session/workspace.h"

#include <algorithm>

namespace nunatak::ui::learn {

using session::JobQueue;
using session::Workspace;

ModelChoice::ModelChoice(Workspace& workspace, VersionList& versions, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_versions(versions) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        m_isTakenUp = false;
        takeUp();
    });
    connect(&m_workspace, &Workspace::modelsChanged, this, &ModelChoice::takeUp);
    connect(&m_workspace, &Workspace::modelsChanged, this, &ModelChoice::showVersions);
    connect(&m_workspace, &Workspace::currentModelChanged, this, &ModelChoice::showVersions);
    connect(&m_versions, &VersionList::useRequested, this, [this](const QString& fingerprint) {
        for (const auto& model : m_workspace.models()) {
            if (text(model.manifest.fingerprint) == fingerprint) {
                if (choose(model)) {
                    Q_EMIT said(tr("The project uses %1 from now on.").arg(text(models::titleOf(model))));
                }
                return;
            }
        }
    });
}

bool ModelChoice::choose(const models::StoredModel& model) {
    auto* session = m_workspace.session();
    bool isKept = session == nullptr || session->project().isReadOnly();
    if (!isKept) {
        isKept =
            m_workspace.attempt(tr("Choose a model"), [&] { tasks::chooseModel(session->project(), model); });
    }
    m_workspace.useModel(text(model.manifest.name));
    return isKept;
}

void ModelChoice::chooseByName(const QString& name) {
    const auto& models = m_workspace.models();
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const auto& model) { return text(model.manifest.name) == name; });
    if (found != models.end()) {
        choose(*found);
    }
}

void ModelChoice::takeUp() {
    const auto* session = m_workspace.session();
    if (session == nullptr || m_isTakenUp || m_workspace.models().empty()) {
        return;
    }
    m_isTakenUp = true;
    const auto chosen = tasks::modelOf(session->project());
    if (!chosen) {
        return;
    }
    if (const auto* model = tasks::findModel(*chosen, m_workspace.models())) {
        m_workspace.useModel(text(model->manifest.name));
        return;
    }
    const auto current = m_workspace.currentModel();
    Q_EMIT said(tr("This project uses the model %1, which is not on this machine; %2 is used instead.")
                    .arg(text(chosen->title), current ? text(models::titleOf(*current)) : tr("none")));
}

void ModelChoice::showVersions() {
    const auto current = m_workspace.currentModel();
    if (!current) {
        m_versions.setVersions({}, {});
        return;
    }
    // Each version has a file to be read.
    using Versions = std::vector<VersionList::Version>;
    m_workspace.jobs().start<Versions>(
        tr("Look for versions"), jobs::Lane::Aside,
        [current, all = m_workspace.models()](const Progress&) {
            Versions versions;
            for (auto& model : models::versionsOf(*current, all)) {
                std::optional<models::LearningRecord> record;
                try {
                    record = models::learningRecordOf(model);
                } catch (const Error&) { // shown as one that is not known
                }
                versions.push_back({std::move(model), std::move(record)});
            }
            return versions;
        },
        {.succeeded = [this, used = text(current->manifest.fingerprint)](
                          Versions& versions) { m_versions.setVersions(versions, used); },
         .failed = [](const QString&) {},
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::learn
