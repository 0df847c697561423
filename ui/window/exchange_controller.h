// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QObject>
#include <QString>

#include <filesystem>

class QSettings;
class QWidget;

namespace nunatak::ui {

class Viewport;
class Workspace;

/// Outlines in and out of the project, and pictures of the view.
class ExchangeController : public QObject {
    Q_OBJECT

public:
    ExchangeController(Workspace& workspace, Viewport& viewport, QSettings& settings, QWidget* window);

    void askForImport();
    /// `layer`: the one offered first; empty: the first.
    void askForExport(const QString& layer);
    void askForPicture();

    void importOutlines(const std::filesystem::path& file, const QString& layer, outlines::LayerKind kind);
    void exportOutlines(const QString& layer, const std::filesystem::path& file);
    void savePicture(const QString& file);

Q_SIGNALS:
    void done(const QString& sentence);

private:
    Workspace& m_workspace;
    Viewport& m_viewport;
    QSettings& m_settings;
    QWidget* m_window;
};

} // namespace nunatak::ui
