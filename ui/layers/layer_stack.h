// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "ui/figure/outline_line.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/view_state.h"
#include "ui/viewport/viewport.h"

#include <QObject>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace nunatak::ui::session {
class Session;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::layers {

/// As the viewport draws it.
viewport::LayerStyle styleOf(const session::ViewState::Layer& layer);

/// The order, look and visibility of the outline layers: keeps panel and viewport the same as the project.
class LayerStack : public QObject {
    Q_OBJECT

public:
    LayerStack(session::Workspace& workspace, viewport::Viewport& viewport, LayerPanel& panel,
               QObject* parent);

    /// As they were when the project was closed.
    void restore(std::vector<session::ViewState::Layer> layers);
    const std::vector<session::ViewState::Layer>& layers() const { return m_layers; }
    void clear();

    /// Layers came or went.
    void refresh();
    /// Outlines of these layers changed.
    void redraw(const QStringList& layers);
    void setVisible(const QString& layer, bool visible);

    /// The visible layers in the order in which clicks ask them: those that are edited before those that are
    /// reference, the topmost first.
    QStringList clickable() const;
    /// The outline under a map point that a click takes.
    std::optional<outlines::OutlineRef> at(geo::Point point) const;
    /// How the lines of reviewed outlines of visible layers are told from each other and from those of
    /// others: the reviews that occur, in the look of the topmost layer that has any; none where nothing was
    /// reviewed.
    std::vector<figure::LineSample> reviews() const;
    /// The topmost layer that has this outline.
    std::optional<outlines::OutlineRef> holderOf(const std::string& uuid) const;

Q_SIGNALS:
    /// Which layers there are, how they look, or what was reviewed in them.
    void changed();

private:
    void countReviews();
    void draw(const session::ViewState::Layer& layer);
    void fillPanel();
    void adoptOrder();
    session::ViewState::Layer* find(const QString& name);

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    LayerPanel& m_panel;
    std::vector<session::ViewState::Layer> m_layers; // topmost first
    struct Reviewed {
        project::ReviewCount count;          ///< of all its outlines
        std::set<outlines::Review> ofItsOwn; ///< what its own outlines say, where they say something
    };
    std::map<QString, Reviewed> m_reviewed;
};

} // namespace nunatak::ui::layers
