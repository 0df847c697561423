// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_controller.h"

#include "geo/ring_difference.h"
#include "project/step_tools.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/session/workspace.h"

#include <QLocale>
#include <QPointer>

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::session {

namespace {

/// Where something becomes different.
geo::Extent extentOf(const project::StepBack& step) {
    geo::Extent extent;
    for (const auto& change : step.changes) {
        const auto changed = change.before && change.after
                                 ? geo::changedExtent(change.before->geometry, change.after->geometry)
                                 : std::nullopt;
        if (changed && !changed->empty()) {
            extent.include(*changed);
            continue;
        }
        for (const auto& outline : {change.before, change.after}) {
            if (outline != nullptr) {
                extent.include(outline->extent());
            }
        }
    }
    return extent;
}

/// What was selected as outlines went that a step back brings again, such as both that were joined; nothing
/// where it brings none, or as many as came with a layer.
std::vector<outlines::OutlineRef> selectedBefore(const project::StepBack& step) {
    std::vector<outlines::OutlineRef> refs;
    bool brings = false;
    for (const auto& change : step.changes) {
        brings = brings || (!change.before && change.after);
        if (change.after && !change.isAlong) {
            refs.push_back({change.layer, change.after->uuid});
        }
    }
    return brings && step.layers.empty() ? refs : std::vector<outlines::OutlineRef>();
}

/// How many steps would have to be taken back until this one is the last that is in effect.
int stepsInEffectAfter(const std::vector<project::HistoryStep>& history, std::int64_t step) {
    std::set<std::int64_t> gone;
    int count = 0;
    for (auto later = history.rbegin(); later != history.rend() && later->id > step; ++later) {
        if (gone.contains(later->id) || later->tool == project::tools::others) {
            continue; // another program's is never taken back
        }
        if (later->undoes != 0) {
            gone.insert(later->undoes);
        } else {
            ++count;
        }
    }
    return count;
}

} // namespace

HistoryController::HistoryController(Workspace& workspace, QWidget* window)
    : m_workspace(workspace), m_window(window) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::stepped, this, &HistoryController::changed);
        Q_EMIT changed();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &HistoryController::changed);
}

void HistoryController::undo() {
    const QPointer<Session> session = m_workspace.session();
    const auto last = session != nullptr ? session->project().undoable() : std::nullopt;
    if (!last || last->kind == project::UndoableStep::Kind::Edit) {
        undoSteps(1);
        return;
    }
    ask(m_window, tr("Take back \"%1\"?").arg(text(last->description)),
        last->isOfThisOpening
            ? tr("All that came with it goes, outlines and verdicts alike; redo brings it back.")
            : tr("It was made before the project was opened this time. All that came with it goes, outlines "
                 "and verdicts alike; redo brings it back."),
        tr("Take it back"), tr("Keep it"), [this, session, description = last->description] {
            // Meanwhile another step may have become the last one.
            if (session != nullptr && session->project().undoDescription() == description) {
                undoSteps(1);
            }
        });
}

void HistoryController::undoSteps(int count, int before) {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || count <= 0) {
        return;
    }
    const auto& project = session->project();
    const auto last = text(project.undoDescription().value_or(std::string()));
    step(tr("Undo"), project.isUndoAtHand(), &project::Project::planUndo,
         before > 0 && count == 1 ? tr("%1 steps, the last: %2").arg(QLocale().toString(before + 1), last)
                                  : last,
         &HistoryController::tookBack, [this, session, count, before] {
             if (session != nullptr) {
                 undoSteps(count - 1, before + 1);
             }
         });
}

void HistoryController::redo() {
    const auto& project = m_workspace.session()->project();
    step(tr("Redo"), project.isRedoAtHand(), &project::Project::planRedo,
         text(project.redoDescription().value_or(std::string())), &HistoryController::didAgain);
}

void HistoryController::goBackTo(std::int64_t step) {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || m_isStepping) {
        return;
    }
    const auto& history = session->project().history();
    const auto found =
        std::find_if(history.begin(), history.end(), [step](const auto& known) { return known.id == step; });
    const int count = stepsInEffectAfter(history, step);
    if (found == history.end() || count == 0) {
        return;
    }
    ask(m_window, tr("Go back to \"%1\"?").arg(text(found->description)),
        tr("Steps that are taken back: %1. Redo brings them again, one by one.").arg(count), tr("Go back"),
        tr("Stay"), [this, session, count] {
            if (session != nullptr && session == m_workspace.session()) {
                undoSteps(count);
            }
        });
}

void HistoryController::step(const QString& what, bool isAtHand,
                             std::function<project::StepBack()> (project::Project::*plan)() const,
                             const QString& description, Told told, std::function<void()> then) {
    if (m_isStepping) {
        return; // the step before is still being read
    }
    const QPointer<Session> session = m_workspace.session();
    const auto take = [this, session, what, description, told, then, plan](project::StepBack& back) {
        m_isStepping = false;
        const auto extent = extentOf(back);
        const auto again =
            plan == &project::Project::planUndo ? selectedBefore(back) : std::vector<outlines::OutlineRef>();
        if (session != nullptr &&
            m_workspace.attempt(what, [&] { session->project().take(std::move(back)); })) {
            if (!again.empty()) {
                m_workspace.selection().select(again);
            }
            (this->*told)(description, extent);
            if (then) {
                then();
            }
        }
    };
    m_workspace.attempt(what, [&] {
        const auto work = (session->project().*plan)();
        if (isAtHand) {
            auto back = work();
            take(back);
            return;
        }
        m_isStepping = true;
        m_workspace.jobs().start<project::StepBack>(
            what, jobs::Lane::Background, [work](const Progress&) { return work(); },
            {.succeeded = take,
             .failed =
                 [this, session, what](const QString& sentence) {
                     m_isStepping = false;
                     if (session != nullptr) { // else the project was closed meanwhile
                         Q_EMIT m_workspace.problem(what, sentence);
                     }
                 },
             .cancelled = [this] { m_isStepping = false; }},
            JobQueue::Shown::Silently);
    });
}

} // namespace nunatak::ui::session
