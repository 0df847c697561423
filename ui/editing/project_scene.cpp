// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/project_scene.h"

#include "geo/ground_scale.h"
#include "ui/layers/layer_stack.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QCoreApplication>
#include <QtMath>

#include <algorithm>
#include <cmath>
#include <memory>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// The ground met where a place is on the screen is this many pixels from it when something stands in front.
constexpr double hidden = 20;
/// Pixels within which a click takes a line or a point.
constexpr double lineReach = 8;

} // namespace

ProjectScene::ProjectScene(session::Workspace& workspace, const viewport::Viewport& view,
                           const layers::LayerStack& layers)
    : m_workspace(workspace), m_view(view), m_layers(layers), m_edges(workspace, view),
      m_features(workspace, view) {}

outlines::OutlineHandle ProjectScene::outline(const outlines::OutlineRef& ref) const {
    const auto* session = m_workspace.session();
    return session != nullptr ? session->outline(ref) : nullptr;
}

std::vector<std::string> ProjectScene::clickable() const {
    std::vector<std::string> names;
    if (m_workspace.session() != nullptr) {
        for (const auto& layer : m_layers.clickable()) {
            names.push_back(layer.toStdString());
        }
    }
    return names;
}

std::vector<outlines::OutlineRef> ProjectScene::at(geo::Point map) const {
    if (m_workspace.session() == nullptr) {
        return {};
    }
    const auto place = m_view.project(map);
    const auto seen = place ? m_view.pick(*place) : std::nullopt;
    return m_layers.at(map, lineReach * (seen ? seen->metresPerPixel : m_view.metresPerPixel()));
}

std::vector<outlines::OutlineRef> ProjectScene::near(const geo::Extent& extent) const {
    std::vector<outlines::OutlineRef> refs;
    for (const auto& name : clickable()) {
        for (const auto& outline : m_workspace.session()->project().outlines(name).in(extent)) {
            refs.push_back({name, outline->uuid});
        }
    }
    return refs;
}

QString ProjectScene::lock(const outlines::OutlineRef& ref) const {
    const auto* session = m_workspace.session();
    if (session == nullptr || !session->project().hasLayer(ref.layer)) {
        return {};
    }
    if (session->project().isReadOnly()) {
        return Words::tr("The project is read-only.");
    }
    if (!m_layers.isVisible(QString::fromStdString(ref.layer))) {
        return Words::tr("Its layer is hidden.");
    }
    if (outlines::isReference(session->project().layer(ref.layer).kind)) {
        return Words::tr("A reference is not edited.");
    }
    // A brush in a layer of debris shall not paint the glacier beneath.
    const auto side = m_layers.editedSide();
    return side && side->name != ref.layer
               ? Words::tr("%1: what is edited now.").arg(QString::fromStdString(outlines::titleOf(*side)))
               : QString();
}

QString ProjectScene::layerTitle(const outlines::OutlineRef& ref) const {
    const auto* session = m_workspace.session();
    return session != nullptr && session->project().hasLayer(ref.layer)
               ? session->titleOf(QString::fromStdString(ref.layer))
               : QString();
}

std::string ProjectScene::editedLayer() const {
    return m_layers.edited().toStdString();
}

nunatak::editing::Draft ProjectScene::draft() const {
    const auto* session = m_workspace.session();
    return {[session](const std::string& layer) -> nunatak::editing::DraftLayer {
                if (session == nullptr || !session->project().hasLayer(layer)) {
                    return {};
                }
                return {&session->project().outlines(layer),
                        session->project().layer(layer).kind == outlines::LayerKind::Side};
            },
            m_indices};
}

nunatak::editing::LayerSource ProjectScene::snapshot(const std::string& layer) const {
    const auto* session = m_workspace.session();
    if (session == nullptr || !session->project().hasLayer(layer)) {
        return [](const std::string&) { return nunatak::editing::DraftLayer(); };
    }
    const bool isSide = session->project().layer(layer).kind == outlines::LayerKind::Side;
    const auto kept = std::make_shared<const outlines::OutlineSet>(session->project().outlines(layer));
    return [layer, kept, isSide](const std::string& name) -> nunatak::editing::DraftLayer {
        return {name == layer ? kept.get() : nullptr, isSide};
    };
}

bool ProjectScene::showsVertices(double metresPerPixel) const {
    return m_view.showsVertices(metresPerPixel);
}

bool ProjectScene::showsVertices() const {
    return m_view.showsVertices();
}

std::optional<QPointF> ProjectScene::project(geo::Point map) const {
    return m_view.project(map);
}

bool ProjectScene::isSeen(geo::Point map) const {
    const auto place = m_view.project(map);
    const auto seen = place ? m_view.pick(*place) : std::nullopt;
    return seen && std::hypot(seen->map.x - map.x, seen->map.y - map.y) <= hidden * seen->metresPerPixel;
}

std::optional<geo::Point> ProjectScene::ground(QPointF position) const {
    const auto seen = m_view.pick(position);
    return seen ? std::optional(seen->map) : std::nullopt;
}

geo::Point ProjectScene::pixels(QPoint rightAndUp) const {
    const auto* session = m_workspace.session();
    const auto picture = session != nullptr ? session->scene() : nullptr;
    // Whoever came so close that a pixel of the picture is a square wants to place within it.
    const double metres = picture != nullptr
                              ? std::min(picture->scene().grid.pixelSize, m_view.metresPerPixel())
                              : m_view.metresPerPixel();
    const double heading = qDegreesToRadians(m_view.heading());
    const double right = metres * rightAndUp.x();
    const double up = metres * rightAndUp.y();
    return {right * std::cos(heading) + up * std::sin(heading),
            up * std::cos(heading) - right * std::sin(heading)};
}

tools::SeenEdges ProjectScene::edges(wire::Along along, const geo::Extent& around,
                                     double metresPerPixel) const {
    return m_edges.around(along, around, metresPerPixel);
}

tools::SeenFeatures ProjectScene::features(const geo::Extent& around) const {
    return m_features.around(around);
}

double ProjectScene::groundMetres(geo::Point map) const {
    const auto* session = m_workspace.session();
    return session != nullptr ? geo::groundMetresPerUnit(session->crs(), map) : 1;
}

} // namespace nunatak::ui::editing
