// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_controller.h"

#include "outlines/outline_name.h"
#include "review/review_queue.h"
#include "ui/base/format.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"

#include <QLocale>

#include <algorithm>
#include <set>
#include <string>

namespace nunatak::ui::review {

using layers::LayerController;
using session::Session;
using session::Workspace;

namespace {

QString reasonText(const outlines::Outline& glacier) {
    return glacier.review == outlines::Review::NotReviewed ? ReviewController::tr("Not reviewed")
                                                           : ReviewController::tr("Changed after its review");
}

} // namespace

ReviewController::ReviewController(Workspace& workspace, LayerController& layers, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_layers(layers) {
    connect(&m_workspace, &Workspace::sessionStarted, this,
            [this] { connect(m_workspace.session(), &Session::stepped, this, &ReviewController::tell); });
}

void ReviewController::tell(const project::Event& event) {
    std::set<std::string> layers;
    const outlines::OutlineChange* last = nullptr;
    int count = 0;
    for (const auto& change : event.changes) {
        if (change.before && change.after && change.before->review != change.after->review) {
            layers.insert(change.layer);
            last = &change;
            ++count;
        }
    }
    if (layers.size() != 1) {
        if (outdates(event)) {
            Q_EMIT said(progressOf(m_toldLayer));
        }
        return;
    }
    const auto progress = progressOf(text(last->layer));
    if (count > 1) {
        Q_EMIT said(tr("%1 glaciers. %2").arg(QLocale().toString(count), progress));
        return;
    }
    Q_EMIT said(
        tr("%1: %2. %3")
            .arg(text(outlines::nameInSentence(*last->after)), reviewText(last->after->review), progress));
}

void ReviewController::next(const QString& layer, int step) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto& project = session->project();
    const auto selection = m_workspace.selection().current();
    const auto uuid = selection ? selection->uuid : std::string();
    auto gone = selection ? text(selection->layer) : layer;
    // What is gone through is the inventory; before there is one, what it may be started from.
    if (const auto inventories = project.inventories();
        !inventories.empty() && project.layer(gone.toStdString()).kind != outlines::LayerKind::Inventory) {
        gone = session->inventoryOr(gone);
    }
    const auto name = gone.toStdString();
    if (!project.hasLayer(name)) {
        return;
    }
    const auto& glaciers = project.outlines(name);
    const nunatak::review::ReviewQueue queue(glaciers.all());
    const auto found = queue.next(glaciers.find(uuid), step);
    if (!found) {
        Q_EMIT said(tr("Every glacier of %1 is reviewed.").arg(session->titleOf(gone)));
        return;
    }
    const auto& entry = queue.entries()[*found];
    m_layers.showLayer(gone);
    m_workspace.selection().select(outlines::OutlineRef{name, entry.glacier.outline->uuid});
    m_layers.lookDownOnSelection();
    const QLocale locale;
    Q_EMIT said(tr("%1, %2 of %3 by size. %4")
                    .arg(reasonText(*entry.glacier.outline),
                         locale.toString(static_cast<qulonglong>(*found + 1)),
                         locale.toString(static_cast<qulonglong>(queue.entries().size())), progressOf(gone)));
}

bool ReviewController::outdates(const project::Event& event) const {
    constexpr qint64 stands = 8000; // ms that a sentence stands in the status bar
    const auto layer = m_toldLayer.toStdString();
    return m_told.isValid() && m_told.elapsed() < stands &&
           m_workspace.session()->project().hasLayer(layer) &&
           std::any_of(event.changes.begin(), event.changes.end(), [&](const auto& change) {
               return change.layer == layer && (change.before == nullptr) != (change.after == nullptr);
           });
}

QString ReviewController::progressOf(const QString& layer) {
    m_toldLayer = layer;
    m_told.start();
    const auto count = m_workspace.session()->project().reviewCount(layer.toStdString());
    const QLocale locale;
    return tr("%1 of %2 reviewed in %3.")
        .arg(locale.toString(count.reviewed()), locale.toString(count.outlines),
             m_workspace.session()->titleOf(layer));
}

} // namespace nunatak::ui::review
