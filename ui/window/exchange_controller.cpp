// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/exchange_controller.h"

#include "base/error.h"
#include "charts/owned.h"
#include "exchange/export_layer.h"
#include "exchange/outline_files.h"
#include "panels/format.h"
#include "window/exchange_dialogs.h"
#include "window/messages.h"
#include "window/workspace.h"

#include <QPointer>
#include <QSettings>

#include <utility>

namespace nunatak::ui {

ExchangeController::ExchangeController(Workspace& workspace, QSettings& settings, QWidget* window)
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
    auto* dialog = owned<ImportDialog>(m_settings, session->project().layers(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        importOutlines(dialog->file().toStdString(), dialog->layer(), dialog->kind());
    });
    dialog->open();
}

void ExchangeController::importOutlines(const std::filesystem::path& file, const QString& layer,
                                        outlines::LayerKind kind) {
    QPointer<Session> session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Import %1").arg(text(file.filename().string()));
    outlines::LayerInfo info{layer.toStdString(), kind, {}, {}};
    if (session->project().hasLayer(info.name)) {
        info = session->project().layer(info.name);
    } else if (session->scene() != nullptr) {
        info.sceneId = session->scene()->scene().id;
    }
    struct Imported {
        exchange::ReadOutlines read;
        std::vector<outlines::OutlineHandle> outlines;
    };
    m_workspace.jobs().start<Imported>(
        what, jobs::Lane::Background,
        [file, info, crs = session->crs()](const Progress& progress) {
            Imported imported{exchange::readOutlines(file, crs, progress), {}};
            imported.outlines = project::readyForImport(info, std::exchange(imported.read.outlines, {}));
            return imported;
        },
        {.succeeded =
             [this, session, layer, info, what](Imported& imported) {
                 if (session == nullptr) {
                     return;
                 }
                 m_workspace.attempt(what, [&] {
                     const auto& read = imported.read;
                     const int count = session->project().importOutlines(info, imported.outlines);
                     QString sentence = tr("Outlines imported into layer %1: %2.").arg(layer).arg(count);
                     if (read.repaired > 0) {
                         sentence += tr(" Repaired: %1.").arg(read.repaired);
                     }
                     if (read.skipped > 0) {
                         sentence += tr(" Skipped, being no polygon: %1.").arg(read.skipped);
                     }
                     Q_EMIT done(sentence);
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
    const auto layers = session->layersOf({Kind::Corrected, Kind::Predicted, Kind::Expert});
    if (layers.isEmpty()) {
        Q_EMIT m_workspace.problem(tr("Export outlines"),
                                   tr("There are no outlines to export yet. Predict them, or import some."));
        return;
    }
    auto* dialog = owned<ExportDialog>(m_settings, layers, layer, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { exportOutlines(dialog->layer(), dialog->file().toStdString()); });
    dialog->open();
}

void ExchangeController::exportOutlines(const QString& layer, const std::filesystem::path& file) {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Export %1").arg(layer);
    m_workspace.jobs().start<exchange::WrittenOutlines>(
        what, jobs::Lane::Background,
        [name = layer.toStdString(), handles = session->outlines(layer), crs = session->crs(), file](
            const Progress& progress) { return exchange::exportLayer(name, handles, crs, file, progress); },
        {.succeeded =
             [this, file, what](exchange::WrittenOutlines& written) {
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

} // namespace nunatak::ui
