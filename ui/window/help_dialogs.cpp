// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_dialogs.h"

#include "ui/base/owned.h"
#include "ui/window/actions.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace nunatak::ui::window {

void showAbout(QWidget* parent) {
    auto* box = owned<QMessageBox>(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("aboutDialog"));
    box->setWindowTitle(Actions::tr("About Nunatak"));
    box->setIconPixmap(parent->windowIcon().pixmap(64, 64));
    box->setText(
        Actions::tr(
            "<h3>Nunatak %1</h3>"
            "<p>See a satellite scene on its terrain, predict glacier outlines with GlaViTU, correct them, "
            "teach the model from the corrections, compare it with an expert, and export.</p>")
            .arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        Actions::tr(
            "GlaViTU: Maslov and others, 2025 (arXiv 2401.15113).\n\nFree software under the GNU General "
            "Public License, version 3 or later. Built on Qt %1, OpenSceneGraph, LibTorch, GDAL, PROJ, GEOS "
            "and SQLite.")
            .arg(QString::fromLatin1(qVersion())));
    box->open();
}

} // namespace nunatak::ui::window
