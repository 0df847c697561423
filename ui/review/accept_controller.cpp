// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/accept_controller.h"

#include "review/acceptance.h"
#include "tasks/evidence_task.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/review/accept_dialog.h"
#include "ui/session/workspace.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace nunatak::ui::review {

using session::Session;
using session::Workspace;

AcceptController::AcceptController(Workspace& workspace, QWidget* window)
    : m_workspace(workspace), m_window(window) {
    connect(&m_workspace, &Workspace::sessionStarted, this,
            [this] { connect(m_workspace.session(), &Session::stepped, this, &AcceptController::follow); });
    connect(&m_workspace, &Workspace::sessionEnding, this, &AcceptController::close);
}

void AcceptController::open(const QString& layer) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Accept what the model is sure of");
    if (layer.isEmpty() || !session->project().hasLayer(layer.toStdString())) {
        Q_EMIT m_workspace.problem(what, tr("There are no outlines yet. Predict them first."));
        return;
    }
    close();
    m_layer = layer.toStdString();
    m_selected.clear();
    for (const auto& ref : m_workspace.selection().outlines()) {
        if (ref.layer == m_layer) {
            m_selected.insert(ref.uuid);
        }
    }
    m_dialog = owned<AcceptDialog>(m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setLayer(session->titleOf(layer), m_selected.size());
    connect(m_dialog, &AcceptDialog::ruleChanged, this, &AcceptController::show);
    connect(m_dialog, &AcceptDialog::acceptRequested, this, &AcceptController::accept);
    connect(m_dialog, &AcceptDialog::selectRequested, this, &AcceptController::select);
    connect(m_dialog, &QDialog::finished, this, [this] {
        ++m_asked;
        if (m_measuring != nullptr) {
            m_measuring->cancel();
        }
    });
    m_dialog->show(); // not modal: the view shows which they are
    if (session->project().isReadOnly()) {
        m_dialog->showProblem(session->readOnlySentence());
    } else if (outlines::isReference(session->project().layer(m_layer).kind)) {
        m_dialog->showProblem(tr("%1 is a reference. What is accepted is an inventory; start one from it.")
                                  .arg(session->titleOf(layer)));
    } else {
        measure();
    }
}

void AcceptController::close() {
    if (m_dialog != nullptr) {
        m_dialog->close();
        m_dialog = nullptr; // it goes a little later
    }
    m_measured = {};
}

void AcceptController::measure() {
    if (m_measuring != nullptr) {
        m_measuring->cancel();
    }
    m_measured = {};
    m_dialog->showMeasuring();
    auto task = tasks::evidenceOf(m_workspace.session()->project(), m_layer);
    task.expert.reset(); // the model alone is asked
    task.earlier.reset();
    const int mine = ++m_asked;
    const auto isMine = [this, mine] { return m_dialog != nullptr && mine == m_asked; };
    m_measuring = m_workspace.jobs().start<Measured>(
        tr("Measure confidence"), jobs::Lane::Background,
        [task](const Progress& progress) {
            Measured measured;
            measured.glaciers = tasks::measure(task, progress, &measured.notes);
            return measured;
        },
        {.succeeded =
             [this, isMine](Measured& measured) {
                 m_measuring = nullptr;
                 if (isMine()) {
                     m_measured = std::move(measured);
                     show();
                 }
             },
         .failed =
             [this, isMine](const QString& sentence) {
                 if (isMine()) {
                     m_dialog->showProblem(sentence);
                 }
             },
         .cancelled =
             [this, isMine] {
                 if (isMine()) {
                     m_dialog->showProblem(tr("It was stopped. Open it again to measure."));
                 }
             }});
}

nunatak::review::Acceptance AcceptController::now() const {
    nunatak::review::Filter filter;
    if (m_dialog->isOfSelected()) {
        filter = [this](const nunatak::review::Candidate& each) {
            return m_selected.contains(each.outline.uuid);
        };
    }
    return nunatak::review::acceptanceOf(m_measured.glaciers, m_dialog->rule(), filter);
}

void AcceptController::show() {
    if (m_dialog != nullptr && !m_measured.glaciers.empty()) {
        m_dialog->showAcceptance(now(), m_measured.notes);
    }
}

void AcceptController::accept() {
    auto* session = m_workspace.session();
    if (session == nullptr || m_dialog == nullptr) {
        return;
    }
    const auto acceptance = now();
    const auto rule = m_dialog->rule();
    const auto area = areaText(acceptance.area);
    const auto count = QLocale().toString(static_cast<qulonglong>(acceptance.accepted.size()));
    close();
    if (m_workspace.attempt(tr("Accept what the model is sure of"), [&] {
            session->project().commit(nunatak::review::accept(m_layer, acceptance, rule));
        })) {
        Q_EMIT done(tr("Accepted: %1 of %2, %3.").arg(count, session->titleOf(text(m_layer)), area));
    }
}

void AcceptController::select() {
    std::vector<outlines::OutlineRef> refs;
    for (const auto& outline : now().accepted) {
        refs.push_back({m_layer, outline->uuid});
    }
    m_workspace.selection().select(refs);
    Q_EMIT selected();
}

void AcceptController::follow(const project::Event& event) {
    if (m_dialog == nullptr) {
        return;
    }
    if (!m_workspace.session()->project().hasLayer(m_layer)) {
        close();
    } else if (std::any_of(event.changes.begin(), event.changes.end(),
                           [&](const auto& change) { return change.layer == m_layer; })) {
        measure(); // what was measured is of other outlines
    }
}

} // namespace nunatak::ui::review
