// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "outlines/outline_ref.h"
#include "project/inventory.h"
#include "project/project.h"

#include <QObject>
#include <QString>

#include <string>

class QWidget;

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::editing {

/// Inventories: started, and how what references say comes into them; each a step of the history. What would
/// replace much is asked first, with its counts.
class InventoryController : public QObject {
    Q_OBJECT

public:
    InventoryController(session::Workspace& workspace, layers::LayerController& layers, QWidget* window);

    /// From a reference's outlines, from an inventory's at the time of the picture, or from none, at that
    /// time, too.
    void start(const QString& from = {});
    /// Says how many glaciers stay, come and go, and does it when that is wanted. Where nothing would change,
    /// says so if it was `askedFor`. What nobody asked for is only offered, since hands may be at work.
    void takeOver(const QString& reference, bool askedFor = true);
    /// The selected reference's outline, into the inventory.
    void takeSelected();
    void rename(const QString& layer, const QString& title);
    void remove(const QString& layer);
    /// Drawing on this picture would bring a glacier out of its epoch: another inventory, or another picture?
    void askForEpoch(const QString& sentence, const outlines::OutlineRef& outline);

Q_SIGNALS:
    void said(const QString& sentence);
    /// The same with a way back, by undo.
    void done(const QString& sentence);
    /// What takeOver() of this reference would change.
    void offered(const QString& sentence, const QString& reference);
    /// This layer is an inventory that was not there before.
    void started(const QString& layer);
    /// A scene of the project shall be looked at.
    void pictureRequested(const std::string& scene);

private:
    /// Shows this inventory, with the same glacier selected where it has it.
    void goOnIn(const std::string& inventory, const outlines::OutlineHandle& glacier);
    void take(const project::LayerStep& step, const QString& what);
    void decide(const project::TakeOver& taken, const QString& reference, const QString& inventory,
                bool askedFor);

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    QWidget* m_window;
};

} // namespace nunatak::ui::editing
