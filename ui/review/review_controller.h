// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QObject>
#include <QString>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::review {

/// Going through the glaciers of a layer and saying what is found: accepted, or to be looked at again.
class ReviewController : public QObject {
    Q_OBJECT

public:
    ReviewController(session::Workspace& workspace, layers::LayerController& layers, QObject* parent);

    /// Says it of the selected glacier; nothing while none is selected.
    void mark(outlines::Review review);
    /// Selects the next glacier that was not reviewed, by size, in the selected one's layer or else in
    /// `layer`, and flies there.
    void next(const QString& layer);

Q_SIGNALS:
    void said(const QString& sentence);

private:
    QString progressOf(const QString& layer) const;
    QString titleOf(const QString& layer) const;

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    QString m_layer; ///< that is gone through; what is marked may be a copy in another one
};

} // namespace nunatak::ui::review
