// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QObject>
#include <QString>

#include <filesystem>

class QSettings;
class QWidget;

namespace nunatak::ui {

class Workspace;

/// Outlines in and out of the project.
class ExchangeController : public QObject {
    Q_OBJECT

public:
    ExchangeController(Workspace& workspace, QSettings& settings, QWidget* window);

    void askForImport();
    /// `layer`: the one offered first; empty: the first.
    void askForExport(const QString& layer);

    void importOutlines(const std::filesystem::path& file, const QString& layer, outlines::LayerKind kind);
    void exportOutlines(const QString& layer, const std::filesystem::path& file);

Q_SIGNALS:
    void done(const QString& sentence);

private:
    Workspace& m_workspace;
    QSettings& m_settings;
    QWidget* m_window;
};

} // namespace nunatak::ui
