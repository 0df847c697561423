// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/checks_controller.h"

#include "outlines/listed_name.h"
#include "tasks/boundaries_task.h"
#include "ui/base/format.h"
#include "ui/checks/checks_panel.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"

#include <QLocale>
#include <QPointer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace nunatak::ui::checks {

using nunatak::editing::Fault;
using nunatak::editing::Finding;
using session::JobQueue;
using session::Session;
using session::Workspace;

namespace {

constexpr std::chrono::milliseconds pause(250);

/// Whether a check may say something else of it.
bool becameAnother(const outlines::OutlineChange& change) {
    if (!change.before || !change.after) {
        return true;
    }
    using outlines::Review;
    return change.before->geometry != change.after->geometry || change.before->name != change.after->name ||
           (change.before->review == Review::Removed) != (change.after->review == Review::Removed);
}

} // namespace

geo::Extent placeToLookAt(const Finding& finding) {
    constexpr double leastSide = 80;  // m: less shows nothing that one would know again
    constexpr double mostSide = 1500; // more, and what is narrow cannot be seen
    geo::Extent extent = finding.extent;
    double side = std::max(extent.width(), extent.height());
    if (side > mostSide && finding.kind != Fault::TooSmall && finding.kind != Fault::Duplicate) {
        const double size = finding.kind == Fault::Gap ? 20 * finding.size : 4 * std::sqrt(finding.size);
        extent = {finding.place.x, finding.place.y, finding.place.x, finding.place.y};
        side = std::clamp(size, leastSide, mostSide);
        return extent.grown(side / 2);
    }
    return side < leastSide ? extent.grown((leastSide - side) / 2) : extent;
}

ChecksController::ChecksController(Workspace& workspace, layers::LayerController& layers, ChecksPanel& panel)
    : m_workspace(workspace), m_layers(layers), m_panel(panel) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ChecksController::recheck);
    connect(&m_workspace, &Workspace::sessionStarted, this, &ChecksController::begin);
    connect(&m_workspace, &Workspace::sessionEnded, this, &ChecksController::end);
    connect(&m_panel, &ChecksPanel::checkRequested, this, [this] { check(m_panel.layer()); });
    connect(&m_panel, &ChecksPanel::stopRequested, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel();
        }
    });
    connect(&m_panel, &ChecksPanel::layerChosen, this, [this](const QString& layer) {
        if (layer.toStdString() != m_layer) {
            end();
        }
        showLock();
    });
    connect(&m_panel, &ChecksPanel::findingActivated, this, &ChecksController::flyTo);
    connect(&m_panel, &ChecksPanel::repairRequested, this, &ChecksController::repair);
    connect(&m_panel, &ChecksPanel::startInventoryRequested, this, [this] {
        m_awaitsInventory = true;
        Q_EMIT startInventoryRequested(m_panel.layer());
    });
}

void ChecksController::begin() {
    connect(m_workspace.session(), &Session::stepped, this, &ChecksController::follow);
    connect(m_workspace.session(), &Session::layersChanged, this, &ChecksController::offerLayers);
    offerLayers();
}

void ChecksController::end() {
    ++m_round;
    for (auto* job : {&m_job, &m_rechecking}) {
        if (*job != nullptr) {
            (*job)->cancel();
            job->reset();
        }
    }
    m_pause.stop();
    m_layer.clear();
    m_changed.clear();
    m_isListed = false;
    m_awaitsInventory = false;
    m_panel.setBusy(false);
    m_panel.clear();
    if (m_workspace.session() == nullptr) {
        m_panel.setLayers({}, {}, {});
        m_panel.setLocked({}, false);
    }
}

void ChecksController::offerLayers() {
    const auto* session = m_workspace.session();
    using Kind = outlines::LayerKind;
    m_panel.setLayers(
        session->layersOf({Kind::Inventory, Kind::Expert, Kind::Predicted, Kind::Side}),
        [session](const QString& layer) { return session->titleOf(layer); }, session->inventoryOr({}));
    if (!m_layer.empty() && !session->project().hasLayer(m_layer)) {
        end();
    }
    showLock();
}

void ChecksController::showLock() {
    const auto* session = m_workspace.session();
    const auto layer = m_panel.layer();
    if (session == nullptr || layer.isEmpty()) {
        m_panel.setLocked({}, false);
    } else if (session->project().isReadOnly()) {
        m_panel.setLocked(session->readOnlySentence(), false);
    } else if (outlines::isReference(session->project().layer(layer.toStdString()).kind)) {
        m_panel.setLocked(tr("%1 is a reference, which stays as it is. What is repaired is an inventory that "
                             "is started from it.")
                              .arg(session->titleOf(layer)),
                          true);
    } else {
        m_panel.setLocked({}, false);
    }
}

FindingsModel::Name ChecksController::nameOf() const {
    return [session = m_workspace.session()](const outlines::OutlineRef& ref) {
        const auto outline = session->outline(ref);
        return outline != nullptr ? text(outlines::listedName(*outline)) : tr("No longer there");
    };
}

std::size_t ChecksController::outlines() const {
    return m_workspace.session()->project().outlines(m_layer).size();
}

void ChecksController::setBusy(bool busy, const QString& sentence) {
    if (!busy) {
        m_job.reset();
    }
    m_panel.setBusy(busy, sentence);
}

void ChecksController::check(const QString& layer) {
    auto* session = m_workspace.session();
    if (session == nullptr || m_job != nullptr) {
        return;
    }
    if (layer.isEmpty()) {
        Q_EMIT m_workspace.problem(tr("Check outlines"),
                                   tr("There are no outlines to check yet. Predict them, or import some."));
        return;
    }
    nunatak::editing::CheckRequest request;
    if (!m_workspace.attempt(tr("Check outlines"),
                             [&] { request = tasks::checkOf(session->project(), layer.toStdString()); })) {
        return;
    }
    end();
    m_panel.setLayer(layer);
    showLock();
    m_layer = layer.toStdString();
    request.smallest = m_panel.smallest();
    request.tolerance = m_panel.tolerance();
    m_asked = request;
    m_asked.outlines.clear();
    const int round = m_round;
    setBusy(true, tr("Checking %1…").arg(session->titleOf(layer)));
    m_job = m_workspace.jobs().start<std::vector<Finding>>(
        tr("Check %1").arg(session->titleOf(layer)), jobs::Lane::Background,
        [request](const Progress& progress) { return nunatak::editing::check(request, progress); },
        {.succeeded =
             [this, round](std::vector<Finding>& findings) {
                 if (round != m_round) {
                     return;
                 }
                 setBusy(false);
                 m_isListed = true;
                 m_panel.setFindings(std::move(findings), outlines(), nameOf());
                 recheck(); // what became another meanwhile
             },
         .failed =
             [this, round](const QString& sentence) {
                 if (round == m_round) {
                     end();
                     Q_EMIT m_workspace.problem(tr("Check outlines"), sentence);
                 }
             },
         .cancelled =
             [this, round] {
                 if (round == m_round) {
                     end();
                 }
             }});
}

void ChecksController::follow(const project::Event& event) {
    for (const auto& layer : event.layers) {
        if (m_awaitsInventory && !layer.before && layer.after->kind == outlines::LayerKind::Inventory) {
            m_awaitsInventory = false;
            // The panel is told of its layers after this.
            QMetaObject::invokeMethod(
                this, [this, name = text(layer.after->name)] { check(name); }, Qt::QueuedConnection);
        }
    }
    if (m_layer.empty()) {
        return;
    }
    std::set<std::string> changed;
    for (const auto& change : event.changes) {
        if (change.layer == m_layer && becameAnother(change)) {
            changed.insert((change.before ? change.before : change.after)->uuid);
        }
    }
    if (changed.empty()) {
        return;
    }
    m_panel.setStale(changed);
    m_changed.merge(changed);
    m_pause.start();
}

void ChecksController::recheck() {
    const auto* session = m_workspace.session();
    if (session == nullptr || !m_isListed || m_changed.empty() || m_job != nullptr ||
        m_rechecking != nullptr || !session->project().hasLayer(m_layer)) {
        return; // whoever is under way comes back to it
    }
    auto request = tasks::checkOf(session->project(), m_layer);
    request.smallest = m_asked.smallest;
    request.tolerance = m_asked.tolerance;
    request.only = std::exchange(m_changed, {});
    const int round = m_round;
    m_rechecking = m_workspace.jobs().start<std::vector<Finding>>(
        tr("Check what changed"), jobs::Lane::Aside,
        [request](const Progress& progress) { return nunatak::editing::check(request, progress); },
        {.succeeded =
             [this, round, only = request.only](std::vector<Finding>& findings) {
                 if (round != m_round) {
                     return;
                 }
                 m_rechecking.reset();
                 m_panel.replaceFindings(only, std::move(findings), outlines(), nameOf());
                 m_panel.setStale(m_changed);
                 recheck();
             },
         .failed =
             [this, round](const QString& sentence) {
                 if (round == m_round) {
                     m_rechecking.reset();
                     Q_EMIT m_workspace.problem(tr("Check what changed"), sentence);
                 }
             },
         .cancelled =
             [this, round] {
                 if (round == m_round) {
                     m_rechecking.reset();
                 }
             }},
        JobQueue::Shown::Silently);
}

void ChecksController::flyTo(const Finding& finding) {
    if (m_workspace.session() == nullptr) {
        return;
    }
    m_layers.showLayer(text(finding.outlines.front().layer));
    m_workspace.selection().select(finding.outlines); // what is gone is left out
    m_layers.flyTo(placeToLookAt(finding));
}

void ChecksController::repair(const std::vector<Finding>& findings) {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || m_job != nullptr || findings.empty()) {
        return;
    }
    std::function<Outcome(const Progress&)> plan;
    if (!m_workspace.attempt(tr("Repair outlines"), [&] {
            const auto& project = session->project();
            tasks::throwUnlessEdited(project, m_layer);
            plan = [repair = tasks::planRepair(project, m_layer, findings, m_asked.tolerance),
                    tidy =
                        tasks::planTidying(project, m_layer, m_asked.tolerance)](const Progress& progress) {
                Outcome outcome{repair(progress), {}};
                outcome.step = tidy(outcome.repaired.edit);
                return outcome;
            };
        })) {
        return;
    }
    const int round = m_round;
    const auto finish = [this, round] {
        if (round == m_round) {
            setBusy(false);
            m_pause.start(); // what became another meanwhile
        }
    };
    setBusy(true, tr("Repairing…"));
    m_job = m_workspace.jobs().start<Outcome>(
        tr("Repair outlines"), jobs::Lane::Background, plan,
        {.succeeded =
             [this, session, round, finish, asked = findings.size()](Outcome& outcome) {
                 if (session == nullptr || round != m_round) {
                     return;
                 }
                 finish();
                 take(outcome, asked);
             },
         .failed =
             [this, finish](const QString& sentence) {
                 finish();
                 Q_EMIT m_workspace.problem(tr("Repair outlines"), sentence);
             },
         .cancelled = finish});
}

void ChecksController::take(Outcome& outcome, std::size_t asked) {
    const auto& repaired = outcome.repaired;
    m_panel.setRefused(repaired.refused);
    const auto number = [](std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); };
    const auto left = repaired.refused.size();
    if (repaired.edit.empty()) {
        Q_EMIT said(left == 1  ? tr("Not repaired: %1").arg(text(repaired.refused.front().second))
                    : left > 0 ? tr("None of %1 could be repaired; the list says why.").arg(number(left))
                               : tr("There is nothing left to repair."));
        return;
    }
    if (!m_workspace.attempt(tr("Repair outlines"),
                             [&] { m_workspace.session()->project().take(std::move(outcome.step)); })) {
        return;
    }
    const auto sentence = asked == 1 ? text(repaired.edit.description) + QLatin1Char('.')
                                     : tr("Repaired: %1 of %2.").arg(number(asked - left), number(asked));
    Q_EMIT done(left == 0   ? sentence
                : left == 1 ? tr("%1 One could not be; the list says why.").arg(sentence)
                            : tr("%1 %2 could not be; the list says why.").arg(sentence, number(left)));
}

} // namespace nunatak::ui::checks
