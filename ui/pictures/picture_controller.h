// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pictures/picture_dialog.h"
#include "ui/session/view_state.h"

#include <QObject>

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::marginalia {
class ViewOverlay;
} // namespace nunatak::ui::marginalia

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::pictures {

/// Pictures of the view: into a file, or to the clipboard.
class PictureController : public QObject {
    Q_OBJECT

public:
    PictureController(session::Workspace& workspace, viewport::Viewport& viewport,
                      const marginalia::ViewOverlay& overlay, UserSettings& settings, QWidget* window);

    /// `layers`: as they are shown, topmost first.
    void askForPicture(const std::vector<session::ViewState::Layer>& layers);
    void copy(const std::vector<session::ViewState::Layer>& layers);

Q_SIGNALS:
    void done(const QString& sentence);

private:
    void askForFile(const PictureRequest& request, const std::vector<session::ViewState::Layer>& layers);
    void save(const QString& file, const PictureRequest& request,
              const std::vector<session::ViewState::Layer>& layers);
    /// Draws what only the view can draw; the rest is for a job. `dotsPerInch` is given back.
    figure::Figure figureOf(const PictureRequest& request,
                            const std::vector<session::ViewState::Layer>& layers, double& dotsPerInch) const;
    PictureRequest usual() const;

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    const marginalia::ViewOverlay& m_overlay;
    UserSettings& m_settings;
    QWidget* m_window;
    std::optional<PictureRequest> m_last;
};

} // namespace nunatak::ui::pictures
