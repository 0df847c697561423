// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/import_options.h"
#include "jobs/job.h"
#include "outlines/outline.h"
#include "project/import_survey.h"
#include "tasks/export_task.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::exchange {

class ExportDialog;
class ImportDialog;

/// Outlines in and out of the project.
class ExchangeController : public QObject {
    Q_OBJECT

public:
    ExchangeController(session::Workspace& workspace, UserSettings& settings, QWidget* window);

    void askForImport();
    /// `layer`: the one offered first; empty: the first.
    void askForExport(const QString& layer);

    /// `told`: notes that the user has seen already.
    void importOutlines(const std::filesystem::path& file, const QString& layer, outlines::LayerKind kind,
                        const nunatak::exchange::ImportOptions& options, project::ImportMode mode,
                        const std::vector<std::string>& told = {});
    /// `replaces`: the user agreed to lose what is there.
    void exportOutlines(const tasks::ExportChoice& choice, const std::filesystem::path& file, bool replaces);

Q_SIGNALS:
    void done(const QString& sentence);

private:
    void preview();
    void survey();
    void forgetExportPreview();
    void previewExport();
    /// Of the question with this number: what is quickly known, then the rest.
    void measureForExport(const tasks::ExportRequest& request, int asked, bool isBeforeMeasuring);

    session::Workspace& m_workspace;
    UserSettings& m_settings;
    QWidget* m_window;
    QPointer<ImportDialog> m_import;
    QPointer<ExportDialog> m_export;
    std::shared_ptr<jobs::Job> m_previewing;
    std::shared_ptr<jobs::Job> m_previewingExport;
    /// While the dialog is open, and its export runs.
    std::shared_ptr<tasks::MeasuredSurfaces> m_surfaces;
    const outlines::SideKind* m_previewedSide = nullptr; ///< see ImportOptions
    int m_asked = 0;                                     ///< previews so far
    int m_surveyed = 0;                                  ///< looks at layers so far
};

} // namespace nunatak::ui::exchange
