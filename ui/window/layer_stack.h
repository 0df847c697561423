// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/layer_panel.h"
#include "viewport/viewport.h"
#include "window/view_state.h"

#include <QObject>

#include <optional>
#include <vector>

namespace nunatak::ui {

class Session;
class Workspace;

/// As the viewport draws it.
LayerStyle styleOf(const ViewState::Layer& layer);

/// The order, look and visibility of the outline layers: keeps panel and viewport the same as the project.
class LayerStack : public QObject {
    Q_OBJECT

public:
    LayerStack(Workspace& workspace, Viewport& viewport, LayerPanel& panel, QObject* parent);

    /// As they were when the project was closed.
    void restore(std::vector<ViewState::Layer> layers);
    const std::vector<ViewState::Layer>& layers() const { return m_layers; }
    void clear();

    /// Layers came or went.
    void refresh();
    /// Outlines of these layers changed.
    void redraw(const QStringList& layers);
    void setVisible(const QString& layer, bool visible);

    /// The outline under a map point, of the topmost visible layer that has one there.
    std::optional<Viewport::Selection> at(geo::Point point) const;
    /// The topmost layer that has this outline.
    std::optional<Viewport::Selection> holderOf(const std::string& uuid) const;

private:
    void draw(const ViewState::Layer& layer);
    void fillPanel();
    void adoptOrder();
    ViewState::Layer* find(const QString& name);

    Workspace& m_workspace;
    Viewport& m_viewport;
    LayerPanel& m_panel;
    std::vector<ViewState::Layer> m_layers; // topmost first
};

} // namespace nunatak::ui
