// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "overlays/overlay.h"
#include "ui/marginalia/color_bar.h"
#include "ui/terrain/drape_style.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

class PicturePanel;
class SceneController;

/// How the ground is painted and which raster lies over it: joins the picture panel, the project and the
/// view.
class OverlayController : public QObject {
    Q_OBJECT

public:
    OverlayController(session::Workspace& workspace, viewport::Viewport& viewport, SceneController& scene,
                      PicturePanel& panel, UserSettings& settings, QWidget* window);

    /// Lays this over the picture; empty: nothing. Its range is looked for first.
    void choose(const QString& id);
    /// Opens a raster file, or the address of a map service, adds it to the list and shows it.
    void addFile(const QString& fileOrAddress);
    /// There may be others, or others of the same name.
    void refresh();
    std::vector<marginalia::NamedLegend> legends() const;
    /// What lies over the picture; none when nothing does.
    std::optional<overlays::Overlay> shown() const;

Q_SIGNALS:
    void legendsChanged();
    /// Id of what lies over the picture now; empty: nothing.
    void shownChanged(const QString& id);
    /// Why something cannot be shown: the scene does not tell it.
    void unknown(const QString& sentence);

private:
    void begin();
    void end();
    void showStyle();
    void applyStyle(const terrain::DrapeStyle& style);
    void collect();
    void showList();
    void openFiles();
    void askForFile();
    void removeFile(const QString& id);
    void fit();
    void show(const overlays::Overlay& overlay);
    void lookForRange(const overlays::Overlay& overlay, const geo::Extent& extent);
    const overlays::Overlay* find(const QString& id) const;
    /// True for a difference of layers that were edited since.
    bool isOutdated(const overlays::Overlay* overlay) const;
    /// The same, with the outlines as they are now.
    const overlays::Overlay* upToDate(const overlays::Overlay* overlay);

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    SceneController& m_scene;
    PicturePanel& m_panel;
    UserSettings& m_settings;
    QWidget* m_window;
    bool m_isOutdated = false;                   ///< outlines are others than m_own's differences have
    std::vector<overlays::Overlay> m_own;        ///< of the scene, its predictions and layers
    std::vector<overlays::Overlay> m_conditions; ///< of the scene of this id, found once
    std::string m_conditionsOf;
    QString m_prepared;                     ///< id of the one that was
    std::vector<overlays::Overlay> m_files; ///< that the user added
    QString m_shown;                        ///< id; empty: none
    std::shared_ptr<jobs::Job> m_measuring;
};

} // namespace nunatak::ui::ground
