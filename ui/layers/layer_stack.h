// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_state.h"
#include "project/project.h"
#include "ui/figure/outline_line.h"
#include "ui/layers/layer_panel.h"
#include "ui/layers/reference_difference.h"
#include "ui/session/view_state.h"
#include "ui/viewport/viewport.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace nunatak::ui::session {
class Session;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::layers {

/// As the viewport draws it; thin and dashed where it is a reference.
viewport::LayerStyle styleOf(const session::ViewState::Layer& layer, outlines::LayerKind kind);
/// The outlines of a layer that are drawn: of a reference those whose shape no visible inventory has.
std::vector<outlines::OutlineHandle> drawnOutlines(const project::Project& project,
                                                   const std::vector<session::ViewState::Layer>& layers,
                                                   const QString& layer);

/// The order, look and visibility of the outline layers: keeps panel and viewport the same as the project, by
/// what each of its steps changed.
class LayerStack : public QObject {
    Q_OBJECT

public:
    LayerStack(session::Workspace& workspace, viewport::Viewport& viewport, LayerPanel& panel,
               QObject* parent);

    /// As they were when the project was closed.
    void restore(std::vector<session::ViewState::Layer> layers);
    const std::vector<session::ViewState::Layer>& layers() const { return m_layers; }
    void clear();
    void setVisible(const QString& layer, bool visible);
    bool isVisible(const QString& layer) const;
    /// This side layer is edited from now on, and is shown; empty: the inventory is.
    void edit(const QString& sideLayer);
    /// Where new outlines go: the side layer that is edited, else the inventory; empty: there is none.
    QString edited() const;
    /// The side layer that is edited; none: the inventory is.
    std::optional<outlines::LayerInfo> editedSide() const;
    /// Selected outlines of references are drawn although the inventory has the same shape.
    void setSelected(const std::vector<outlines::OutlineRef>& selected);

    /// The visible layers in the order in which clicks ask them: the side layer that is edited, inventories,
    /// then what else can be edited, then references, the topmost first.
    QStringList clickable() const;
    /// The outlines under a map point in the order in which clicks take them, and the lines and points within
    /// `reach` metres of it.
    std::vector<outlines::OutlineRef> at(geo::Point point, double reach) const;
    /// The first of them.
    std::optional<outlines::OutlineRef> topmostAt(geo::Point point, double reach) const;
    /// How the lines of visible outlines that are edited say what was done with them: the states that occur,
    /// in the look of the topmost layer that has any; none where all are as they came.
    std::vector<figure::LineSample> reviews() const;
    /// The layer that has this outline: an inventory before others, the topmost first.
    std::optional<outlines::OutlineRef> holderOf(const std::string& uuid) const;

Q_SIGNALS:
    /// Which layers there are, how they look, or how far their outlines are.
    void changed();

private:
    using Changes =
        std::map<QString, std::pair<std::vector<outlines::OutlineHandle>, std::vector<std::string>>>;

    void apply(const project::Event& event);
    void adoptLayers();
    void note(const outlines::OutlineChange& change, Changes& drawn, ReferenceDifference::Turned& turned);
    void draw(const Changes& drawn);
    /// Draws references anew whose shape an inventory has since, or has no longer.
    void turn(const ReferenceDifference::Turned& turned, Changes& drawn) const;
    /// The same for as many as there is time for between two frames; draws them when all are known.
    void turnSome();
    /// The same for all that wait.
    void turnWaiting();
    /// Everything of all layers.
    void drawAll();
    void showOrder();
    LayerRow rowOf(const session::ViewState::Layer& layer) const;
    void fillPanel();
    void adoptOrder();
    session::ViewState::Layer* find(const QString& name);

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    LayerPanel& m_panel;
    std::vector<session::ViewState::Layer> m_layers; // topmost first
    std::map<QString, outlines::LayerKind> m_kinds;
    QString m_side; ///< the side layer that is edited; it may be gone
    std::map<QString, std::map<outlines::OutlineState, int>> m_states; ///< how many outlines are so
    ReferenceDifference m_difference;
    std::set<outlines::OutlineRef> m_selected;
    ReferenceDifference::Turned m_waiting; ///< to be turned
    Changes m_turned;                      ///< to be drawn then
    QTimer m_turnSoon;
};

} // namespace nunatak::ui::layers
