// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window/picture_dialog.h"
#include "window/view_state.h"

#include <QObject>

class QSettings;

namespace nunatak::ui {

class Viewport;
class ViewOverlay;
class Workspace;

/// Pictures of the view: into a file, or to the clipboard.
class PictureController : public QObject {
    Q_OBJECT

public:
    PictureController(Workspace& workspace, Viewport& viewport, const ViewOverlay& overlay,
                      QSettings& settings, QWidget* window);

    /// `layers`: as they are shown, topmost first.
    void askForPicture(const std::vector<ViewState::Layer>& layers);
    void copy(const std::vector<ViewState::Layer>& layers);

Q_SIGNALS:
    void done(const QString& sentence);

private:
    void askForFile(const PictureRequest& request, const std::vector<ViewState::Layer>& layers);
    void save(const QString& file, const PictureRequest& request,
              const std::vector<ViewState::Layer>& layers);
    /// Draws what only the view can draw; the rest is for a job. `dotsPerInch` is given back.
    figure::Figure figureOf(const PictureRequest& request, const std::vector<ViewState::Layer>& layers,
                            double& dotsPerInch) const;
    PictureRequest usual() const;

    Workspace& m_workspace;
    Viewport& m_viewport;
    const ViewOverlay& m_overlay;
    QSettings& m_settings;
    QWidget* m_window;
    std::optional<PictureRequest> m_last;
};

} // namespace nunatak::ui
