// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_controller.h"

#include "ui/base/format.h"
#include "ui/layers/glacier_order.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"

#include <QLocale>

namespace nunatak::ui::review {

using layers::LayerController;
using layers::nextByArea;
using session::Workspace;

namespace {

/// What the history says was done.
QString describe(outlines::Review review, const QString& name) {
    switch (review) {
    case outlines::Review::Accepted:
        return ReviewController::tr("Accept %1").arg(name);
    case outlines::Review::Doubtful:
        return ReviewController::tr("Mark %1 as doubtful").arg(name);
    case outlines::Review::NotReviewed:
        return ReviewController::tr("Mark %1 as not reviewed").arg(name);
    case outlines::Review::Removed:
        return ReviewController::tr("%1 is no glacier").arg(name);
    }
    return {};
}

} // namespace

ReviewController::ReviewController(Workspace& workspace, LayerController& layers, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_layers(layers) {
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] { m_layer.clear(); });
}

void ReviewController::mark(outlines::Review review) {
    const auto selection = m_workspace.selection().current();
    auto* session = m_workspace.session();
    const auto outline = selection ? session->outline(*selection) : nullptr;
    if (outline == nullptr) {
        return;
    }
    const auto name = outline->name.empty() ? tr("a glacier") : text(outline->name);
    m_workspace.attempt(tr("Review"), [&] {
        const auto target = session->editable(*selection);
        const auto before = session->outline(target);
        auto after = *before;
        after.review = review;
        session->project().commit({describe(review, name).toStdString(),
                                   {{target.layer, before, outlines::share(after)}},
                                   {},
                                   "review"});
        m_layer = text(target.layer);
        m_layers.showLayer(text(target.layer));
        m_workspace.selection().select(target);
        Q_EMIT said(tr("%1: %2. %3").arg(name, reviewText(review), progressOf(m_layer)));
    });
}

void ReviewController::next(const QString& layer) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto& project = session->project();
    const auto selection = m_workspace.selection().current();
    const auto uuid = selection ? selection->uuid : std::string();
    m_layer = selection ? text(selection->layer) : layer;
    // What is gone through is the inventory; before there is one, what it may be started from.
    if (const auto inventories = project.inventories();
        !inventories.empty() && project.layer(m_layer.toStdString()).kind != outlines::LayerKind::Inventory) {
        m_layer = text(inventories.front().name);
    }
    const auto name = m_layer.toStdString();
    if (!project.hasLayer(name)) {
        return;
    }
    const auto found = nextByArea(session->outlines(m_layer), uuid, [&](const auto& outline) {
        return outline->review == outlines::Review::NotReviewed;
    });
    if (found == nullptr) {
        Q_EMIT said(tr("Every glacier of %1 is reviewed.").arg(titleOf(m_layer)));
        return;
    }
    m_layers.showLayer(m_layer);
    m_workspace.selection().select(outlines::OutlineRef{m_layer.toStdString(), found->uuid});
    m_layers.zoomToSelection();
    Q_EMIT said(progressOf(m_layer));
}

QString ReviewController::titleOf(const QString& layer) const {
    return text(outlines::titleOf(m_workspace.session()->project().layer(layer.toStdString())));
}

QString ReviewController::progressOf(const QString& layer) const {
    const auto count = m_workspace.session()->project().reviewCount(layer.toStdString());
    const QLocale locale;
    return tr("%1 of %2 reviewed in %3.")
        .arg(locale.toString(count.reviewed()), locale.toString(count.outlines), titleOf(layer));
}

} // namespace nunatak::ui::review
