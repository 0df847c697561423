// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::review {

/// Going through the glaciers of a layer, and how far one is when a verdict was given or taken back.
class ReviewController : public QObject {
    Q_OBJECT

public:
    ReviewController(session::Workspace& workspace, layers::LayerController& layers, QObject* parent);

    /// Selects the next glacier that was not reviewed, by size, in the selected one's layer or else in
    /// `layer`, and flies there.
    void next(const QString& layer, int step = 1);

Q_SIGNALS:
    void said(const QString& sentence);

private:
    void tell(const project::Event& event);
    QString progressOf(const QString& layer);
    /// What was said of a layer's progress may still stand there, and this step makes it wrong.
    bool outdates(const project::Event& event) const;

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    QString m_toldLayer;
    QElapsedTimer m_told; ///< since its progress was said
};

} // namespace nunatak::ui::review
