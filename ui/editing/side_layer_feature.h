// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <string_view>

namespace nunatak::tasks {
struct ExtremeRequest;
} // namespace nunatak::tasks

namespace nunatak::ui::layers {
class LayerController;
class LayerPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::editing {

class EditingController;

/// Side layers in the menu Glaciers and in the panel of layers: which one is edited, and its tool in the
/// hand.
class SideLayerFeature : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    SideLayerFeature(session::Shell& shell, session::Workspace& workspace, EditingController& editing,
                     layers::LayerController& layers, layers::LayerPanel& panel);

private:
    void addActions();
    /// The layer of this kind, made where it is missing, is edited from now on.
    void draw(std::string_view term);
    /// Empty: the inventory.
    void edit(const QString& layer);
    /// The highest and lowest points of the selected glaciers, from the elevation model.
    void findExtremes();
    void takeExtremes(const tasks::ExtremeRequest& request);
    /// The tool that draws in what is edited is taken up.
    void takeTool();

    session::Shell& m_shell;
    session::Workspace& m_workspace;
    EditingController& m_editing;
    layers::LayerController& m_layers;
    layers::LayerPanel& m_panel;
};

} // namespace nunatak::ui::editing
