// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/snap_controller.h"

#include "outlines/listed_name.h"
#include "project/step_tools.h"
#include "tasks/boundaries_task.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/checks/snap_dialog.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"

#include <QLocale>

#include <algorithm>

namespace nunatak::ui::checks {

using nunatak::editing::Snapped;
using session::JobQueue;
using session::Session;
using session::Workspace;

namespace {

constexpr double usualTolerance = 5; // m

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

} // namespace

SnapController::SnapController(Workspace& workspace, layers::LayerController& layers, QWidget* window)
    : m_workspace(workspace), m_layers(layers), m_window(window) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        m_told.clear();
        m_awaitsInventory = false;
        connect(m_workspace.session(), &Session::stepped, this, &SnapController::follow);
    });
    connect(&m_workspace, &Workspace::sessionEnding, this, &SnapController::close);
}

QString SnapController::titleOf(const std::string& layer) const {
    return m_workspace.session()->titleOf(text(layer));
}

void SnapController::open(const QString& layer, First first) {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (layer.isEmpty() || !session->project().hasLayer(layer.toStdString())) {
        Q_EMIT m_workspace.problem(
            tr("Bring together"),
            tr("There are no outlines to bring together yet. Predict them, or import some."));
        return;
    }
    close();
    m_layer = layer.toStdString();
    m_selection.clear();
    for (const auto& ref : m_workspace.selection().outlines()) {
        if (ref.layer == m_layer) {
            m_selection.insert(ref.uuid);
        }
    }
    m_dialog = owned<SnapDialog>(m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setLayer(titleOf(m_layer), session->project().outlines(m_layer).size(), m_selection.size(),
                       first == First::Selected);
    if (session->project().isReadOnly()) {
        m_dialog->setLocked(session->readOnlySentence(), false);
    } else if (outlines::isReference(session->project().layer(m_layer).kind)) {
        m_dialog->setLocked(tr("%1 is a reference, which stays as it is. What can be brought together is an "
                               "inventory that is started from it.")
                                .arg(titleOf(m_layer)),
                            true);
    }
    connect(m_dialog, &SnapDialog::lookWanted, this, &SnapController::look);
    connect(m_dialog, &SnapDialog::bringTogetherRequested, this, &SnapController::bringTogether);
    connect(m_dialog, &SnapDialog::placeActivated, this, &SnapController::flyTo);
    connect(m_dialog, &SnapDialog::startInventoryRequested, this, [this] {
        const auto from = text(m_layer);
        close();
        m_awaitsInventory = true;
        Q_EMIT startInventoryRequested(from);
    });
    connect(m_dialog, &QDialog::finished, this, [this] {
        ++m_asked;
        if (m_looking != nullptr) {
            m_looking->cancel();
        }
    });
    m_dialog->show(); // not modal: the view shows the places
    look();
}

void SnapController::close() {
    if (m_dialog != nullptr) {
        m_dialog->close();
        m_dialog = nullptr; // it goes a little later
    }
    m_found.reset();
}

void SnapController::look() {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || m_dialog == nullptr) {
        return;
    }
    if (m_looking != nullptr) {
        m_looking->cancel(); // what it finds is no longer asked for
    }
    m_found.reset();
    m_dialog->showLooking();
    auto request = tasks::snapOf(session->project(), m_layer, m_dialog->tolerance());
    if (m_dialog->isOfSelected()) {
        request.selection = m_selection;
    }
    const int mine = ++m_asked;
    m_looking = m_workspace.jobs().start<Found>(
        tr("Look for lines that are nearly one"), jobs::Lane::Background,
        [request, tidy = tasks::planTidying(session->project(), m_layer, request.tolerance)](
            const Progress& progress) {
            Found found{nunatak::editing::snap(request, progress), {}};
            found.step = tidy(found.snapped.edit);
            return found;
        },
        {.succeeded =
             [this, session, mine](Found& found) {
                 if (session == nullptr || m_dialog == nullptr || mine != m_asked) {
                     return;
                 }
                 m_found = std::move(found);
                 m_dialog->showFound(m_found->snapped, [session](const outlines::OutlineRef& ref) {
                     const auto outline = session->outline(ref);
                     return outline != nullptr ? text(outlines::listedName(*outline)) : tr("No longer there");
                 });
             },
         .failed =
             [this, mine](const QString& sentence) {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_dialog->showProblem(sentence);
                 }
             },
         .cancelled =
             [this, mine] {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_dialog->showProblem(tr("It was stopped. Another tolerance looks again."));
                 }
             }},
        JobQueue::Shown::InPassing);
}

void SnapController::bringTogether() {
    if (!m_found || m_workspace.session() == nullptr) {
        return;
    }
    auto [found, step] = std::move(*m_found);
    close();
    if (m_workspace.attempt(tr("Bring together"), [&] {
            auto& project = m_workspace.session()->project();
            tasks::throwUnlessEdited(project, m_layer);
            project.take(std::move(step));
        })) {
        const auto left = found.left.empty()
                              ? QString()
                              : tr(" Places that stay as they were: %1.").arg(number(found.left.size()));
        const auto moved = found.pairs.empty()
                               ? tr("no line moved")
                               : (found.moved == 1 ? tr("1 vertex moved")
                                                   : tr("%1 vertices moved").arg(number(found.moved)));
        Q_EMIT done(tr("Brought together, %1: %2.%3").arg(titleOf(m_layer), moved, left));
    }
}

void SnapController::flyTo(const std::vector<outlines::OutlineRef>& outlines,
                           const std::optional<geo::Point>& place) {
    if (m_workspace.session() == nullptr) {
        return;
    }
    m_layers.showLayer(text(outlines.front().layer));
    m_workspace.selection().select(outlines);
    if (place) {
        constexpr double around = 60; // m
        m_layers.flyTo(geo::Extent{place->x, place->y, place->x, place->y}.grown(around));
    } else {
        m_layers.lookDownOnSelection();
    }
}

void SnapController::follow(const project::Event& event) {
    const auto* session = m_workspace.session();
    std::set<std::string> came;
    bool isOurs = false;
    for (const auto& change : event.changes) {
        isOurs = isOurs || change.layer == m_layer;
        if (!change.before) {
            came.insert(change.layer);
        }
    }
    if (m_dialog != nullptr && !session->project().hasLayer(m_layer)) {
        close();
    } else if (m_dialog != nullptr && isOurs) {
        look(); // what was found is of other outlines
    }
    for (const auto& layer : event.layers) {
        if (m_awaitsInventory && !layer.before && layer.after->kind == outlines::LayerKind::Inventory) {
            m_awaitsInventory = false;
            m_told.insert(layer.after->name);
            // Others are told of the layer after this.
            QMetaObject::invokeMethod(
                this, [this, name = text(layer.after->name)] { open(name); }, Qt::QueuedConnection);
        }
    }
    namespace tools = project::tools;
    if (event.step.undoes == 0 &&
        (event.step.tool == tools::importing || event.step.tool == tools::inventory)) {
        for (const auto& layer : came) {
            lookAtWhatCame(layer);
        }
    }
}

void SnapController::lookAtWhatCame(const std::string& layer) {
    const QPointer<Session> session = m_workspace.session();
    if (session->project().isReadOnly() || session->project().outlines(layer).size() < 2 ||
        session->project().layer(layer).kind == outlines::LayerKind::Side || !m_told.insert(layer).second) {
        return;
    }
    m_workspace.jobs().start<Snapped>(
        tr("Look for lines that are nearly one"), jobs::Lane::Aside,
        [request = tasks::snapOf(session->project(), layer, usualTolerance)](const Progress& progress) {
            return nunatak::editing::snap(request, progress);
        },
        {.succeeded =
             [this, session, layer](const Snapped& found) {
                 if (session == nullptr || found.pairs.empty() || !session->project().hasLayer(layer)) {
                     return;
                 }
                 const auto count = found.pairs.size();
                 Q_EMIT offered(
                     count == 1
                         ? tr("%1: lines of two neighbours are nearly one, up to %2 m apart.")
                               .arg(titleOf(layer), QLocale().toString(found.pairs.front().farthest, 'g', 2))
                         : tr("%1: lines of %2 pairs of neighbours are nearly one, up to %3 m apart.")
                               .arg(
                                   titleOf(layer), number(count),
                                   QLocale().toString(std::max_element(found.pairs.begin(), found.pairs.end(),
                                                                       [](const auto& a, const auto& b) {
                                                                           return a.farthest < b.farthest;
                                                                       })
                                                          ->farthest,
                                                      'g', 2)),
                     tr("Bring together…"), [this, session, layer] {
                         if (session != nullptr) {
                             open(text(layer));
                         }
                     });
             },
         .failed = [](const QString& /*nobody asked*/) {},
         .cancelled = {}},
        JobQueue::Shown::InPassing);
}

} // namespace nunatak::ui::checks
