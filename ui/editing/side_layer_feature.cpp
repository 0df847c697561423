// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/side_layer_feature.h"

#include "outlines/strokes.h"
#include "project/side_outline.h"
#include "tasks/extreme_points_task.h"
#include "tasks/spoken_ground.h"
#include "ui/base/format.h"
#include "ui/editing/editing_controller.h"
#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"
#include "ui/tools/side_words.h"

#include <QAction>
#include <QMenu>
#include <QPointer>
#include <QStringList>

#include <algorithm>
#include <memory>
#include <utility>

namespace nunatak::ui::editing {

using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;

namespace {

QKeySequence key(const QString& last) {
    return QKeySequence(QStringLiteral("Ctrl+Alt+") + last);
}

/// Digits for what GLIMS knows, in its order; letters for what a model learns from.
QString lastKeyOf(const outlines::SideKind& kind, int number) {
    return kind.term == tasks::reviewedGround   ? QStringLiteral("G")
           : kind.term == outlines::iceStroke   ? QStringLiteral("C")
           : kind.term == outlines::noIceStroke ? QStringLiteral("X")
                                                : QString::number(number);
}

const char* iconOf(geo::ShapeKind shape) {
    switch (shape) {
    case geo::ShapeKind::Polyline:
        return "draw-freehand";
    case geo::ShapeKind::Point:
        return "crosshairs";
    case geo::ShapeKind::Area:
        break;
    }
    return "draw-polygon";
}

} // namespace

SideLayerFeature::SideLayerFeature(session::Shell& shell, session::Workspace& workspace,
                                   EditingController& editing, layers::LayerController& layers,
                                   LayerPanel& panel)
    : m_shell(shell), m_workspace(workspace), m_editing(editing), m_layers(layers), m_panel(panel) {
    connect(&panel, &LayerPanel::editRequested, this, &SideLayerFeature::edit);
    addActions();
}

void SideLayerFeature::addActions() {
    auto* menu = m_shell.addMenu(MenuPlace::Glaciers, "layer-new", tr("S&ide layers"));
    menu->setToolTipsVisible(true);
    int number = 0;
    for (const auto& kind : outlines::sideKinds()) {
        const std::string name = "sideLayer_" + std::string(kind.term);
        m_shell.addAction(*menu, Needs::Project,
                          {name.c_str(), iconOf(kind.shape), tools::titleOf(kind),
                           key(lastKeyOf(kind, ++number)),
                           tr("Draw them into the layer %1, which is made where it is missing")
                               .arg(text(std::string(kind.term)))},
                          [this, term = kind.term] { draw(term); });
    }
    m_shell.addAction(*menu, Needs::WritableGlacier,
                      {"findExtremes", "zoom-fit-height", tr("&Find highest and lowest point"),
                       key(QStringLiteral("9")),
                       tr("Place them where the elevation model has them in the selected glaciers; they can "
                          "be dragged afterwards")},
                      [this] { findExtremes(); });
    m_shell.addAction(*menu, Needs::Project,
                      {"sideLayer_rock", "draw-eraser", tr("&Rock in ice (intrnl_rock): a hole"),
                       key(QStringLiteral("R")),
                       tr("Rock within a glacier has no layer of its own: it is a hole of the outline")},
                      [this] {
                          edit({});
                          m_shell.action("hole")->trigger();
                      });
    m_shell.addAction(*menu, Needs::Project,
                      {"editInventory", "document-edit", tr("&Back to the inventory"),
                       key(QStringLiteral("B")), tr("What is drawn is glaciers again")},
                      [this] { edit({}); });
}

void SideLayerFeature::draw(std::string_view term) {
    auto* session = m_workspace.session();
    const auto what = tr("Side layer");
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(what, session->readOnlySentence());
        return;
    }
    QString layer;
    const bool isDone = m_workspace.attempt(what, [&] {
        auto& project = session->project();
        const auto info = project::sideLayerOf(project, *outlines::sideKindOf(term));
        if (!project.hasLayer(info.name)) {
            project.addLayer(info);
        }
        layer = text(info.name);
    });
    if (isDone) {
        edit(layer);
    }
}

void SideLayerFeature::edit(const QString& layer) {
    m_layers.edit(layer);
    const auto& selected = m_workspace.selection().outlines();
    const bool isElsewhere = std::any_of(selected.begin(), selected.end(), [&](const auto& ref) {
        return !layer.isEmpty() && ref.layer != layer.toStdString();
    });
    if (isElsewhere) {
        m_workspace.selection().clear(); // what is selected is what a tool works on
    }
    if (!layer.isEmpty()) {
        m_panel.highlight(layer);
    }
    takeTool();
}

void SideLayerFeature::findExtremes() {
    const auto what = tr("Find highest and lowest point");
    const QPointer<session::Session> session = m_workspace.session();
    const auto& selected = m_workspace.selection().outlines();
    if (session == nullptr || selected.empty()) {
        return;
    }
    tasks::ExtremeOptions options;
    options.layer = selected.front().layer;
    for (const auto& ref : selected) {
        if (ref.layer == options.layer) {
            options.uuids.push_back(ref.uuid);
        }
    }
    const auto request = std::make_shared<tasks::ExtremeRequest>();
    if (!m_workspace.attempt(what, [&] { *request = tasks::extremesOf(session->project(), options); })) {
        return;
    }
    m_workspace.jobs().start<bool>(
        what, jobs::Lane::Background,
        [request](const Progress& progress) {
            tasks::find(*request, progress);
            return true;
        },
        {.succeeded =
             [this, session, request, what](bool&) {
                 if (session != nullptr) {
                     m_workspace.attempt(what, [&] { takeExtremes(*request); });
                 }
             },
         .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
         .cancelled = {}});
}

void SideLayerFeature::takeExtremes(const tasks::ExtremeRequest& request) {
    auto& project = m_workspace.session()->project();
    auto step = tasks::extremesStep(project, request);
    QStringList said;
    for (const auto& note : step.notes) {
        said << text(note);
    }
    if (!step.changes.empty()) {
        said.prepend(text(step.description) + QLatin1Char('.'));
        project.take(std::move(step));
        m_editing.tools().offerUndo(said.join(QLatin1Char(' ')));
    } else if (!said.isEmpty()) {
        m_shell.say(said.join(QLatin1Char(' ')));
    }
}

void SideLayerFeature::takeTool() {
    const auto side = m_layers.stack().editedSide();
    const auto* kind = side ? outlines::sideKindOf(*side) : nullptr;
    const auto shape = kind != nullptr ? kind->shape : geo::ShapeKind::Area;
    const char* tool = !side                               ? "select"
                       : shape == geo::ShapeKind::Polyline ? "drawLine"
                       : shape == geo::ShapeKind::Point    ? "placePoint"
                                                           : "newGlacier";
    m_shell.action(tool)->trigger();
    m_editing.tools().refresh();
}

} // namespace nunatak::ui::editing
