// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/editing/shapes.h"
#include "geo/rings.h"
#include "ui/tools/place.h"
#include "ui/tools/scene.h"

#include <QString>

#include <memory>

namespace nunatak::tests {

/// Layers on a flat map of one metre a pixel, north up; outlines lie on one another in the order of their
/// layers' names.
class FakeScene : public ui::tools::Scene {
public:
    mutable Layers layers;
    ui::tools::Selection selected;
    std::string lockedLayer;
    std::string edited = "inventory";
    geo::Extent hidden; ///< ground that nobody sees
    bool areVerticesShown = true;
    double groundPerMap = 1; ///< metres on the ground per metre of the map

    const ui::tools::Selection& selection() const override { return selected; }
    outlines::OutlineHandle outline(const outlines::OutlineRef& ref) const override {
        const auto found = layers.all.find(ref.layer);
        return found != layers.all.end() ? found->second.find(ref.uuid) : nullptr;
    }
    std::vector<outlines::OutlineRef> at(geo::Point map) const override {
        std::vector<outlines::OutlineRef> refs;
        for (const auto& [name, outlines] : layers.all) {
            for (const auto& outline : outlines.in({map.x, map.y, map.x, map.y})) {
                if (geo::contains(outline->geometry, map)) {
                    refs.push_back({name, outline->uuid});
                }
            }
        }
        return refs;
    }
    std::vector<outlines::OutlineRef> near(const geo::Extent& extent) const override {
        std::vector<outlines::OutlineRef> refs;
        for (const auto& [name, outlines] : layers.all) {
            for (const auto& outline : outlines.in(extent)) {
                refs.push_back({name, outline->uuid});
            }
        }
        return refs;
    }
    QString lock(const outlines::OutlineRef& ref) const override {
        return ref.layer == lockedLayer ? QStringLiteral("This is a reference.") : QString();
    }
    QString layerTitle(const outlines::OutlineRef& ref) const override {
        return QString::fromStdString(ref.layer);
    }
    std::string editedLayer() const override { return edited; }
    double groundMetres(geo::Point) const override { return groundPerMap; }
    editing::Draft draft() const override { return layers.draft(); }
    editing::EdgeIndices& indices() const override { return layers.indices; }
    editing::LayerSource snapshot(const std::string& layer) const override {
        const auto kept = std::make_shared<const outlines::OutlineSet>(layers.all[layer]);
        return [kept, layer](const std::string& name) -> editing::DraftLayer {
            return {name == layer ? kept.get() : nullptr, name == "lakes"};
        };
    }
    std::uint64_t revision() const override { return layers.commits; }
    bool showsVertices(double) const override { return areVerticesShown; }
    bool showsVertices() const override { return areVerticesShown; }
    std::optional<QPointF> project(geo::Point map) const override { return QPointF(map.x, -map.y); }
    bool isSeen(geo::Point map) const override { return !hidden.contains(map); }
    std::optional<geo::Point> ground(QPointF position) const override {
        return geo::Point{position.x(), -position.y()};
    }

    geo::Point pixels(QPoint rightAndUp) const override {
        return {static_cast<double>(rightAndUp.x()), static_cast<double>(rightAndUp.y())};
    }

    ui::tools::SeenEdges seen; ///< along whatever
    ui::tools::SeenEdges edges(wire::Along, const geo::Extent&, double) const override { return seen; }

    static ui::tools::Place place(double x, double y, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        return {{x, -y}, {x, y}, 1, modifiers};
    }
};

} // namespace nunatak::tests
