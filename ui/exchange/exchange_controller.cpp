// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_controller.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "project/layer_choice.h"
#include "project/outline_import.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/owned.h"
#include "ui/exchange/exchange_dialogs.h"
#include "ui/exchange/import_dialog.h"
#include "ui/session/workspace.h"

#include <QPointer>

#include <algorithm>
#include <functional>
#include <utility>

namespace nunatak::ui::exchange {

using session::JobQueue;
using session::Session;
using session::Workspace;

namespace {

/// What outlines would do to the layer that is chosen.
using Survey = std::function<project::ImportSurvey(const std::vector<outlines::OutlineHandle>&)>;

Survey surveyOf(const project::Project& project, const QString& name, outlines::LayerKind kind) {
    const auto layer = name.toStdString();
    const bool isNew = !project.hasLayer(layer);
    return [info = isNew ? outlines::LayerInfo{layer, kind, {}, {}} : project.layer(layer), isNew,
            known = isNew ? outlines::OutlineSet() : project.outlines(layer),
            scenes = project::sceneExtents(project)](const std::vector<outlines::OutlineHandle>& outlines) {
        return project::surveyImport(info, isNew, known, scenes, outlines);
    };
}

/// What an import would give: read as it would be, and nothing of it kept.
ImportPreview previewOf(const std::filesystem::path& file, const nunatak::exchange::ImportOptions& options,
                        const geo::Crs& crs, const Survey& survey, const Progress& progress) {
    ImportPreview preview;
    preview.layers = nunatak::exchange::layersOf(file, options, progress.part(0, 0.2));
    try {
        auto read = nunatak::exchange::readOutlines(file, crs, options, progress.part(0.2, 1));
        preview.notes = std::move(read.notes);
        for (auto& outline : read.outlines) {
            preview.outlines.push_back(outlines::share(std::move(outline)));
        }
        preview.survey = survey(preview.outlines);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        preview.problem = text(error.what()); // the layers are there to choose from all the same
    }
    return preview;
}

/// What of a file goes into this layer.
nunatak::exchange::ImportOptions forLayer(nunatak::exchange::ImportOptions options,
                                          const outlines::LayerInfo& layer) {
    options.side = outlines::sideKindOf(layer);
    return options;
}

/// The layer of this name, or how it would be.
outlines::LayerInfo layerNamed(const project::Project& project, const QString& name,
                               outlines::LayerKind kind) {
    const auto layer = name.toStdString();
    return project.hasLayer(layer) ? project.layer(layer) : outlines::LayerInfo{layer, kind, {}, {}};
}

/// A title as part of a file's name: "Inventory 2020" is inventory_2020.
QString asFileName(const QString& title) {
    QString name;
    for (const QChar letter : title.toLower()) {
        if (letter.isLetterOrNumber() || letter == QLatin1Char('-')) {
            name += letter;
        } else if (!name.isEmpty() && !name.endsWith(QLatin1Char('_'))) {
            name += QLatin1Char('_');
        }
    }
    constexpr int longest = 60;
    return name.left(longest);
}

/// Other outlines may lie within this layer's.
bool isOfAreas(const outlines::LayerInfo& layer) {
    const auto* side = outlines::sideKindOf(layer);
    return side == nullptr || side->shape == geo::ShapeKind::Area;
}

/// The project says the region, an inventory's title its epoch.
ExportableLayer exportable(const Session& session, const QString& name,
                           const std::vector<outlines::OutlineRef>& selection) {
    const auto& project = session.project();
    const auto layer = name.toStdString();
    const auto title = session.titleOf(name);
    const auto written = project::outlinesToHandIn(project, layer).size();
    std::vector<std::string> selected;
    for (const auto& ref : selection) {
        if (ref.layer == layer) {
            selected.push_back(ref.uuid);
        }
    }
    return {name,
            title,
            QStringLiteral("%1_%2.gpkg").arg(asFileName(session.name()), asFileName(title)),
            static_cast<int>(written),
            static_cast<int>(project.outlines(layer).size() - written),
            std::move(selected),
            isOfAreas(project.layer(layer)),
            text(tasks::planElevation(project, {{}, layer, raster::Resampling::Cubic}, {}).name)};
}

} // namespace

ExchangeController::ExchangeController(Workspace& workspace, UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_settings(settings), m_window(window) {}

void ExchangeController::askForImport() {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(tr("Import outlines"), session->readOnlySentence());
        return;
    }
    m_import = owned<ImportDialog>(m_settings, session->project().layers(), m_window);
    m_import->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_import, &ImportDialog::previewWanted, this, &ExchangeController::preview);
    connect(m_import, &ImportDialog::surveyWanted, this, &ExchangeController::survey);
    connect(m_import, &QDialog::accepted, this, [this, dialog = m_import.data()] {
        m_workspace.attempt(tr("Import outlines"), [&] {
            importOutlines(dialog->file().toStdString(), dialog->layer(), dialog->kind(), dialog->options(),
                           dialog->mode(), dialog->shownNotes());
        });
    });
    connect(m_import, &QDialog::finished, this, [this] {
        m_import = nullptr; // it goes a little later
        if (m_previewing != nullptr) {
            m_previewing->cancel();
        }
    });
    m_import->open();
}

void ExchangeController::preview() {
    auto* session = m_workspace.session();
    if (m_previewing != nullptr) {
        m_previewing->cancel(); // what it finds is no longer asked for
    }
    if (session == nullptr || m_import == nullptr || m_import->file().isEmpty()) {
        return;
    }
    const int mine = ++m_asked; // an answer to an older question must not fill the dialog
    const auto show = [this, mine](const ImportPreview& found) {
        if (m_import != nullptr && mine == m_asked) {
            m_import->showPreview(found);
            survey(); // another layer may have been chosen since
        }
    };
    nunatak::exchange::ImportOptions options;
    try {
        options = forLayer(m_import->options(),
                           layerNamed(session->project(), m_import->chosenLayer(), m_import->kind()));
    } catch (const Error& error) {
        ImportPreview problem;
        problem.problem = text(error.what());
        show(problem);
        return;
    }
    m_previewedSide = options.side;
    m_previewing = m_workspace.jobs().start<ImportPreview>(
        tr("Look at outlines"), jobs::Lane::Background,
        [file = std::filesystem::path(m_import->file().toStdString()), options, crs = session->crs(),
         survey = surveyOf(session->project(), m_import->chosenLayer(), m_import->kind())](
            const Progress& progress) { return previewOf(file, options, crs, survey, progress); },
        {.succeeded = [show](ImportPreview& found) { show(found); },
         .failed =
             [show](const QString& sentence) {
                 ImportPreview problem;
                 problem.problem = sentence;
                 show(problem);
             },
         .cancelled = {}},
        JobQueue::Shown::InPassing);
}

void ExchangeController::survey() {
    auto* session = m_workspace.session();
    if (session == nullptr || m_import == nullptr || m_import->chosenLayer().isEmpty()) {
        return;
    }
    if (outlines::sideKindOf(layerNamed(session->project(), m_import->chosenLayer(), m_import->kind())) !=
            m_previewedSide &&
        !m_import->file().isEmpty()) {
        preview(); // other shapes of the file are meant
        return;
    }
    const auto look = surveyOf(session->project(), m_import->chosenLayer(), m_import->kind());
    const auto free = text(project::freeLayerName(session->project(), m_import->chosenLayer().toStdString()));
    const int mine = ++m_surveyed;
    m_workspace.jobs().start<project::ImportSurvey>(
        tr("Look at outlines"), jobs::Lane::Background,
        [look, outlines = m_import->outlines()](const Progress&) { return look(outlines); },
        {.succeeded =
             [this, mine, free](project::ImportSurvey& found) {
                 if (m_import != nullptr && mine == m_surveyed) {
                     m_import->showSurvey(found, free);
                 }
             },
         .failed = {},
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

void ExchangeController::importOutlines(const std::filesystem::path& file, const QString& layer,
                                        outlines::LayerKind kind,
                                        const nunatak::exchange::ImportOptions& options,
                                        project::ImportMode mode, const std::vector<std::string>& told) {
    QPointer<Session> session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Import %1").arg(text(file.filename().string()));
    project::ImportRequest request{layer.toStdString(), kind, {}, {}};
    if (!session->project().hasLayer(request.layer) && kind != outlines::LayerKind::Expert &&
        session->scene() != nullptr) {
        request.scene = session->scene()->scene().id; // what a model drew, it drew on what is seen
    }
    const auto info = project::layerForImport(session->project(), request);
    struct Imported {
        nunatak::exchange::ReadOutlines read;
        std::vector<outlines::OutlineHandle> outlines;
        project::ImportSurvey survey;
    };
    m_workspace.jobs().start<Imported>(
        what, jobs::Lane::Background,
        [file, info, options = forLayer(options, info), crs = session->crs(),
         survey = surveyOf(session->project(), layer, kind)](const Progress& progress) {
            Imported imported{nunatak::exchange::readOutlines(file, crs, options, progress), {}, {}};
            imported.outlines = project::readyForImport(info, std::exchange(imported.read.outlines, {}));
            imported.survey = survey(imported.outlines);
            return imported;
        },
        {.succeeded =
             [this, session, layer, info, what, mode, told](Imported& imported) {
                 if (session == nullptr) {
                     return;
                 }
                 m_workspace.attempt(what, [&] {
                     // The dialog asks, unless somebody was quicker than its look at the file.
                     project::throwUnlessClear(
                         imported.survey, mode,
                         tr("Import them again and say what shall become of them.").toStdString());
                     auto notes = imported.read.notes;
                     const auto more =
                         project::importNotes(session->project(), info, imported.outlines, mode);
                     notes.insert(notes.end(), more.begin(), more.end());
                     auto step = project::importStep(session->project(), info, imported.outlines, mode);
                     notes.insert(notes.end(), step.notes.begin(), step.notes.end());
                     const auto count = imported.outlines.size() - step.leftOut;
                     session->project().take(std::move(step));
                     Q_EMIT done(tr("Outlines imported into layer %1: %2.").arg(layer).arg(count));
                     QStringList untold; // the dialog showed the others
                     for (const auto& note : notes) {
                         if (std::find(told.begin(), told.end(), note) == told.end()) {
                             untold << text(note);
                         }
                     }
                     if (!untold.isEmpty()) {
                         showNote(m_window, what, untold.join(QStringLiteral("\n\n")));
                     }
                 });
             },
         .failed = {},
         .cancelled = {}});
}

void ExchangeController::askForExport(const QString& layer) {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    using Kind = outlines::LayerKind;
    const auto layers = session->layersOf({Kind::Inventory, Kind::Predicted, Kind::Expert, Kind::Side});
    if (layers.isEmpty()) {
        Q_EMIT m_workspace.problem(tr("Export outlines"),
                                   tr("There are no outlines to export yet. Predict them, or import some."));
        return;
    }
    std::vector<ExportableLayer> offered;
    for (const auto& name : layers) {
        offered.push_back(exportable(*session, name, m_workspace.selection().outlines()));
    }
    m_surfaces = std::make_shared<tasks::MeasuredSurfaces>();
    m_export = owned<ExportDialog>(m_settings, std::move(offered), layer, session->crs(), m_window);
    m_export->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_export, &ExportDialog::previewOutdated, this, &ExchangeController::forgetExportPreview);
    connect(m_export, &ExportDialog::previewWanted, this, &ExchangeController::previewExport);
    connect(m_export, &QDialog::accepted, this, [this, dialog = m_export.data()] {
        m_workspace.attempt(tr("Export outlines"), [&] {
            exportOutlines(dialog->choice(), dialog->file().toStdString(), dialog->replaces());
        });
    });
    connect(m_export, &QDialog::finished, this, [this] {
        m_export = nullptr; // it goes a little later
        if (m_previewingExport != nullptr) {
            m_previewingExport->cancel();
        }
    });
    m_export->open();
}

void ExchangeController::forgetExportPreview() {
    ++m_asked; // an answer to an older question must not fill the dialog
    if (m_previewingExport != nullptr) {
        m_previewingExport->cancel();
    }
}

void ExchangeController::previewExport() {
    auto* session = m_workspace.session();
    forgetExportPreview();
    if (session == nullptr || m_export == nullptr || !m_export->isComplete()) {
        return;
    }
    try {
        auto request = tasks::exportOf(session->project(), m_export->choice());
        request.surfaces = m_surfaces;
        measureForExport(request, m_asked, request.elevation.open != nullptr);
    } catch (const Error& error) {
        m_export->showProblem(text(error.what()));
    }
}

void ExchangeController::measureForExport(const tasks::ExportRequest& request, int asked,
                                          bool isBeforeMeasuring) {
    m_previewingExport = m_workspace.jobs().start<nunatak::exchange::ExportPreview>(
        tr("Look at what is exported"), jobs::Lane::Background,
        [request, file = std::filesystem::path(m_export->file().toStdString()),
         isBeforeMeasuring](const Progress& progress) {
            return isBeforeMeasuring ? tasks::previewBeforeMeasuring(request, file, progress)
                                     : tasks::preview(request, file, progress);
        },
        {.succeeded =
             [this, request, asked](nunatak::exchange::ExportPreview& found) {
                 if (m_export == nullptr || asked != m_asked) {
                     return;
                 }
                 m_export->showPreview(found);
                 if (std::any_of(found.columns.begin(), found.columns.end(),
                                 [](const auto& column) { return column.isAwaited; })) {
                     measureForExport(request, asked, false);
                 }
             },
         .failed =
             [this, asked](const QString& sentence) {
                 if (m_export != nullptr && asked == m_asked) {
                     m_export->showProblem(sentence);
                 }
             },
         .cancelled = {}},
        JobQueue::Shown::InPassing);
}

void ExchangeController::exportOutlines(const tasks::ExportChoice& choice, const std::filesystem::path& file,
                                        bool replaces) {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Export %1").arg(session->titleOf(text(choice.layer)));
    auto request = tasks::exportOf(session->project(), choice);
    request.surfaces = m_surfaces;
    m_workspace.jobs().start<nunatak::exchange::WrittenOutlines>(
        what, jobs::Lane::Background,
        [request = std::move(request), file, replaces](const Progress& progress) {
            return tasks::write(request, file, progress, {"export", replaces});
        },
        {.succeeded =
             [this, file, what](nunatak::exchange::WrittenOutlines& written) {
                 Q_EMIT done(tr("Outlines exported to %1: %2.").arg(text(file.string())).arg(written.count));
                 QString notes;
                 for (const auto& note : written.notes) {
                     notes += text(note) + QLatin1Char('\n');
                 }
                 if (!notes.isEmpty()) {
                     showNote(m_window, what, notes.trimmed());
                 }
             },
         .failed = {},
         .cancelled = {}});
}

} // namespace nunatak::ui::exchange
