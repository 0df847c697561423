// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/install_paths.h"

#include <QMainWindow>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <memory>

class QAction;
class QSettings;

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::window {

class Actions;

/// The desktop's window. Opening, predicting, comparing, learning and exporting run as jobs; the window never
/// waits.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `settings` keeps what belongs to the user and not to a project: docks, recent projects, last folders.
    MainWindow(const InstallPaths& paths, std::unique_ptr<QSettings> settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens a project in the background; a dialog tells when that fails. The one open before is closed.
    void openProject(const std::filesystem::path& file);
    /// Shows what satellite products and rasters were recognised at these paths, and makes a scene of them if
    /// the user wants it. Dropping files on the window does the same.
    void openScene(const QStringList& paths);
    viewport::Viewport* viewport() const;
    const Actions& actions() const;
    /// One of these or of what features announced, by its object name; null: there is none.
    QAction* action(const char* name) const;
    /// True when a project is open, its scene is drawn and no job runs.
    bool isIdle() const;

Q_SIGNALS:
    void projectOpened();
    void openingFailed(const QString& sentence);
    void becameIdle();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace nunatak::ui::window
