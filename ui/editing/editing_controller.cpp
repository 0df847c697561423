// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/editing_controller.h"

#include "outlines/outline_name.h"
#include "tasks/evidence_task.h"
#include "ui/base/format.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/history_controller.h"
#include "ui/session/workspace.h"
#include "ui/tools/scribble_tool.h"
#include "ui/viewport/viewport.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace nunatak::ui::editing {

using session::SelectionModel;
using session::Session;
using session::Workspace;

EditingController::EditingController(Workspace& workspace, viewport::Viewport& view,
                                     layers::LayerController& layers, session::HistoryController& steps)
    : m_workspace(workspace), m_view(view), m_scene(workspace, view, layers.stack()),
      m_tools(view, m_scene,
              {[this](const nunatak::editing::Edit& edit) { return commit(edit); },
               [this](const tools::Selection& selection) { select(selection); }, [&steps] { steps.undo(); },
               [this] {
                   const auto* session = m_workspace.session();
                   return session != nullptr ? session->crs() : geo::Crs();
               },
               [this](const tools::Work& work, std::function<void(tools::Proposal)> then) {
                   workInBackground(work, std::move(then));
               },
               [this](const outlines::OutlineRef& glacier) { return heldAgainst(glacier); }},
              tools::toolTable()) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        // What a hand holds may be another one now.
        const auto follow = [this] {
            m_scene.layersChanged();
            m_tools.layersChanged();
        };
        connect(m_workspace.session(), &Session::outlinesChanged, this, follow);
        connect(m_workspace.session(), &Session::layersChanged, this, follow);
        connect(m_workspace.session(), &Session::stepped, &m_tools, &ToolHost::withdrawOffer);
        const auto& project = m_workspace.session()->project();
        for (const auto& layer : project.layers()) {
            if (!outlines::isReference(layer.kind)) {
                m_atOpening.emplace(layer.name, project.outlines(layer.name));
            }
        }
        m_scene.layersChanged();
        m_tools.refresh();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] { m_atOpening.clear(); });
    connect(&m_workspace, &Workspace::sessionEnding, &m_tools, &ToolHost::settle);
    connect(&m_workspace, &Workspace::sessionEnding, &m_tools, &ToolHost::cancel);
    connect(&m_workspace, &Workspace::sessionEnding, &m_tools, &ToolHost::dropOffers);
    connect(&m_workspace.selection(), &SelectionModel::changed, this, [this] {
        m_tools.settle(); // while the scene still has what was selected
        follow();
        const auto* session = m_workspace.session();
        if (session != nullptr && !m_scene.selection().empty() && session->project().isReadOnly()) {
            Q_EMIT hint(session->readOnlySentence()); // or a drag that moves nothing is a riddle
        }
    });
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &EditingController::follow);
    connect(&m_tools, &ToolHost::lockedTaken, this, &EditingController::referenceTaken);
    connect(&m_scene.shownFeatures(), &ShownFeatures::changed, &m_tools, [this] {
        if (m_tools.current() == QLatin1String(tools::scribbleId)) {
            m_tools.refresh();
        }
    });
}

void EditingController::workInBackground(const tools::Work& work, std::function<void(tools::Proposal)> then) {
    const auto refused = [then](const QString& sentence) {
        tools::Proposal proposal;
        proposal.refusal = sentence;
        then(std::move(proposal));
    };
    m_workspace.jobs().start<tools::Proposal>(
        tr("Work out a change"), jobs::Lane::Background, [work](const Progress&) { return work(); },
        {.succeeded = [then](tools::Proposal& proposal) { then(std::move(proposal)); },
         .failed = refused,
         .cancelled = [refused] { refused(tr("It was stopped.")); }},
        session::JobQueue::Shown::Silently);
}

HeldAgainst EditingController::heldAgainst(const outlines::OutlineRef& glacier) const {
    const auto* session = m_workspace.session();
    HeldAgainst held;
    if (session == nullptr || !session->project().hasLayer(glacier.layer)) {
        return held;
    }
    const auto& project = session->project();
    if (project.layer(glacier.layer).kind == outlines::LayerKind::Inventory) { // a lake is no glacier
        const auto found = tasks::counterpartsOf(project, glacier);
        held.start = found.start ? found.start->outline : nullptr;
        held.prediction = found.prediction ? found.prediction->outline : nullptr;
        held.expert = found.expert ? found.expert->outline : nullptr;
    }
    const auto opened = m_atOpening.find(glacier.layer);
    if (held.start == nullptr && opened != m_atOpening.end()) {
        held.start = opened->second.find(glacier.uuid);
    }
    return held;
}

void EditingController::follow() {
    // Vertices are named by numbers, which may be others' now.
    m_scene.setSelection({m_workspace.selection().outlines(), {}});
    m_tools.refresh();
}

void EditingController::select(const tools::Selection& selection) {
    m_workspace.selection().select(selection.outlines);
    const auto& outlines = m_workspace.selection().outlines();
    m_scene.setSelection(
        {outlines, outlines.size() == 1 ? selection.vertices : std::vector<geo::VertexId>()});
    m_tools.refresh();
}

bool EditingController::commit(const nunatak::editing::Edit& edit) {
    auto* session = m_workspace.session();
    const auto picture = pictureUnderHand();
    bool isDone = false;
    m_workspace.attempt(text(edit.description), [&] {
        const auto committed = session->project().commit(edit, {picture});
        isDone = committed.outcome != project::Committed::Outcome::OutsideEpoch;
        if (!isDone) {
            const auto& first = edit.changes.front();
            Q_EMIT outsideEpoch(text(committed.sentence),
                                {first.layer, first.before ? first.before->uuid : first.after->uuid});
        }
    });
    if (isDone && !picture.empty()) {
        tellDates(edit, session->project().scene(picture).date);
    }
    return isDone;
}

const std::string& EditingController::pictureUnderHand() const {
    using Mode = viewport::SceneComparison::Mode;
    const auto* session = m_workspace.session();
    const auto& comparison = m_view.comparison();
    const double share = m_tools.pointer().x() / std::max(1, m_view.width());
    bool isOther = false;
    switch (comparison.mode) {
    case Mode::None:
        break;
    case Mode::Swipe:
        isOther = share > comparison.swipe;
        break;
    case Mode::Flicker:
        isOther = comparison.showsOther;
        break;
    case Mode::SideBySide:
        isOther = share > 0.5;
        break;
    }
    return isOther && !session->otherDrawn().empty() ? session->otherDrawn() : session->pictureDrawn();
}

void EditingController::tellDates(const nunatak::editing::Edit& edit, const std::string& picture) {
    const auto shown = [](const std::string& known) {
        return known.empty() ? tr("an unknown date") : text(known);
    };
    QStringList names;
    std::string before;
    for (const auto& change : edit.changes) {
        const bool isDrawn =
            change.before && change.after && change.before->geometry != change.after->geometry;
        const auto now =
            isDrawn ? m_workspace.session()->outline({change.layer, change.after->uuid}) : nullptr;
        if (now != nullptr && now->srcDate == picture && change.before->srcDate != picture) {
            names << text(outlines::nameInSentence(*now));
            before = change.before->srcDate;
        }
    }
    if (names.size() == 1) {
        Q_EMIT redated(tr("%1 is of %2 now, as the picture, instead of %3.")
                           .arg(names.front(), shown(picture), shown(before)));
    } else if (!names.isEmpty()) {
        Q_EMIT redated(tr("%1 and %2 more are of %3 now, as the picture.")
                           .arg(names.front(), QLocale().toString(names.size() - 1), shown(picture)));
    }
}

} // namespace nunatak::ui::editing
