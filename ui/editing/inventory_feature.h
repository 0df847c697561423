// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "ui/tools/tool.h"

#include <QObject>
#include <QPointF>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace nunatak::ui::layers {
class InspectorPanel;
class InventoryLine;
class LayerController;
class LayerPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

class EditingController;
class InventoryController;

/// The inventory, as the window has it: the actions that start and fill it, the line that says what is
/// edited, what a hand on a reference is offered instead, and the menu of a place of the view.
class InventoryFeature : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it. `panel` says which reference is meant, `inspector` takes the selected one.
    InventoryFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                     EditingController& editing, layers::LayerController& layers, layers::LayerPanel& panel,
                     layers::InspectorPanel& inspector);
    ~InventoryFeature() override;

    /// An inventory of what a reference has.
    void startFrom(const QString& reference);
    /// The line says so where no outlines are drawn.
    void setOutlinesShown(bool shown);

Q_SIGNALS:
    /// A scene of the project shall be looked at.
    void pictureRequested(const std::string& scene);

private:
    /// What a hand that took hold of a reference is offered.
    struct Instead {
        QString sentence;
        QString button;
        std::function<void()> action;
    };

    void addActions();
    void connectPanels();
    void followProject();
    /// None where it is no reference, or nothing can be done.
    std::optional<Instead> insteadOf(const outlines::OutlineRef& reference);
    void offerInsteadOf(const outlines::OutlineRef& reference);
    /// Of what is at a place of the view.
    void showMenu(const tools::Menu& menu, QPointF at);
    void updateTakeable();
    /// The highlighted reference, else the topmost.
    QString referenceLayer() const;
    /// The highlighted inventory, else the one that is edited; empty: there is none.
    QString earlierInventory() const;

    session::Shell& m_shell;
    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    EditingController& m_editing;
    layers::LayerPanel& m_panel;
    layers::InspectorPanel& m_inspector;
    std::unique_ptr<InventoryController> m_inventories;
    layers::InventoryLine* m_line; ///< the viewport's
};

} // namespace nunatak::ui::editing
